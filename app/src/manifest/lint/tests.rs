use super::*;
use crate::manifest::{Edit, Value, default, links::apply_linked};

const NAME: &str = "metadata.name";
const C: &str = "spec.template.spec.containers[0]";

/// The starting bundle with a name and an image, and these texts at these places of the set.
fn with(edits: &[(&str, &str)]) -> Vec<Lint> {
    let mut text = default::text("orders", "abc123");
    let image = format!("{C}.image");
    for (path, value) in [(NAME, "db"), (&image, "etcd:3.5")].iter().chain(edits) {
        text = apply_linked(
            &text,
            &Edit::Set(Place::new(1, path), Value::Typed((*value).to_owned())),
        )
        .unwrap();
    }
    lint(&Bundle::read(&text).unwrap())
}

fn rules(edits: &[(&str, &str)]) -> Vec<Rule> {
    with(edits).into_iter().map(|l| l.rule).collect()
}

fn append(list: &str, rows: &[&str]) -> Vec<Rule> {
    let mut text = default::text("orders", "abc123");
    for (path, value) in [
        (NAME, "db"),
        ("spec.template.spec.containers[0].image", "etcd:3.5"),
    ] {
        text = apply_linked(
            &text,
            &Edit::Set(Place::new(1, path), Value::Text(value.to_owned())),
        )
        .unwrap();
    }
    let place = list
        .strip_prefix("svc:")
        .map_or_else(|| Place::new(1, list), |p| Place::new(0, p));
    for row in rows {
        text = apply_linked(&text, &Edit::Append(place.clone(), (*row).to_owned())).unwrap();
    }
    lint(&Bundle::read(&text).unwrap())
        .into_iter()
        .map(|l| l.rule)
        .collect()
}

#[test]
fn a_fresh_bundle_needs_a_name_and_an_image() {
    let found = lint(&Bundle::read(&default::text("orders", "abc123")).unwrap());
    let places: Vec<String> = found.iter().map(|l| l.place.path.to_string()).collect();
    assert_eq!(places, [NAME.to_owned(), format!("{C}.image")]);
    assert_eq!(rules(&[]), []);
}

#[test]
fn names() {
    for bad in ["Db", "db-", "-db", "d_b", "d.b", "ü"] {
        assert!(rules(&[(NAME, bad)]).contains(&Rule::DnsLabel), "{bad}");
    }
    assert!(rules(&[(NAME, &"a".repeat(53))]).contains(&Rule::TooLong(52)));
    assert_eq!(rules(&[(NAME, &"a".repeat(52))]), []);
    // A digit in front is right for a set, not for the Service that has its name.
    assert_eq!(rules(&[(NAME, "1db")]), [Rule::ServiceName]);
}

#[test]
fn replicas() {
    for bad in ["-1", "1.5", "abc", "2147483648", "1e3", "+1"] {
        assert_eq!(
            rules(&[("spec.replicas", bad)]),
            [Rule::Integer(0, 2_147_483_647)],
            "{bad}"
        );
    }
    assert_eq!(rules(&[("spec.replicas", "0")]), []);
}

#[test]
fn images() {
    let image = format!("{C}.image");
    assert_eq!(rules(&[(&image, "etcd")]), [Rule::Latest]);
    assert_eq!(rules(&[(&image, "reg:5000/etcd")]), [Rule::Latest]);
    assert_eq!(rules(&[(&image, "etcd:latest")]), [Rule::Latest]);
    assert_eq!(rules(&[(&image, "etcd@sha256:0")]), []);
    assert_eq!(rules(&[(&image, "et cd:1")]), [Rule::Blank]);
}

#[test]
fn quantities() {
    let request = format!("{C}.resources.requests.memory");
    let limit = format!("{C}.resources.limits.memory");
    assert_eq!(
        rules(&[(&request, "1Gi"), (&limit, "512Mi")]),
        [Rule::BelowRequest("1Gi".into())]
    );
    assert_eq!(rules(&[(&request, "512m")]), [Rule::MilliBytes]);
    assert_eq!(rules(&[(&request, "1gb")]), [Rule::Quantity]);
    assert_eq!(rules(&[(&request, "1Gi"), (&limit, "1024Mi")]), []);
}

#[test]
fn ports_and_environment() {
    let ports = format!("{C}.ports");
    assert_eq!(
        append(&ports, &["name: \"\"\ncontainerPort: 0"]),
        [Rule::Integer(1, 65535)]
    );
    assert_eq!(
        append(&ports, &["containerPort: 80\nhostPort: 80"]),
        [Rule::HostPort]
    );
    assert_eq!(
        append(&ports, &["name: Web\ncontainerPort: 80"]),
        [Rule::PortName]
    );
    assert_eq!(
        append(&ports, &["containerPort: 80", "containerPort: 80"]),
        [Rule::Duplicate]
    );
    assert_eq!(
        append(&ports, &["containerPort: 80", "containerPort: 80\nprotocol: UDP"]),
        []
    );
    let env = format!("{C}.env");
    assert_eq!(
        append(&env, &["name: A\nvalue: x", "name: A\nvalue: z"]),
        [Rule::Duplicate]
    );
    assert_eq!(append(&env, &["name: A=B\nvalue: x"]), [Rule::EnvName]);
    assert_eq!(
        append("svc:spec.ports", &["port: 80", "port: 81"]),
        [Rule::Required, Rule::Required]
    );
    assert_eq!(
        append("svc:spec.ports", &["port: 80\ntargetPort: web"]),
        [Rule::TargetPort]
    );
}

#[test]
fn templates_and_mounts() {
    let list = "spec.volumeClaimTemplates";
    let template = default::volume_template(None, "data");
    assert_eq!(append(list, &[&template]), [Rule::NotMounted]);
    let empty = template.replace("10Gi", "0");
    assert_eq!(append(list, &[&empty]), [Rule::NotPositive, Rule::NotMounted]);
    let mounts = format!("{C}.volumeMounts");
    assert_eq!(append(&mounts, &["name: a\nmountPath: data"]), [Rule::Absolute]);
    assert_eq!(append(&mounts, &["name: a\nmountPath: /a:b"]), [Rule::Colon]);
    assert_eq!(
        append(&mounts, &["name: a\nmountPath: /a", "name: b\nmountPath: /a"]),
        [Rule::Duplicate]
    );
}

#[test]
fn selectors_and_service() {
    assert!(rules(&[("spec.selector.matchLabels.tier", "x")]).contains(&Rule::Selector));
    assert!(rules(&[("spec.serviceName", "other")]).contains(&Rule::NoService));
    assert!(rules(&[("spec.template.metadata.labels.bad key", "x")]).contains(&Rule::LabelKey));
    assert!(rules(&[("spec.template.spec.nodeSelector.zone", "a b")]).contains(&Rule::LabelValue));
}
