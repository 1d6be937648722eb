//! The same by kubectl, to be copied.
use super::{LogQuery, Runs, Scope, Stream};
use crate::model::time::exact;

/// The commands that print what the page reads: one for each container, for kubectl merges nothing by time.
///
/// Source: `kubectl logs --help` (1.36). It has no end of a time, and no run before together with the present one.
pub fn commands(scope: &Scope, query: &LogQuery, streams: &[Stream]) -> String {
    let reading = &query.reading;
    let mut options = String::from(" --timestamps");
    if let Some(seconds) = reading.since {
        options.push_str(&format!(" --since={seconds}s"));
    } else if let Some(from) = reading.from {
        options.push_str(&format!(" --since-time={}", exact(from)));
    }
    if let Some(lines) = reading.tail {
        options.push_str(&format!(" --tail={lines}"));
    }
    let runs: &[&str] = match reading.runs {
        Runs::Current => &[""],
        Runs::Previous => &[" --previous"],
        Runs::Both => &[" --previous", ""],
    };
    let wanted: Vec<&Stream> = streams.iter().filter(|s| s.wanted).collect();
    let follow = if wanted.len() == 1 && reading.follows() {
        " --follow"
    } else {
        ""
    };
    let prefix = if wanted.len() > 1 { " --prefix" } else { "" };
    let mut lines = Vec::new();
    for stream in wanted {
        for run in runs {
            let follow = if run.is_empty() { follow } else { "" };
            let quoted = |text: &str| shlex::try_quote(text).map(std::borrow::Cow::into_owned);
            let names = [scope.namespace(), &stream.pod, &stream.container].map(quoted);
            // A name with a NUL in it is none.
            let [Ok(namespace), Ok(pod), Ok(container)] = names else {
                continue;
            };
            lines.push(format!(
                "kubectl logs -n {namespace} {pod} -c {container}{run}{options}{prefix}{follow}"
            ));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::log::Reading;

    fn stream(pod: &str, wanted: bool) -> Stream {
        Stream {
            pod: pod.into(),
            container: "db".into(),
            wanted,
            ..Stream::default()
        }
    }

    #[test]
    fn each_container_has_its_command() {
        let scope = Scope::Set {
            namespace: "shop".into(),
            name: "db".into(),
        };
        let query = LogQuery::default();
        assert_eq!(
            commands(&scope, &query, &[stream("db-0", true), stream("db-1", false)]),
            "kubectl logs -n shop db-0 -c db --timestamps --tail=200 --follow"
        );
        let reading = Reading {
            runs: Runs::Both,
            from: Some(0),
            tail: None,
            ..Reading::default()
        };
        let query = LogQuery { reading, ..query };
        assert_eq!(
            commands(&scope, &query, &[stream("db-0", true), stream("db-1", true)])
                .lines()
                .collect::<Vec<_>>(),
            [
                "kubectl logs -n shop db-0 -c db --previous --timestamps --since-time=1970-01-01T00:00:00Z --prefix",
                "kubectl logs -n shop db-0 -c db --timestamps --since-time=1970-01-01T00:00:00Z --prefix",
                "kubectl logs -n shop db-1 -c db --previous --timestamps --since-time=1970-01-01T00:00:00Z --prefix",
                "kubectl logs -n shop db-1 -c db --timestamps --since-time=1970-01-01T00:00:00Z --prefix",
            ]
        );
    }
}
