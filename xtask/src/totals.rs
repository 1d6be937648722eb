//! Counting what passed, from the words of cargo and of Playwright.

use std::fmt;

use anyhow::Result;
use serde_json::Value;

/// What all parts together found.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    passed: u64,
    failed: u64,
    skipped: u64,
    reasons: Vec<String>,
}

impl Totals {
    /// Something failed that is not one test: a lint, a build, a crash.
    pub(crate) fn broken(&mut self, why: &str) {
        self.failed += 1;
        self.reasons.push(why.to_owned());
    }

    /// Takes in one test of our own, and tells how it ended.
    pub(crate) fn check(&mut self, name: &str, outcome: Result<()>) {
        match outcome {
            Ok(()) => {
                self.passed += 1;
                eprintln!("✓ {name}");
            }
            Err(error) => {
                eprintln!("✗ {name}: {error:#}");
                self.broken(&format!("{name}: {error:#}"));
            }
        }
    }

    /// Why the totals are worse than the tests'.
    pub(crate) fn reasons(&self) -> &[String] {
        &self.reasons
    }

    /// How many failed so far.
    pub(crate) fn failed(&self) -> u64 {
        self.failed
    }

    /// Nothing failed, and something was tried.
    pub(crate) fn green(&self) -> bool {
        self.failed == 0 && (self.passed > 0)
    }

    /// Takes in one line of `cargo test`; all but the results are ignored.
    pub(crate) fn cargo_line(&mut self, line: &str) {
        // test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s
        let Some(result) = line.strip_prefix("test result: ") else {
            return;
        };
        let Some((_, counts)) = result.split_once(". ") else {
            return;
        };
        for part in counts.split("; ") {
            let Some((number, word)) = part.split_once(' ') else {
                continue;
            };
            let number: u64 = number.parse().unwrap_or(0);
            match word {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.skipped += number,
                _ => {}
            }
        }
    }

    /// Takes in Playwright's JSON report; returns how many tests it knew.
    pub(crate) fn playwright(&mut self, report: &Value) -> u64 {
        let count = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
        let (passed, failed, skipped) = (
            count("expected"),
            count("unexpected") + count("flaky"),
            count("skipped"),
        );
        self.passed += passed;
        self.failed += failed;
        self.skipped += skipped;
        passed + failed + skipped
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_all_binaries_are_summed() {
        let mut totals = Totals::default();
        totals.cargo_line(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s",
        );
        totals.cargo_line(
            "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0s",
        );
        totals.cargo_line("test model::passed ... ok");
        let stats = serde_json::json!({"stats": {"expected": 5, "unexpected": 1, "flaky": 0, "skipped": 2}});
        assert_eq!(totals.playwright(&stats), 8);
        assert_eq!(totals.to_string(), "19 passed, 2 failed, 3 skipped");
        assert!(!totals.green());
    }

    #[test]
    fn no_test_at_all_is_not_green() {
        let mut totals = Totals::default();
        assert!(!totals.green());
        totals.cargo_line(
            "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0s",
        );
        assert!(totals.green());
        totals.broken("rustfmt found something");
        assert!(!totals.green());
        assert_eq!(totals.to_string(), "1 passed, 1 failed, 0 skipped");
    }
}
