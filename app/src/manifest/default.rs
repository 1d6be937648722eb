//! The bundle that the wizard starts with.
use super::scalar::{self, Style};

/// The annotation that holds the description; `kubectl describe` and other consoles read it too.
pub const DESCRIPTION: &str = "kubernetes.io/description";

/// Service first, then StatefulSet, as they are created. `random` is six lower-case letters or digits.
pub fn text(namespace: &str, random: &str) -> String {
    let namespace = scalar::string(namespace, Style::Plain, false);
    format!(
        r#"apiVersion: v1
kind: Service
metadata:
  name: ""
  namespace: {namespace}
  labels:
    app: ""
spec:
  clusterIP: None
  selector:
    app: ""
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ""
  namespace: {namespace}
  labels:
    app: ""
spec:
  serviceName: ""
  replicas: 1
  selector:
    matchLabels:
      app: ""
  template:
    metadata:
      labels:
        app: ""
    spec:
      containers:
        - name: container-{random}
          image: ""
"#
    )
}

/// A further container, as lines for [`super::Edit::Append`].
pub fn container(random: &str) -> String {
    format!("name: container-{random}\nimage: \"\"")
}

/// A claim template of ten GiB that one node may write. Without a class the cluster's default is taken.
pub fn volume_template(class: Option<&str>, name: &str) -> String {
    let class = class.map(|c| format!("  storageClassName: {}\n", scalar::string(c, Style::Plain, false)));
    format!(
        "metadata:\n  name: {}\nspec:\n  accessModes:\n    - ReadWriteOnce\n{}  resources:\n    requests:\n      storage: 10Gi",
        scalar::string(name, Style::Plain, false),
        class.unwrap_or_default()
    )
}
