//! Lists of objects, as `kubectl get -o yaml` writes several of them: here each object is a document of its own.
use super::{
    documents::{Bundle, Document},
    expand,
    tree::{Kind, Node},
};

/// Whether a document is a list of objects: `List`, or a typed one such as `StatefulSetList`.
pub fn is_list(document: &Document) -> bool {
    let items = document.root.entry("items").map(|e| &e.value.kind);
    document.kind().ends_with("List") && matches!(items, Some(Kind::List(..)))
}

/// The objects of a document, each as a text of its own: what a list holds, or the document itself. A list in a list is
/// left as it is: kubectl refuses it.
pub fn objects(bundle: &Bundle, document: usize) -> Vec<String> {
    let Some(held) = bundle.documents.get(document) else {
        return Vec::new();
    };
    let whole = || vec![bundle.text[held.range.clone()].to_owned()];
    if !is_list(held) {
        return whole();
    }
    if !expand::aliases(bundle, document).is_empty() {
        // An item may name what another one holds.
        return match Bundle::read(&expand::all(bundle, document)) {
            Ok(expanded) if expand::aliases(&expanded, 0).is_empty() => objects(&expanded, 0),
            _ => whole(),
        };
    }
    let kind = held.kind().strip_suffix("List").unwrap_or_default();
    let one = |item: &Node| named(moved_left(&bundle.text, item), item, kind, held.api_version());
    members(held).iter().map(one).collect()
}

/// Where a list stands in a list.
pub fn nested(document: &Document) -> Option<usize> {
    let kind = |item: &Node| {
        item.entry("kind")
            .and_then(|e| e.value.text())
            .unwrap_or_default()
            .to_owned()
    };
    let list = |item: &&Node| kind(item).ends_with("List") && item.entry("items").is_some();
    let items = if is_list(document) { members(document) } else { &[] };
    items.iter().find(list).map(|item| item.range.start)
}

fn members(list: &Document) -> &[Node] {
    list.root
        .entry("items")
        .map(|e| e.value.items())
        .unwrap_or_default()
}

/// The member of a typed list has the kind of the list where it says none
/// (`UnstructuredJSONScheme` of `k8s.io/apimachinery`).
fn named(text: String, item: &Node, kind: &str, api_version: &str) -> String {
    if kind.is_empty() || item.entry("kind").is_some() {
        return text;
    }
    match text.strip_prefix('{') {
        Some(rest) => format!("{{\"apiVersion\": \"{api_version}\", \"kind\": \"{kind}\", {rest}"),
        None => format!("apiVersion: {api_version}\nkind: {kind}\n{text}"),
    }
}

/// A member of a list, as a text that begins in the first column.
fn moved_left(text: &str, node: &Node) -> String {
    let line_start = text[..node.range.start].rfind('\n').map_or(0, |n| n + 1);
    if matches!(node.kind, Kind::Map(_, true)) {
        let indent = text[line_start..].bytes().take_while(|b| *b == b' ').count();
        return lines_without(&text[node.range.clone()], indent) + "\n";
    }
    let column = node.range.start - line_start;
    // With the comment behind its last line, and those below it that are indented as it is.
    let own = |line: &&str| {
        let content = line.trim_start();
        content.starts_with('#') && line.len() - content.len() >= column
    };
    let mut rest = text[node.range.end..].split_inclusive('\n');
    let last = rest.next().map_or(0, str::len);
    let below: usize = rest.take_while(own).map(str::len).sum();
    let mut moved = lines_without(&text[node.range.start..node.range.end + last + below], column);
    if !moved.ends_with('\n') {
        moved.push('\n');
    }
    moved
}

/// All lines but the first without so many blanks.
fn lines_without(text: &str, column: usize) -> String {
    let blank = |line: &str| line.bytes().take(column).take_while(|b| *b == b' ').count();
    let lines = text.split_inclusive('\n').enumerate();
    lines
        .map(|(n, line)| if n == 0 { line } else { &line[blank(line)..] })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let bundle = Bundle::read(text).unwrap();
        (0..bundle.documents.len())
            .flat_map(|n| objects(&bundle, n))
            .collect()
    }

    #[test]
    fn members_keep_their_comments() {
        let list = "apiVersion: v1\nkind: List\nitems:\n- kind: Service # mine\n  a: |\n    x\n  # last\n- kind: Pod\n";
        assert_eq!(
            told(list),
            ["kind: Service # mine\na: |\n  x\n# last\n", "kind: Pod\n"]
        );
    }

    #[test]
    fn a_typed_list_gives_its_members_their_kind() {
        let json = "{\"kind\": \"ServiceList\", \"apiVersion\": \"v1\", \"items\": [{\"metadata\": {\"name\": \"a\"}}]}";
        assert_eq!(
            told(json),
            ["{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}}\n"]
        );
        let yaml = "kind: ServiceList\napiVersion: v1\nitems:\n  - metadata:\n      name: a\n";
        assert_eq!(
            told(yaml),
            ["apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n"]
        );
    }

    #[test]
    fn a_list_in_a_list_is_found() {
        let text =
            "kind: List\napiVersion: v1\nitems:\n- kind: A\n- kind: List\n  apiVersion: v1\n  items: []\n";
        let bundle = Bundle::read(text).unwrap();
        assert_eq!(nested(&bundle.documents[0]), text.find("kind: List\n  api"));
        assert_eq!(told(text).len(), 2);
        // A kind that only ends so.
        assert_eq!(told("kind: AllowList\nspec: {items: [1]}\n").len(), 1);
    }

    #[test]
    fn anchors_of_one_member_reach_the_others() {
        let text = "kind: List\napiVersion: v1\nitems:\n- kind: A\n  labels: &l\n    app: x # mine\n- kind: B\n  labels:\n    <<: *l\n    tier: store\n  again: *l\n";
        let all = told(text);
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all[0].contains("# mine"));
        let read = Bundle::read(&all[1]).unwrap().json(0).0;
        assert_eq!(
            read,
            serde_json::json!({"kind": "B", "labels": {"app": "x", "tier": "store"}, "again": {"app": "x"}})
        );
    }
}
