use super::*;
use crate::model::facts::TemplateFacts;

fn set(start: i32, replicas: i32) -> SetFacts {
    SetFacts {
        name: "web".into(),
        start,
        replicas,
        templates: vec![TemplateFacts {
            name: "data".into(),
            ..TemplateFacts::default()
        }],
        ..SetFacts::default()
    }
}

fn pod(ordinal: i64, failing: bool) -> PodFacts {
    PodFacts {
        name: format!("web-{ordinal}"),
        ordinal,
        ready: !failing,
        failing,
        state: if failing { "CrashLoopBackOff" } else { "Running" }.into(),
        ..PodFacts::default()
    }
}

fn claim(ordinal: i64) -> ClaimFacts {
    ClaimFacts {
        name: format!("data-web-{ordinal}"),
        ..ClaimFacts::default()
    }
}

fn told(cells: &[Cell]) -> Vec<(i64, CellState, i64)> {
    cells.iter().map(|c| (c.ordinal, c.state, c.count)).collect()
}

#[test]
fn few_ordinals_have_a_cell_each_in_natural_order() {
    let (pods, claims) = ([pod(5, false), pod(7, true), pod(9, false)], [claim(3), claim(5)]);
    let pods: Vec<_> = pods.iter().collect();
    let cells = cells(&set(5, 3), Some(&pods), &claims.iter().collect::<Vec<_>>());
    assert_eq!(
        told(&cells),
        [
            (3, CellState::ClaimsOnly, 1),
            (5, CellState::Ready, 1),
            (6, CellState::Pale, 1),
            (7, CellState::Failing, 1),
            (9, CellState::Ready, 1),
        ]
    );
    assert_eq!(cells[3].why, "CrashLoopBackOff");
}

#[test]
fn above_them_each_state_has_one_and_the_first_that_fail_are_named() {
    let pods: Vec<PodFacts> = (0..90).map(|n| pod(n, n % 10 == 3)).collect();
    let pods: Vec<_> = pods.iter().collect();
    let claims = [claim(1), claim(200), claim(201)];
    let cells = cells(&set(0, 100), Some(&pods), &claims.iter().collect::<Vec<_>>());
    assert_eq!(
        told(&cells),
        [
            (3, CellState::Failing, 1),
            (13, CellState::Failing, 1),
            (23, CellState::Failing, 1),
            (33, CellState::Failing, 1),
            (0, CellState::Ready, 81),
            (43, CellState::Failing, 5),
            (200, CellState::ClaimsOnly, 2),
            (90, CellState::Pale, 10),
        ]
    );
    assert_eq!(count(&cells), 102);
}

#[test]
fn no_number_of_replicas_makes_many_cells() {
    for (start, replicas) in [(0, 1_000_000), (0, i32::MAX), (i32::MAX, i32::MAX), (7, 25)] {
        let set = set(start, replicas);
        let pod = pod(i64::from(start), false);
        for pods in [None, Some(&[][..]), Some(&[&pod][..])] {
            let cells = cells(&set, pods, &[]);
            assert!(cells.len() <= 2, "{cells:?}");
            assert_eq!(count(&cells), i64::from(replicas));
            assert!(serde_json::to_string(&cells).expect("it can be written").len() < 100);
        }
    }
}
