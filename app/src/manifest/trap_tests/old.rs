//! T-21 to T-23: what older clusters understood, what an export brings, and what means nothing.
use super::{GOOD, container, found, mend, mended, pods, replaced};
use crate::manifest::{
    documents::Bundle,
    import::{File, import},
    lint::lint,
};

#[test]
fn t21_an_old_version_is_converted_with_its_selector() {
    let old = replaced("apiVersion: apps/v1\n", "apiVersion: apps/v1beta2\n");
    assert_eq!(mended(&old, "apps/v1beta2", "old-version"), GOOD);
    let bare = |version: &str| {
        let text = replaced("  selector:\n    matchLabels:\n      app: db\n", "");
        text.replacen("apps/v1\n", version, 1)
    };
    for (version, more) in [
        ("extensions/v1beta1\n", ""),
        ("apps/v1beta1\n", "  updateStrategy:\n    type: OnDelete\n"),
    ] {
        let bundle = Bundle::read(&bare(version)).unwrap();
        let lints = lint(&bundle);
        let old = lints.iter().find(|l| l.rule.name == "old-version").unwrap();
        let new = mend(&bundle, old).unwrap();
        assert!(
            new.ends_with(&format!("  selector:\n    matchLabels:\n      app: db\n{more}")),
            "{new}"
        );
        assert_eq!(found(&new), []);
    }
    let budget = format!(
        "{GOOD}---\napiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {{name: b, namespace: x}}\n"
    );
    mended(&budget, "policy/v1beta1", "old-version");
}

#[test]
fn t21_old_annotations_become_fields() {
    let template = |metadata: &str, spec: &str| {
        let mount = container("volumeMounts:\n- {name: data, mountPath: /d}");
        format!(
            "{mount}  volumeClaimTemplates:\n  - metadata:\n      name: data\n{metadata}    spec:\n{spec}      accessModes: [ReadWriteOnce]\n      resources: {{requests: {{storage: 1Gi}}}}\n"
        )
    };
    let text = template(
        "      annotations:\n        volume.beta.kubernetes.io/storage-class: fast\n",
        "",
    );
    let new = mended(&text, "fast", "old-annotation");
    assert!(
        new.ends_with("storage: 1Gi}}\n      storageClassName: fast\n") && !new.contains("annotations"),
        "{new}"
    );
    // The field counts, where both are there.
    let both = template(
        "      annotations: {volume.beta.kubernetes.io/storage-class: slow}\n",
        "      storageClassName: fast\n",
    );
    let new = mended(&both, "slow", "old-annotation");
    assert_eq!(new, template("", "      storageClassName: fast\n"));
    let service = replaced(
        "  namespace: x\nspec:\n  clusterIP",
        "  namespace: x\n  annotations: {service.alpha.kubernetes.io/tolerate-unready-endpoints: \"true\"}\nspec:\n  clusterIP",
    );
    let new = mended(&service, "\"true\"", "old-annotation");
    assert!(new.contains("  publishNotReadyAddresses: true\n"));
}

#[test]
fn t21_old_labels_of_nodes_are_renamed() {
    let zone = "failure-domain.beta.kubernetes.io/zone";
    let new = "topology.kubernetes.io/zone";
    let text = mended(
        &replaced("disk: ssd", &format!("{zone}: a")),
        "a\n      containers",
        "old-label",
    );
    assert!(text.contains(&format!("        {new}: a\n")));
    let spread = format!(
        "topologySpreadConstraints:\n- {{maxSkew: 1, topologyKey: {zone}, whenUnsatisfiable: ScheduleAnyway}}"
    );
    mended(&pods(&spread), zone, "old-label");
    let affinity = "affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      nodeSelectorTerms:\n      - matchExpressions: [{key: beta.kubernetes.io/os, operator: In, values: [linux]}]";
    assert!(mended(&pods(affinity), "beta.kube", "old-label").contains("{key: kubernetes.io/os,"));
}

fn imported(text: &str) -> (String, Vec<String>) {
    let file = File {
        name: "a.yaml".into(),
        bytes: text.into(),
    };
    let imported = import(&[file], "x").unwrap();
    (imported.text, imported.removed)
}

