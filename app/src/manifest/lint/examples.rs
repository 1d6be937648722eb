//! The examples of the rules: read from the first lines of each rule's file, and written out as whole manifests.
use super::{Lint, Offers, Rule, fixes, lint_with};
use crate::{
    manifest::{Bundle, Edit, Place, Value, edit::apply, rules::RULES},
    model::offers::{Autoscaler, ClaimOffer, Counted, SetOffer},
};
use std::{fs, path::PathBuf};

/// What every example stands in: no rule has anything against it.
pub(crate) const BASE: &str = "\
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: default
spec:
  clusterIP: None
  selector:
    app: web
  ports:
    - name: http
      port: 80
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  namespace: default
spec:
  serviceName: web
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: main
          image: registry.example/app:1.0
          ports:
            - name: http
              containerPort: 80
          readinessProbe:
            tcpSocket:
              port: http
          volumeMounts:
            - name: data
              mountPath: /data
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes:
          - ReadWriteOnce
        resources:
          requests:
            storage: 1Gi
";

/// A rule's first lines.
pub(crate) struct About {
    pub why: Vec<String>,
    pub source: String,
    pub bad: Vec<String>,
    pub good: Vec<String>,
}

/// Reads them.
pub(crate) fn about(rule: &Rule) -> About {
    let name = format!("src/manifest/rules/{}.rs", rule.name.replace('-', "_"));
    let text = fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let lines = text.lines().map_while(|l| l.strip_prefix("//!"));
    let lines: Vec<&str> = lines.map(|l| l.strip_prefix(' ').unwrap_or(l)).collect();
    let block = |mark: &str| {
        let inside = lines.iter().skip_while(|l| **l != format!("```{mark}")).skip(1);
        inside
            .take_while(|l| **l != "```")
            .map(|l| (*l).to_owned())
            .collect()
    };
    let source = lines.iter().find_map(|l| l.strip_prefix("Source: "));
    About {
        why: lines
            .iter()
            .take_while(|l| !l.is_empty())
            .map(|l| (*l).to_owned())
            .collect(),
        source: source
            .unwrap_or_else(|| panic!("{}: no source", rule.name))
            .to_owned(),
        bad: block("bad"),
        good: block("good"),
    }
}

/// What the cluster of an example has.
#[derive(Default)]
struct Cluster {
    sets: Option<Vec<SetOffer>>,
    claims: Option<Vec<ClaimOffer>>,
    accounts: Option<Vec<String>>,
    autoscalers: Vec<Autoscaler>,
    quotas: Vec<Counted>,
    pod_security: Option<String>,
}

/// An example as a whole text, and what the cluster has there.
pub(crate) struct Example {
    pub text: String,
    cluster: Cluster,
}

/// Writes an example out: each line puts something into [`BASE`] (`path: value`), takes something out (`-path`), adds a
/// document (`+Kind name: {…}`), or says what the cluster has (`@what name`). Lines that are a manifest are one.
pub(crate) fn example(lines: &[String]) -> Example {
    let mut cluster = Cluster::default();
    if lines.len() > 1 && lines[1].starts_with("kind: ") {
        let text = lines.join("\n") + "\n";
        return Example { text, cluster };
    }
    let mut text = BASE.to_owned();
    for line in lines {
        if let Some(path) = line.strip_prefix('-') {
            text = apply(&text, &Edit::Remove(place(path))).unwrap_or_else(|e| panic!("{e:?} {line}"));
        } else if let Some(document) = line.strip_prefix('+') {
            text += &added(document);
        } else if let Some(has) = line.strip_prefix('@') {
            given(&mut cluster, has);
        } else {
            text = put(&text, line);
        }
    }
    let long = |n: usize| "a".repeat(n);
    let text = text.replace("LONG", &long(1001)).replace("BIG", &long(262_200));
    Example {
        text: text.replace("HUGE", &long(1_600_000)),
        cluster,
    }
}

fn place(path: &str) -> Place {
    let (document, path) = path.strip_prefix("Service/").map_or((1, path), |p| (0, p));
    let whole = ["container", "pod", "claim"].into_iter().zip([
        "spec.template.spec.containers[0]",
        "spec.template.spec",
        "spec.volumeClaimTemplates[0]",
    ]);
    let mut whole = whole.filter_map(|(short, long)| Some(format!("{long}{}", path.strip_prefix(short)?)));
    Place::new(document, &whole.next().unwrap_or_else(|| path.to_owned()))
}

/// Writes a value as it stands in the example, notation and all.
fn put(text: &str, line: &str) -> String {
    let (path, raw) = line.split_once(": ").unwrap_or_else(|| panic!("{line}"));
    let place = place(path);
    let at = |text: &str| Bundle::read(text).unwrap().at(&place).is_some();
    let collection = |text: &str| {
        Bundle::read(text)
            .unwrap()
            .at(&place)
            .is_some_and(|n| n.text().is_none())
    };
    let mut text = text.to_owned();
    let list = place.path.to_string().ends_with(']') && !at(&text);
    if list {
        let above = Place {
            path: place.path.parent().unwrap(),
            ..place.clone()
        };
        text = apply(&text, &Edit::Push(above, Value::Typed("RAWVALUE".into()))).unwrap();
    } else if collection(&text) {
        // The map or list keeps its place.
        let node = Bundle::read(&text).unwrap().at(&place).unwrap().range.clone();
        text.replace_range(node, "RAWVALUE");
        let at = text.find("RAWVALUE").unwrap();
        let head = text[..at].trim_end().len();
        if text[..head].ends_with(':') {
            text.replace_range(head..at, " ");
        }
    } else {
        text = apply(&text, &Edit::Set(place, Value::Typed("RAWVALUE".into())))
            .unwrap_or_else(|e| panic!("{e:?} {line}"));
    }
    text.replace("RAWVALUE", &raw.replace("\\n", "\n"))
}

