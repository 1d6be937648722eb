//! More of what single rules find, and of what they leave alone, beside the example that each rule's file has.
use super::examples::example;
use crate::{
    manifest::rules::RULES,
    texts::{Language, Texts},
};

/// The names of the rules that find something in an example of these lines.
fn rules(lines: &[&str]) -> Vec<&'static str> {
    let lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
    example(&lines).found().into_iter().map(|l| l.rule.name).collect()
}

#[test]
fn one_line_and_what_is_found() {
    let cases: &[(&str, &[&str])] = &[
        ("metadata.name: d_b", &["dns-label"]),
        ("metadata.name: d.b", &["dns-label"]),
        ("metadata.name: 1db", &[]),
        ("spec.replicas: -1", &["number-range"]),
        ("spec.replicas: 1.5", &["not-a-number"]),
        ("spec.replicas: abc", &["not-a-number"]),
        ("spec.replicas: 2147483648", &["number-range"]),
        ("spec.replicas: 1e3", &[]),
        ("spec.replicas: 1_000", &[]),
        ("spec.replicas: 0", &[]),
        ("container.image: etcd", &["image-latest"]),
        ("container.image: reg:5000/etcd", &["image-latest"]),
        ("container.image: etcd:latest", &["image-latest"]),
        ("container.image: 'et cd:1'", &["image-blank"]),
        ("container.resources: {requests: {memory: 1gb}}", &["quantity"]),
        ("container.resources: {requests: {memory: -1Gi}}", &["quantity"]),
        (
            "container.resources: {limits: {memory: 1Gi}, requests: {memory: 1024Mi}}",
            &[],
        ),
        (
            "container.resources: {limits: {cpu: 1}, requests: {cpu: 1001m}}",
            &["limit-below-request"],
        ),
        (
            "container.ports: [{name: Web, containerPort: 80}]",
            &["port-name"],
        ),
        (
            "container.ports: [{name: http, containerPort: 0}]",
            &["number-range"],
        ),
        ("container.volumeMounts: [{name: data, mountPath: '/a:b'}]", &[]),
        ("spec.selector: {matchLabels: {app: web, tier: x}}", &["selector"]),
        ("pod.nodeSelector: {zone: a b}", &["label-value"]),
        ("spec.template.metadata.labels: {app: web, commit: 1234e567}", &[]),
        (
            "spec.template.metadata.annotations: {t: 2001-01-01, u: 12:30:45}",
            &[],
        ),
        (
            "pod.volumes: [{name: a, configMap: {name: b, defaultMode: 0755}}]",
            &[],
        ),
        (
            "pod.volumes: [{name: a, configMap: {name: b, defaultMode: 0o440}}]",
            &[],
        ),
        (
            "pod.volumes: [{name: a, configMap: {name: b, defaultMode: 493}}]",
            &[],
        ),
        (
            "pod.volumes: [{name: a, configMap: {name: b, defaultMode: 01000}}]",
            &["number-range"],
        ),
        (
            "pod.volumes: [{name: a, configMap: {name: b, defaultMode: \"0640\"}}]",
            &["quoted-number"],
        ),
        (
            "pod.volumes: [{name: a, configMap: {name: b, defaultMode: 0x}}]",
            &["not-a-number"],
        ),
        ("pod.hostNetwork: on", &[]),
        ("pod.hostNetwork: \"true\"", &["quoted-number"]),
        (
            "container.env: [{name: A}, {name: A, value: $(A)}]",
            &["env-twice", "env-twice"],
        ),
        ("container.command: [sh, -c, a b]", &[]),
        ("container.env: [{name: JAR, value: web-1.2.jar}]", &[]),
        (
            "Service/spec.ports: [{port: 80}, {port: 81}]",
            &["required", "required"],
        ),
        ("Service/spec.ports: [{name: a, port: 70000}]", &["number-range"]),
        ("pod.terminationGracePeriodSeconds: ~", &[]),
        ("pod.nodeSelector: {}", &[]),
        ("pod.tolerations: [{key: any.thing/x, operator: Exists}]", &[]),
        ("metadata.generateName: web-", &[]),
    ];
    for (line, wanted) in cases {
        assert_eq!(rules(&[line]), *wanted, "{line}");
    }
}

#[test]
fn several_lines_together() {
    assert_eq!(
        rules(&["-metadata.name", "metadata.generateName: web-"]),
        ["service-nowhere"; 0]
    );
    assert_eq!(
        rules(&[
            "pod.securityContext: {runAsNonRoot: true}",
            "container.securityContext: {runAsUser: 0}"
        ]),
        ["root-refused"]
    );
    assert_eq!(
        rules(&[
            "pod.securityContext: {runAsNonRoot: true}",
            "container.securityContext: {runAsUser: 0, runAsNonRoot: false}"
        ]),
        [""; 0]
    );
    // Both sets are looked at, and each Service belongs to one of them.
    let second = "+StatefulSet two: {spec: {serviceName: two, selector: {matchLabels: {app: two}}, template: {metadata: {labels: {app: two}}, spec: {containers: [{name: main, image: two}]}}}}";
    let service = "+Service two: {spec: {clusterIP: None, selector: {app: two}}}";
    assert_eq!(rules(&[second, service]), ["image-latest"]);
    assert_eq!(rules(&[second]), ["service-nowhere", "image-latest"]);
    // What a claim's name says counts for the ordinals that there are.
    assert_eq!(
        rules(&["@claims data-web-0", "@claims data-web-1"]),
        ["claims-there"]
    );
    assert_eq!(
        rules(&["@claims data-web-0", "spec.ordinals: {start: 5}"]),
        [""; 0]
    );
    assert_eq!(
        rules(&["@claims data-web-0", "spec.replicas: 2147483647"]),
        ["claims-there"]
    );
}

#[test]
fn each_level_of_pod_security_refuses_its_own() {
    let bad = [
        "container.securityContext: {privileged: true, capabilities: {add: [NET_ADMIN]}}",
        "pod.hostNetwork: true",
    ];
    let at = |level: &str, lines: &[&str]| {
        let level = format!("@pod_security {level}");
        let all: Vec<&str> = lines.iter().copied().chain([level.as_str()]).collect();
        rules(&all).into_iter().filter(|r| *r == "pod-security").count()
    };
    assert_eq!(
        [
            at("privileged", &bad),
            at("baseline", &[]),
            at("baseline", &bad),
            at("restricted", &[])
        ],
        [0, 0, 3, 4]
    );
    let good = [
        "container.securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}",
        "pod.securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}",
    ];
    assert_eq!(at("restricted", &good), 0);
}

#[test]
fn each_rule_has_its_own_words() {
    let mut words: Vec<_> = RULES
        .iter()
        .map(|r| Texts::whole(Language::En).say(r.words, &[]))
        .collect();
    let all = words.len();
    words.sort();
    words.dedup();
    assert_eq!(words.len(), all);
}
