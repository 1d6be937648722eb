//! What the API server draws by lot, and nobody wrote.
use app::model::edit::Subject;
use serde_json::Value;

/// What the API server draws by lot for a Service where nobody says it. Each dry run draws anew, so what one drew is
/// neither a change that somebody made nor what is to be stored: it is left to the cluster.
pub(super) fn without_lots(subject: Subject, mut mine: Value, text: &Value, base: &Value) -> Value {
    if subject == Subject::StatefulSet {
        return mine;
    }
    for key in ["clusterIP", "clusterIPs", "healthCheckNodePort"] {
        let said = |object: &Value| object["spec"].get(key).is_some();
        if let Some(spec) = mine["spec"]
            .as_object_mut()
            .filter(|_| !said(text) && !said(base))
        {
            spec.remove(key);
        }
    }
    let ports = |object: &Value| object["spec"]["ports"].as_array().cloned().unwrap_or_default();
    let (written, before) = (ports(text), ports(base));
    let mine_ports = mine.pointer_mut("/spec/ports").and_then(Value::as_array_mut);
    for (n, port) in mine_ports.into_iter().flatten().enumerate() {
        let drawn = port["nodePort"].clone();
        let said = written.get(n).is_some_and(|p| p.get("nodePort").is_some());
        let kept = before.iter().any(|p| p["nodePort"] == drawn);
        if let Some(port) = port.as_object_mut().filter(|_| !said && !kept) {
            port.remove("nodePort");
        }
    }
    mine
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_drawn_by_lot_is_left_to_the_cluster() {
        let service = |ports: Value| json!({"spec": {"clusterIP": "10.0.0.7", "ports": ports}});
        let base = service(json!([{"port": 80, "nodePort": 30080}, {"port": 81}, {"port": 82}]));
        let text = service(json!([{"port": 80}, {"port": 81}, {"port": 82, "nodePort": 30082}]));
        let mine = service(
            json!([{"port": 80, "nodePort": 30080}, {"port": 81, "nodePort": 31234},
            {"port": 82, "nodePort": 30082}]),
        );
        let wanted =
            service(json!([{"port": 80, "nodePort": 30080}, {"port": 81}, {"port": 82, "nodePort": 30082}]));
        assert_eq!(without_lots(Subject::Service, mine.clone(), &text, &base), wanted);
        assert_eq!(
            without_lots(Subject::StatefulSet, mine.clone(), &text, &base),
            mine
        );
    }
}
