//! What an edit carries along.
use super::*;
use crate::manifest::{default, edit::apply};

#[test]
fn a_name_carries_what_was_derived_from_it() {
    let mut text = default::text("orders", "abc123");
    for n in 1..=4 {
        let name = Value::Text("etcd"[..n].to_owned());
        text = apply_linked(&text, &Edit::Set(Place::new(1, "metadata.name"), name)).unwrap();
    }
    assert_eq!(text.matches("etcd").count(), 8, "{text}");
    let service = Edit::Set(Place::new(0, "metadata.name"), Value::Text("etcd-svc".into()));
    text = apply_linked(&text, &service).unwrap();
    text = apply_linked(
        &text,
        &Edit::Set(Place::new(1, "metadata.name"), Value::Text("db".into())),
    )
    .unwrap();
    let form = StatefulSetForm::read(&Bundle::read(&text).unwrap());
    assert_eq!(form.service_name.text, "etcd-svc");
    assert_eq!(form.service.unwrap().name.text, "etcd-svc");
}

#[test]
fn together_is_what_one_after_the_other_is() {
    let text = default::text("orders", "abc123")
        .replace("name: \"\"", "name: old")
        .replace("app: \"\"", "app: old # mine");
    let edit = Edit::Set(Place::new(1, "metadata.name"), Value::Text("new-name".to_owned()));
    let bundle = Bundle::read(&text).unwrap();
    let followers = followers(&bundle, &StatefulSetForm::read(&bundle), &edit);
    assert!(followers.len() > 2, "{followers:?}");
    let all = || std::iter::once(&edit).chain(&followers);
    let together = set_together(&bundle, all()).unwrap();
    let one_by_one = all().fold(text.clone(), |text, edit| apply(&text, edit).unwrap());
    assert_eq!(together.text, one_by_one);
    let other = [Edit::Remove(Place::new(1, "spec.replicas"))];
    assert!(set_together(&bundle, all().chain(&other)).is_none());
    let absent = [Edit::Set(
        Place::new(1, "spec.minReadySeconds"),
        Value::Typed("1".to_owned()),
    )];
    assert!(set_together(&bundle, all().chain(&absent)).is_none());
}

#[test]
fn a_volume_takes_its_mounts_along() {
    let text = "kind: StatefulSet\nspec:\n  template:\n    spec:\n      volumes:\n      - name: scratch\n        emptyDir: {}\n      - name: other\n        emptyDir: {}\n      initContainers:\n      - name: a\n        volumeMounts:\n        - name: scratch\n          mountPath: /a\n      containers:\n      - name: b\n        volumeMounts:\n        - name: other\n          mountPath: /o\n        - name: scratch\n          mountPath: /b\n";
    let volume = Place::new(0, "spec.template.spec.volumes").index(0);
    let renamed = apply_linked(
        text,
        &Edit::Set(volume.key("name"), Value::Text("tmp".to_owned())),
    )
    .unwrap();
    assert_eq!(renamed, text.replace("scratch", "tmp"));
    let gone = apply_linked(text, &Edit::Remove(volume)).unwrap();
    assert!(
        !gone.contains("scratch") && gone.contains("mountPath: /o"),
        "{gone}"
    );
}