#[test]
fn t21_a_set_without_a_selector_gets_its_labels() {
    let text = replaced("  selector:\n    matchLabels:\n      app: db\n", "");
    let new = mended(&text, "serviceName: db\n", "selector");
    assert!(new.ends_with("  selector:\n    matchLabels:\n      app: db\n"));
}

#[test]
fn t22_an_export_loses_what_the_cluster_wrote() {
    let (service, set) = GOOD.split_once("---\n").unwrap();
    let item = |text: &str| {
        let lines = text.lines().enumerate();
        lines
            .map(|(n, l)| format!("{}{l}\n", if n == 0 { "- " } else { "  " }))
            .collect::<String>()
    };
    let written = "  uid: 1-2\n  resourceVersion: \"7\"\n  creationTimestamp: \"2026-01-01T00:00:00Z\"\n  generation: 3\n  ownerReferences: [{apiVersion: v1, kind: X, name: y, uid: z}]\n  finalizers: [a.b/c]\n  managedFields: []\n";
    let service = service.replace("  namespace: x\n", &format!("  namespace: x\n{written}"));
    let front = service
        .replace("name: db", "name: front")
        .replace(
            "clusterIP: None",
            "clusterIP: 10.0.0.7\n  clusterIPs: [10.0.0.7]\n  type: NodePort",
        )
        .replace("    port: 5432\n", "    port: 5432\n    nodePort: 30123\n");
    let set = set
        .replace("  namespace: x\n", &format!("  namespace: x\n{written}"))
        .replace(
            "      labels:\n",
            "      creationTimestamp: null\n      labels:\n",
        )
        + "status: {replicas: 2}\n";
    let list = format!(
        "apiVersion: v1\nkind: List\nitems:\n{}{}{}",
        item(&service),
        item(&front),
        item(&set)
    );
    let (text, removed) = imported(&list);
    let (service, rest) = GOOD.split_once("---\n").unwrap();
    let front = service
        .replace("name: db", "name: front")
        .replace("clusterIP: None", "type: NodePort");
    assert_eq!(text, format!("{service}---\n{front}---\n{rest}"));
    for path in [
        "status",
        "metadata.uid",
        "metadata.ownerReferences",
        "metadata.finalizers",
        "spec.clusterIP",
        "spec.ports[0].nodePort",
        "spec.template.metadata.creationTimestamp",
    ] {
        assert!(removed.iter().any(|p| p == path), "{path} in {removed:?}");
    }
    // A headless Service says None, which is no address; what is no export keeps what its author wrote.
    assert!(text.contains("clusterIP: None"));
    let wished = GOOD.replace("    port: 5432\n", "    port: 5432\n    nodePort: 30123\n");
    assert_eq!(imported(&wished), (wished, Vec::new()));
}

#[test]
fn t22_an_export_in_the_code_is_told_and_cleaned() {
    let text = replaced(
        "  namespace: x\nspec:\n  serviceName",
        "  namespace: x\n  uid: 1-2\n  ownerReferences: [{apiVersion: v1, kind: X, name: q, uid: z}]\nspec:\n  serviceName",
    );
    assert_eq!(
        mended(&format!("{text}status: {{replicas: 2}}\n"), "1-2", "exported"),
        GOOD
    );
    let alone = text.replace("  uid: 1-2\n", "");
    assert_eq!(found(&alone), [], "an owner that somebody wrote is theirs");
}

#[test]
fn t23_what_means_nothing_is_taken_out() {
    let access = "---\napiVersion: v1\nkind: Service\nmetadata: {name: front, namespace: x}\nspec:\n  selector: {app: db}\n  ports:\n  - port: 5432\n    nodePort: 0\n";
    let new = mended(&format!("{GOOD}{access}"), "0\n", "ignored");
    assert!(new.ends_with("  - port: 5432\n"));
    let mount = container("volumeMounts:\n- {name: data, mountPath: /d}");
    let text = format!(
        "{mount}  volumeClaimTemplates:\n  - metadata:\n      name: data\n      namespace: default\n    spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 1Gi}}}}}}\n"
    );
    assert!(!mended(&text, "default", "ignored").contains("default"));
}
