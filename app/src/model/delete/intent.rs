//! A delete that has begun: noted in the set while its pods stop, so that it goes on after a reload, or elsewhere.
use super::{Kind, Propagation, Target};
use serde::{Deserialize, Serialize};

/// What is to be deleted once the set has no pods any more (the annotation [`crate::model::ops::DELETING`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// How many replicas it had.
    pub from: i32,
    #[serde(default)]
    pub propagation: Propagation,
    /// Kind, name and UID of what was shown and chosen, the set first.
    objects: Vec<(Kind, String, String)>,
}

impl Intent {
    /// The delete of these objects.
    pub fn new(from: i32, propagation: Propagation, targets: &[Target]) -> Self {
        let object = |t: &Target| (t.kind, t.name.clone(), t.uid.clone());
        Self {
            from,
            propagation,
            objects: targets.iter().map(object).collect(),
        }
    }

    /// As it stands in the annotation.
    pub fn note(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads it; none where it is no delete of the set with this UID: a note that came along with a copied manifest deletes nothing.
    pub fn read(note: &str, uid: &str) -> Option<Self> {
        let read: Self = serde_json::from_str(note).ok()?;
        let own = read.objects.first()?;
        (own.0 == Kind::StatefulSet && own.2 == uid).then_some(read)
    }

    /// The objects.
    pub fn targets(&self, namespace: &str) -> Vec<Target> {
        let target = |(kind, name, uid): &(Kind, String, String)| Target {
            kind: *kind,
            namespace: namespace.to_owned(),
            name: name.clone(),
            uid: uid.clone(),
        };
        self.objects.iter().map(target).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_deletes_what_was_chosen_of_this_very_set() {
        let target = |kind, name: &str, uid: &str| Target {
            kind,
            namespace: "shop".into(),
            name: name.into(),
            uid: uid.into(),
        };
        let all = [
            target(Kind::StatefulSet, "db", "s"),
            target(Kind::PersistentVolumeClaim, "data-db-0", "c"),
        ];
        let note = Intent::new(3, Propagation::Background, &all).note();
        let read = Intent::read(&note, "s").unwrap();
        assert_eq!(
            (read.from, read.propagation, read.targets("shop").as_slice()),
            (3, Propagation::Background, &all[..])
        );
        assert_eq!(Intent::read(&note, "copy"), None);
        assert_eq!(Intent::read("{", "s"), None);
        assert_eq!(
            Intent::read(&Intent::new(1, Propagation::Orphan, &all[1..]).note(), "c"),
            None
        );
    }
}