fn added(line: &str) -> String {
    let (object, raw) = line.split_once(": ").unwrap();
    let (kind, name) = object.split_once(' ').unwrap();
    let version = if kind == "StatefulSet" { "apps/v1" } else { "v1" };
    let body = raw
        .trim()
        .strip_prefix('{')
        .and_then(|r| r.strip_suffix('}'))
        .unwrap();
    let namespace = if body.contains("namespace:") {
        ""
    } else {
        ", namespace: default"
    };
    let body = match body.strip_prefix("metadata: {") {
        Some(more) => format!("metadata: {{name: {name}, {more}"),
        None if kind == "List" => body.to_owned(),
        None => format!("metadata: {{name: {name}{namespace}}}, {body}"),
    };
    format!("---\n{{apiVersion: {version}, kind: {kind}, {body}}}\n")
}

fn given(cluster: &mut Cluster, has: &str) {
    let (what, name) = has.split_once(' ').unwrap();
    let name = name.to_owned();
    match what {
        "sets" => {
            let set = SetOffer {
                name,
                ..SetOffer::default()
            };
            cluster.sets.get_or_insert_default().push(set);
        }
        "claims" => {
            let claim = ClaimOffer {
                name,
                size: "1Gi".into(),
                ..ClaimOffer::default()
            };
            cluster.claims.get_or_insert_default().push(claim);
        }
        "service_accounts" => cluster.accounts.get_or_insert_default().push(name),
        "autoscalers" => cluster.autoscalers.push(Autoscaler {
            name: "scaler".into(),
            target: name,
            min: 1,
            max: 5,
        }),
        "quotas" => {
            let (resource, hard) = name.split_once('=').unwrap_or((&name, "100"));
            cluster.quotas.push(Counted {
                quota: "quota".into(),
                resource: resource.to_owned(),
                hard: hard.to_owned(),
                used: "0".into(),
            });
        }
        "pod_security" => cluster.pod_security = Some(name),
        other => panic!("{other}"),
    }
}

impl Example {
    /// What the rules find in it.
    pub fn found(&self) -> Vec<Lint> {
        let bundle = Bundle::read(&self.text).unwrap_or_else(|e| panic!("{e:?}\n{}", self.text));
        let c = &self.cluster;
        let offers = Offers {
            sets: c.sets.as_deref(),
            claims: c.claims.as_deref(),
            service_accounts: c.accounts.as_deref(),
            autoscalers: &c.autoscalers,
            quotas: &c.quotas,
            pod_security: c.pod_security.as_deref(),
            ..Offers::default()
        };
        lint_with(&bundle, &offers)
    }

    /// The texts that its corrections leave.
    pub fn fixed(&self, rule: &Rule) -> Vec<super::Fix> {
        let bundle = Bundle::read(&self.text).unwrap();
        let lint = self.found().into_iter().find(|l| l.rule == rule);
        lint.map(|l| fixes(&bundle, &l)).unwrap_or_default()
    }
}

#[test]
fn the_base_of_the_examples_is_good() {
    assert_eq!(example(&[]).found(), []);
}

#[test]
fn each_rule_finds_its_bad_example_and_not_its_good_one() {
    for rule in RULES {
        let about = about(rule);
        assert!(!about.why.is_empty(), "{}: why?", rule.name);
        let (bad, good) = (example(&about.bad), example(&about.good));
        let names = |lints: &[Lint]| lints.iter().map(|l| l.rule.name).collect::<Vec<_>>();
        let found = bad.found();
        assert!(
            names(&found).contains(&rule.name),
            "{} is not among {found:?} of\n{}",
            rule.name,
            &bad.text[..bad.text.len().min(3000)]
        );
        let silent = good.found();
        assert!(
            !names(&silent).contains(&rule.name),
            "{} in {}",
            rule.name,
            good.text
        );
        // A correction leaves nothing of what it corrects; one that says so may leave another.
        let before = found.iter().filter(|l| l.rule == *rule).count();
        for fix in bad.fixed(rule) {
            let after = Example {
                text: fix.text,
                cluster: Cluster::default(),
            };
            let left = after.found().iter().filter(|l| l.rule == *rule).count();
            assert!(
                left < before,
                "{} after {:?}:\n{}",
                rule.name,
                fix.label,
                after.text
            );
        }
    }
}

#[test]
fn rules_stand_in_the_order_of_their_names() {
    let names: Vec<&str> = RULES.iter().map(|r| r.name).collect();
    assert!(names.is_sorted(), "{names:?}");
}
