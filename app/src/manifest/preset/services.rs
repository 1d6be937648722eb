//! Services that are written whole.
use crate::manifest::scalar::{self, Style};
use std::fmt::Write as _;

/// What a Service's text is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceText {
    /// `metadata.name`
    pub name: String,
    /// `metadata.namespace`
    pub namespace: String,
    /// `spec.type`; empty for a headless one.
    pub kind: String,
    /// `spec.selector`
    pub selector: Vec<(String, String)>,
    /// Name and number of each port.
    pub ports: Vec<(String, String)>,
}

/// A Service as YAML.
pub fn service_document(service: &ServiceText) -> String {
    let text = |t: &str| scalar::string(t, Style::Plain, false);
    let mut out = format!(
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: {}\n  namespace: {}\nspec:\n",
        text(&service.name),
        text(&service.namespace)
    );
    let how = if service.kind.is_empty() {
        "clusterIP: None".to_owned()
    } else {
        format!("type: {}", text(&service.kind))
    };
    let _ = write!(out, "  {how}\n  selector:\n");
    for (key, value) in &service.selector {
        let _ = writeln!(out, "    {}: {}", text(key), text(value));
    }
    for (n, (name, port)) in service.ports.iter().enumerate() {
        let head = if n == 0 { "  ports:\n" } else { "" };
        let name = if name.is_empty() {
            format!("port-{port}")
        } else {
            name.clone()
        };
        let _ = write!(
            out,
            "{head}    - name: {}\n      port: {}\n",
            text(&name),
            scalar::typed(port, Style::Plain, false)
        );
    }
    out
}

/// With one more document at the end.
pub fn with_document(text: &str, document: &str) -> String {
    let end = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("{text}{end}---\n{document}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::documents::Bundle;

    #[test]
    fn values_that_yaml_would_take_for_others_are_quoted() {
        let service = ServiceText {
            name: "db-0".to_owned(),
            namespace: "on".to_owned(),
            kind: "LoadBalancer".to_owned(),
            selector: vec![("app".to_owned(), "1".to_owned())],
            ports: vec![(String::new(), "80".to_owned())],
        };
        let text = with_document("kind: X", &service_document(&service));
        assert!(text.starts_with("kind: X\n---\n"));
        assert!(
            text.contains("namespace: \"on\"\n")
                && text.contains("app: \"1\"\n")
                && text.contains("name: port-80\n      port: 80\n")
        );
        assert_eq!(Bundle::read(&text).unwrap().documents.len(), 2);
    }
}
