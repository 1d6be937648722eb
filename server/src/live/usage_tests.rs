use super::*;
use app::model::usage::Reading;

fn pod(ordinal: i64, uid: &str, started: i64) -> PodFacts {
    PodFacts {
        name: format!("web-{ordinal}"),
        uid: uid.to_owned(),
        ordinal,
        started,
        phase: "Running".to_owned(),
        ..PodFacts::default()
    }
}

fn measured(ordinal: i64, at: i64, cpu: u64) -> Measured {
    Measured {
        pod: format!("web-{ordinal}"),
        reading: Reading { at, cpu, memory: 1 },
        window: 15,
    }
}

fn told(kept: &Kept, by: Option<Measure>) -> Vec<(String, Vec<u64>)> {
    let view = kept.view(&UsageQuery {
        by,
        ..UsageQuery::default()
    });
    let one = |t: &Track| (t.uid.clone(), t.readings.iter().map(|r| r.cpu).collect());
    view.tracks.iter().map(one).collect()
}

#[test]
fn a_pod_that_is_made_anew_begins_anew_and_the_sum_waits_for_it() {
    let mut kept = Kept::default();
    kept.take(
        &[pod(0, "a", 10), pod(1, "b", 10)],
        &[measured(0, 100, 5), measured(1, 100, 7)],
    );
    assert_eq!(
        told(&kept, None),
        [("a".to_owned(), vec![5]), ("b".to_owned(), vec![7])]
    );
    assert_eq!(kept.total.readings.len(), 1);
    // web-0 is another pod now, of which the server still tells what the old one used.
    let anew = [pod(0, "c", 105), pod(1, "b", 10)];
    kept.take(&anew, &[measured(0, 110, 5), measured(1, 115, 8)]);
    assert_eq!(
        told(&kept, None),
        [("c".to_owned(), vec![]), ("b".to_owned(), vec![7, 8])]
    );
    assert_eq!(kept.missing, ["web-0"]);
    assert_eq!(
        kept.total.readings.len(),
        1,
        "the sum of some is not what all use"
    );
    kept.take(&anew, &[measured(0, 125, 1), measured(1, 130, 9)]);
    assert_eq!(kept.total.readings.last().map(|r| (r.at, r.cpu)), Some((130, 10)));
    assert!(kept.missing.is_empty());
}

#[test]
fn who_uses_most_comes_first_and_who_has_no_reading_last() {
    let mut kept = Kept::default();
    let pods = [pod(0, "a", 10), pod(1, "b", 10), pod(2, "c", 10)];
    kept.take(&pods, &[measured(0, 100, 5), measured(1, 100, 7)]);
    let uids = |by| {
        told(&kept, by)
            .into_iter()
            .map(|(uid, _)| uid)
            .collect::<Vec<_>>()
    };
    assert_eq!(uids(Some(Measure::Cpu)), ["b", "a", "c"]);
    assert_eq!(uids(None), ["a", "b", "c"]);
}

#[test]
fn one_pod_is_shown_alone_and_many_are_cut() {
    let mut kept = Kept::default();
    let pods: Vec<PodFacts> = (0..250).map(|o| pod(o, &o.to_string(), 10)).collect();
    kept.take(&pods, &[]);
    let ask = |query: UsageQuery| kept.view(&query);
    let all = ask(UsageQuery::default());
    assert_eq!((all.tracks.len(), all.all, all.missing.all()), (ROWS, 250, 250));
    let one = ask(UsageQuery {
        pod: "web-249".to_owned(),
        ..UsageQuery::default()
    });
    assert_eq!((one.tracks.len(), one.all), (1, 1));
}
