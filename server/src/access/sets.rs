//! The port of a set's page.
use super::{Access, port::named};
use app::{
    api::ApiError,
    model::{information::Information, ops::Shown, pod::Template, saving::Opened},
    ports::{Answer, Sets},
};

impl Sets for Access {
    fn template<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, Template> {
        Box::pin(async move {
            named(namespace, name)?;
            self.kube.template(namespace, name).await
        })
    }

    fn governing_service<'a>(&'a self, namespace: &'a str, name: &'a str) -> Answer<'a, String> {
        Box::pin(async move {
            named(namespace, name)?;
            self.kube.governing_service(namespace, name).await
        })
    }

    fn open_service<'a>(&'a self, namespace: &'a str, set: &'a str, name: &'a str) -> Answer<'a, Opened> {
        Box::pin(async move {
            named(namespace, set)?;
            self.kube.open_service(namespace, set, name).await
        })
    }

    fn inform<'a>(
        &'a self,
        namespace: &'a str,
        name: &'a str,
        uid: &'a str,
        information: Information,
    ) -> Answer<'a, ()> {
        Box::pin(async move {
            named(namespace, name)?;
            if information.is_empty() {
                return Err(ApiError::invalid("nothing is changed".to_owned()));
            }
            let shown = Shown {
                namespace: namespace.to_owned(),
                name: name.to_owned(),
                uid: uid.to_owned(),
                generation: None,
            };
            self.kube.inform(&shown, &information).await
        })
    }
}
