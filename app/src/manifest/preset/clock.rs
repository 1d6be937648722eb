//! The node's time zone in every container (CCE-20, KS-77): a directory of the node, found by what it is, not by its name.
use super::{apply_all, free_name};
use crate::manifest::{
    documents::Bundle,
    edit::{Edit, EditError},
    field::children,
    form::{ContainerForm, StatefulSetForm},
    path::Place,
};

const FILE: &str = "/etc/localtime";

/// The volumes of the pods that are the node's time zone, with their places.
fn volumes(bundle: &Bundle, set: usize) -> Vec<(Place, String)> {
    let list = Place::new(set, "spec.template.spec.volumes");
    children(bundle, &list)
        .filter(|v| bundle.get(&v.join("hostPath.path")) == FILE)
        .map(|v| (v.clone(), bundle.get(&v.key("name")).to_owned()))
        .collect()
}

/// The mounts of a container that put the file where it belongs.
fn mounts(bundle: &Bundle, container: &ContainerForm, names: &[(Place, String)]) -> Vec<Place> {
    let list = container.place.key("volumeMounts");
    let named = |m: &Place| names.iter().any(|(_, name)| bundle.get(&m.key("name")) == name);
    children(bundle, &list)
        .filter(|m| bundle.get(&m.key("mountPath")) == FILE && named(m))
        .collect()
}

/// Whether some container has the node's time zone.
pub fn shows_node_time(bundle: &Bundle, form: &StatefulSetForm) -> bool {
    let Some(set) = form.set else { return false };
    let names = volumes(bundle, set);
    let all = form.containers.iter().chain(&form.init);
    all.into_iter().any(|c| !mounts(bundle, c, &names).is_empty())
}

/// Gives every container the node's time zone, or takes exactly that away.
///
/// # Errors
/// Where a list is written in a way that only the text can change.
pub fn with_node_time(bundle: &Bundle, form: &StatefulSetForm, on: bool) -> Result<String, EditError> {
    let set = form.set.ok_or(EditError::Missing)?;
    let names = volumes(bundle, set);
    let containers = || form.containers.iter().chain(&form.init);
    if !on {
        let mounts = containers().flat_map(|c| mounts(bundle, c, &names).into_iter().rev());
        let places = mounts.chain(names.iter().rev().map(|(place, _)| place.clone()));
        return apply_all(&bundle.text, places.map(Edit::Remove));
    }
    let list = Place::new(set, "spec.template.spec.volumes");
    let taken: Vec<&str> = children(bundle, &list)
        .map(|v| bundle.get(&v.key("name")))
        .collect();
    let name = names
        .first()
        .map_or_else(|| free_name("localtime", &taken), |(_, name)| name.clone());
    let volume = names
        .is_empty()
        .then(|| Edit::Append(list.clone(), format!("name: {name}\nhostPath:\n  path: {FILE}")));
    let mounts = containers()
        .filter(|c| mounts(bundle, c, &names).is_empty())
        .map(|c| {
            Edit::Append(
                c.place.key("volumeMounts"),
                format!("name: {name}\nmountPath: {FILE}\nreadOnly: true"),
            )
        });
    apply_all(&bundle.text, volume.into_iter().chain(mounts))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: &str = "kind: StatefulSet\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        image: i\n      - name: b\n        image: i\n        volumeMounts:\n        - name: data\n          mountPath: /data\n";

    fn toggled(text: &str, on: bool) -> String {
        let bundle = Bundle::read(text).unwrap();
        with_node_time(&bundle, &StatefulSetForm::read(&bundle), on).unwrap()
    }

    fn is_on(text: &str) -> bool {
        let bundle = Bundle::read(text).unwrap();
        shows_node_time(&bundle, &StatefulSetForm::read(&bundle))
    }

    #[test]
    fn on_and_off_again_is_what_it_was() {
        let on = toggled(SET, true);
        assert!(is_on(&on) && !is_on(SET));
        assert_eq!(on.matches("mountPath: /etc/localtime").count(), 2);
        assert_eq!(toggled(&on, false), SET);
        assert_eq!(toggled(&on, true), on);
    }

    #[test]
    fn one_that_was_made_by_hand_is_seen_and_nothing_else_goes() {
        let by_hand = "kind: StatefulSet\nspec:\n  template:\n    spec:\n      volumes:\n      - name: vol-17\n        hostPath:\n          path: /etc/localtime\n          type: ''\n      - name: zone\n        hostPath:\n          path: /etc/timezone\n      containers:\n      - name: a\n        volumeMounts:\n        - name: vol-17\n          mountPath: /etc/localtime\n          readOnly: true\n        - name: zone\n          mountPath: /etc/timezone\n";
        assert!(is_on(by_hand));
        let off = toggled(by_hand, false);
        assert!(
            !off.contains("localtime") && off.matches("/etc/timezone").count() == 2,
            "{off}"
        );
    }
}
