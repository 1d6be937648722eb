//! T-20: the errors of published samples.
use super::{GOOD, container, found, mended, pods, replaced};
use crate::manifest::{fix::fix, problem::Problem, strict::strict};

#[test]
fn t20_a_command_of_one_word_is_split() {
    let new = mended(&container("command: [\"sleep 3600\"]"), "\"sleep", "one-word");
    assert!(new.ends_with("command: [\"sleep\", \"3600\"]\n"), "{new}");
    let hook = "lifecycle:\n  postStart:\n    exec:\n      command:\n      - echo a > /b\n";
    let new = mended(&container(hook), "echo a", "one-word");
    assert!(
        new.ends_with("command:\n              - sh\n              - -c\n              - echo a > /b\n"),
        "{new}"
    );
    // Scripts for a shell, and one word, are right.
    assert_eq!(
        found(&container("command: [sh, -c, sleep 3600]\nargs: [a b]")),
        []
    );
}

#[test]
fn t20_a_script_within_quotes_loses_them() {
    let new = mended(
        &container("command: [sh, -c, '\"nginx -c nginx.conf\"']"),
        "'\"nginx",
        "quoted-script",
    );
    assert!(
        new.ends_with("command: [sh, -c, 'nginx -c nginx.conf']\n"),
        "{new}"
    );
    let split = "command: [/bin/bash, -ec]\nargs:\n- \"'run --all'\"";
    assert!(mended(&container(split), "\"'run", "quoted-script").ends_with("- \"run --all\"\n"));
    assert_eq!(found(&container("command: [sh, -c, '\"a b\" \"c d\"']")), []);
}

#[test]
fn t20_a_container_that_is_not_there_is_named_right() {
    let env = "          valueFrom:\n            resourceFieldRef:\n              containerName: container1\n              resource: limits.cpu\n";
    let text = replaced("          value: a\n", env);
    let new = mended(&text, "container1", "unknown-container");
    assert!(new.contains("containerName: main\n"));
}

#[test]
fn t20_a_key_that_the_config_map_lacks_is_named_right() {
    let env = "          valueFrom:\n            configMapKeyRef:\n              name: conf\n              key: key1\n";
    let map = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf, namespace: x}\ndata: {configmap_key: v}\n";
    let text = replaced("          value: a\n", env) + map;
    let new = mended(&text, "key1", "unknown-key");
    assert!(new.contains("key: configmap_key\n"));
    assert_eq!(
        found(&text.replace("key: key1", "key: key1\n              optional: true")),
        []
    );
    // What is not in the bundle cannot be judged.
    assert_eq!(found(&replaced("          value: a\n", env)), []);
}

#[test]
fn t20_a_choice_in_other_letters_is_spelled_right() {
    let access = "---\napiVersion: v1\nkind: Service\nmetadata: {name: front, namespace: x}\nspec: {type: NodePort, externalTrafficPolicy: local, selector: {app: db}, ports: [{port: 5432}]}\n";
    let text = format!("{GOOD}{access}");
    assert!(mended(&text, "local", "choice").contains("externalTrafficPolicy: Local,"));
    mended(
        &replaced(
            "  clusterIP: None\n",
            "  clusterIP: None\n  internalTrafficPolicy: local\n",
        ),
        "local",
        "choice",
    );
    let new = mended(&container("imagePullPolicy: ifNotPresent"), "ifNot", "choice");
    assert!(new.ends_with("imagePullPolicy: IfNotPresent\n"));
    mended(
        &replaced("    port: 5432\n", "    port: 5432\n    protocol: tcp\n"),
        "tcp\n",
        "choice",
    );
}

#[test]
fn t20_a_flag_in_other_words_becomes_true() {
    assert_eq!(found(&pods("hostNetwork: yes")), []);
    let new = mended(&pods("hostNetwork: \"true\""), "\"true", "quoted-number");
    assert!(new.contains("      hostNetwork: true\n"));
}

#[test]
fn t20_a_field_one_level_too_deep_is_moved() {
    let text = replaced("  replicas: 2\n", "").replacen("  template:\n", "  template:\n    replicas: 2\n", 1);
    let new = mended(&text, "2\n    metadata", "misplaced");
    assert!(
        new.ends_with("\n  replicas: 2\n") && !new.contains("    replicas"),
        "{new}"
    );
}

#[test]
fn t20_slashes_become_a_comment() {
    let new = mended(
        &pods("dnsPolicy: ClusterFirst   // the default"),
        "ClusterFirst",
        "slash-comment",
    );
    assert!(new.contains("dnsPolicy: ClusterFirst   # the default\n"));
    assert_eq!(found(&replaced("value: a", "value: a // b")), []);
    let text = pods("// the default\ndnsPolicy: Default");
    let finding = strict(&text).unwrap_err();
    assert_eq!(
        (finding.line, finding.problem.clone()),
        (30, Problem::SlashComment)
    );
    assert_eq!(
        fix(&text, &finding),
        Some(pods("# the default\ndnsPolicy: Default"))
    );
}

#[test]
fn t20_node_rules_below_pod_rules_are_renamed() {
    let text = pods(
        "affinity:\n  podAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n      nodeSelectorTerms:\n      - matchExpressions: [{key: a, operator: Exists}]",
    );
    let new = mended(&text, "requiredDuring", "node-terms");
    assert!(new.contains("        nodeAffinity:\n          requiredDuring"));
}

#[test]
fn t20_a_peer_below_another_service_is_found() {
    let text = replaced("value: a", "value: db-0.db-headless:1,db-1.db-headless:1");
    let new = mended(&text, "db-0.db-headless", "peer-name");
    assert!(new.contains("value: db-0.db:1,db-1.db:1\n"));
    for fine in [
        "db-0.db",
        "db-0.db.x.svc",
        "db-1.2.jar",
        "/opt/db-7.tar",
        "xdb-0.db-old",
    ] {
        assert_eq!(
            found(&replaced("value: a", &format!("value: {fine}"))),
            [],
            "{fine}"
        );
    }
}

#[test]
fn t20_a_label_that_no_node_has_is_replaced() {
    let new = mended(&replaced("disk: ssd", "nodeName: one"), "one", "old-label");
    assert!(new.contains("        kubernetes.io/hostname: one\n"));
}
