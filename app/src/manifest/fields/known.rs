//! What the forms know of a map, and what they do not: that stays in the text, and is counted.
use super::{FieldDef, Holds};
use crate::manifest::{
    documents::Bundle,
    path::{Path, Place, Segment},
    tree::Node,
};

/// The way from here to a field; `None` for one with a form of its own.
type Way = (Vec<Segment>, Option<&'static FieldDef>);

fn ways(above: &str, fields: &'static [FieldDef]) -> impl Iterator<Item = Way> {
    let above = Path::parse(above);
    fields.iter().map(move |f| (above.join(f.path).0, Some(f)))
}

/// The paths below a place that neither `hand` (those with a form of their own) nor the fields know.
pub fn unknown(bundle: &Bundle, place: &Place, hand: &[&str], fields: &[&'static [FieldDef]]) -> Vec<Path> {
    let own = hand.iter().map(|path| (Path::parse(path).0, None));
    let all = own.chain(fields.iter().flat_map(|f| ways("", f))).collect();
    let mut found = Vec::new();
    if let Some(node) = bundle.at(place) {
        walk(node, &Path::default(), all, &mut found);
    }
    found
}

fn walk(node: &Node, path: &Path, all: Vec<Way>, found: &mut Vec<Path>) {
    let all = expanded(all);
    for entry in node.entries() {
        let here = path.key(&entry.key);
        let next: Vec<Way> = all
            .iter()
            .filter(|(way, _)| way.first() == Some(&Segment::Key(entry.key.clone())))
            .map(|(way, field)| (way[1..].to_vec(), *field))
            .collect();
        if next.is_empty() {
            if !found.contains(&here) {
                found.push(here);
            }
        } else if let Some(rows) = next.iter().find_map(|(way, field)| rows(way, *field)) {
            for item in entry.value.items() {
                walk(item, &here, ways("", rows).collect(), found);
            }
        } else if !next.iter().any(|(way, field)| way.is_empty() && is_whole(*field)) {
            walk(&entry.value, &here, next, found);
        }
    }
}

/// With what lies within fields that begin here.
fn expanded(all: Vec<Way>) -> Vec<Way> {
    let mut out = Vec::new();
    for (way, field) in all {
        match field.map(|f| f.holds) {
            Some(Holds::Group(fields)) if way.is_empty() => out.extend(ways("", fields)),
            Some(Holds::Either(variants)) if way.is_empty() => {
                out.extend(variants.iter().flat_map(|v| ways(v.key, v.fields)));
            }
            _ => out.push((way, field)),
        }
    }
    out
}

fn rows(way: &[Segment], field: Option<&'static FieldDef>) -> Option<&'static [FieldDef]> {
    match field.filter(|_| way.is_empty())?.holds {
        Holds::Rows(fields, _) => Some(fields),
        _ => None,
    }
}

/// A value that is taken as it is, whatever it is.
fn is_whole(field: Option<&FieldDef>) -> bool {
    !field.is_some_and(|f| matches!(f.holds, Holds::Group(_) | Holds::Either(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::fields::{CONTAINER, PROBES, SECURITY};

    #[test]
    fn what_no_field_knows_is_found_at_any_depth() {
        let text = "name: c\nimage: i\nfoo: 1\nsecurityContext:\n  privileged: true\n  windowsOptions: {}\n\
                    readinessProbe:\n  httpGet:\n    path: /\n    odd: 1\n  periodSeconds: 3\n  extra: 1\nvolumeMounts:\n- name: a\n  extendPathMode: PodName\n\
                    resources:\n  limits:\n    ephemeral-storage: 1Gi\n    example.com/x: 1\n";
        let bundle = Bundle::read(text).unwrap();
        let found = unknown(
            &bundle,
            &Place::default(),
            &["name", "image"],
            &[CONTAINER, SECURITY, PROBES],
        );
        let names: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            names,
            [
                "foo",
                "securityContext.windowsOptions",
                "readinessProbe.httpGet.odd",
                "readinessProbe.extra",
                "volumeMounts.extendPathMode",
                "resources.limits[example.com/x]"
            ]
        );
    }
}
