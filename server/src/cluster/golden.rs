//! The engine of effects, held to what the real controllers did: `server/tests/golden` is written by
//! `end2end/tools/golden.tool.ts`, which makes each situation on the control plane and watches what happens.
use super::facts;
use app::model::{
    effect::{Act, Course, Scene, Step},
    facts::{ClaimFacts, PodFacts},
};
use k8s_openapi::api::{
    apps::v1::StatefulSet,
    core::v1::{PersistentVolumeClaim, Pod},
};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Case {
    situation: Value,
    before: Before,
    /// What the action made of the set.
    replicas: i32,
    revision: String,
    /// The ordinal of the pod that was deleted.
    deleted: Option<i64>,
    /// What happened to the pods: `-3` is told to go, `+3@REVISION` is made.
    happened: Vec<String>,
    /// The claims that are left.
    claims: Vec<String>,
}

#[derive(Deserialize)]
struct Before {
    now: i64,
    set: StatefulSet,
    pods: Vec<Pod>,
    claims: Vec<PersistentVolumeClaim>,
}

impl Case {
    /// The scene after the action, and the claims before it.
    fn scene(&self) -> (Scene, Vec<ClaimFacts>) {
        let set = facts::set(&self.before.set).expect("a set");
        let pods: Vec<PodFacts> = self.before.pods.iter().filter_map(facts::pod).collect();
        let claims: Vec<ClaimFacts> = self.before.claims.iter().filter_map(facts::claim).collect();
        let (pod_refs, claim_refs): (Vec<_>, Vec<_>) = (pods.iter().collect(), claims.iter().collect());
        let scene = Scene::of(&set, &pod_refs, &claim_refs, self.before.now)
            .scaled(self.replicas)
            .edited(&self.revision);
        let scene = self
            .deleted
            .map_or(scene.clone(), |ordinal| scene.without(ordinal));
        (scene, claims)
    }
}

fn told(step: &Step) -> Vec<String> {
    let (ordinal, goes) = (step.ordinal, format!("-{}", step.ordinal));
    let starts = format!("+{ordinal}@{}", step.revision);
    match step.act {
        Act::Start => vec![starts],
        Act::Stop => vec![goes],
        Act::Replace | Act::Remake => vec![goes, starts],
    }
}

#[test]
fn what_is_foretold_is_what_the_controllers_did() {
    let cases = include_str!("../../tests/golden/controller.jsonl");
    let mut wrong = Vec::new();
    for line in cases.lines() {
        let case: Case = serde_json::from_str(line).expect("a case");
        let (scene, claims) = case.scene();
        let course = Course::of(&scene);
        let unaided = &course.steps[..course.unaided()];
        let mut foretold: Vec<String> = unaided.iter().flat_map(told).collect();
        let mut happened = case.happened.clone();
        // What happens at once happens in no order.
        if scene.parallel && scene.outdated().next().is_none() {
            foretold.sort();
            happened.sort();
        }
        let fates = unaided.iter().flat_map(|s| &s.claims);
        let gone = fates.filter(|c| c.fate == app::model::effect::Fate::Goes);
        let gone: Vec<&str> = gone.map(|c| c.name.as_str()).collect();
        let made = unaided.iter().flat_map(|s| &s.claims);
        let made = made.filter(|c| c.fate == app::model::effect::Fate::New);
        let stay = claims
            .iter()
            .map(|c| c.name.as_str())
            .filter(|c| !gone.contains(c));
        let mut left: Vec<&str> = stay.chain(made.map(|c| c.name.as_str())).collect();
        left.sort_unstable();
        if foretold != happened || left != case.claims {
            wrong.push(format!(
                "{}\n  foretold {foretold:?} {left:?}\n  happened {happened:?} {:?}",
                case.situation, case.claims
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
