//! The port of the everyday operations.
use super::{Access, port::named};
use app::{
    model::ops::{Change, Ended, Op, OpsPlan, Picked, Revision, RolledBack, Shown, Verb},
    ports::{Answer, Ops},
};

impl Ops for Access {
    fn ops_plan<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, OpsPlan> {
        Box::pin(async move {
            named(namespace, name)?;
            self.kube.ops_plan(namespace, name).await
        })
    }

    fn operate<'a>(&'a self, shown: &'a Shown, op: &'a Op) -> Answer<'a, Ended> {
        Box::pin(async move { self.kube.operate(shown, op).await })
    }

    fn operate_each<'a>(&'a self, verb: Verb, picked: &'a Picked) -> Answer<'a, Ended> {
        Box::pin(async move { self.kube.operate_each(verb, picked).await })
    }

    fn change_containers<'a>(&'a self, shown: &'a Shown, changes: &'a [Change]) -> Answer<'a, ()> {
        Box::pin(async move { self.kube.change_containers(shown, changes).await })
    }

    fn revisions<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, Vec<Revision>> {
        Box::pin(async move {
            named(namespace, name)?;
            self.kube.revisions(namespace, name).await
        })
    }

    fn roll_back<'a>(&'a self, shown: &'a Shown, revision: &'a str, dry_run: bool) -> Answer<'a, RolledBack> {
        Box::pin(async move { self.kube.roll_back(shown, revision, dry_run).await })
    }
}
