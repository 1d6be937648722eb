//! The verdict on a pod, in words: what it is, why, and what Kubernetes will and will not do.
use super::exit::last;
use crate::{
    model::pod::{Container, Endpoint, Exit, PodView, SetAround, Tone, Trouble, Verdict, exit},
    texts::Texts,
};

/// What the call-out says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub title: String,
    /// A sentence of ours.
    pub cause: String,
    /// The cluster's own words.
    pub words: String,
    /// Each begins with one of the words that all call-outs share.
    pub rows: Vec<(&'static str, String)>,
}

struct Teller<'a> {
    t: Texts,
    view: &'a PodView,
    pod: &'a str,
}

/// The words of a verdict.
pub fn said(t: Texts, view: &PodView, verdict: &Verdict) -> Said {
    let pod = view.pod.facts.name.as_str();
    let teller = Teller { t, view, pod };
    let mut said = teller.trouble(&verdict.trouble);
    if verdict.tone == Tone::Bad {
        said.rows
            .extend(teller.ordered().map(|words| (t.pod_will_not(), words)));
    }
    if verdict.tone != Tone::Well {
        said.rows
            .extend(teller.services().map(|words| (t.pod_meanwhile(), words)));
    }
    said
}

impl Teller<'_> {
    fn trouble(&self, trouble: &Trouble) -> Said {
        let (t, pod) = (self.t, self.pod);
        match trouble {
            Trouble::Nothing => told(t.pod_well(pod)),
            Trouble::Starting { container } if container.is_empty() => told(t.pod_t_starting(pod)),
            Trouble::Starting { container } => told(t.pod_t_starting_container(pod, container)),
            Trouble::Stopping => self.will(t.pod_t_stopping(pod), t.pod_t_stopping_will(self.view.pod.grace)),
            Trouble::Overdue { .. } | Trouble::NodeLost { .. } | Trouble::Failed { .. } | Trouble::Ended => {
                self.held(trouble)
            }
            Trouble::Gated { gates } => Said {
                cause: t.pod_t_gated_cause(gates.join(", ")),
                ..told(t.pod_t_gated(pod))
            },
            Trouble::Unschedulable { words } => Said {
                words: words.clone(),
                ..self.will(t.pod_t_unschedulable(pod), t.pod_t_unschedulable_will())
            },
            Trouble::Setup { reason, words } => Said {
                words: words.clone(),
                ..self.will(t.pod_t_setup(pod, reason), t.pod_t_setup_will())
            },
            Trouble::Gate { missing } => told(t.pod_t_gate(pod, missing.join(", "))),
            Trouble::Image { .. }
            | Trouble::Config { .. }
            | Trouble::Crash { .. }
            | Trouble::NotReady { .. } => self.container(trouble),
        }
    }

    fn held(&self, trouble: &Trouble) -> Said {
        let (t, pod) = (self.t, self.pod);
        match trouble {
            Trouble::Overdue { finalizers } if finalizers.is_empty() => Said {
                cause: t.pod_t_overdue_node().to_owned(),
                ..told(t.pod_t_overdue(pod))
            },
            Trouble::Overdue { finalizers } => Said {
                cause: t.pod_t_overdue_finalizers(finalizers.join(", ")),
                ..told(t.pod_t_overdue(pod))
            },
            Trouble::NodeLost { node } => {
                let mut said = self.will(t.pod_t_lost(pod, node), t.pod_t_lost_will(pod));
                said.rows.push((t.pod_helps(), t.pod_t_lost_helps().to_owned()));
                said
            }
            Trouble::Failed { reason, words } => {
                let said = told(t.pod_t_failed(pod, reason));
                let rows = self
                    .set()
                    .map(|_| (t.pod_will(), t.pod_t_failed_will().to_owned()));
                Said {
                    words: words.clone(),
                    rows: rows.into_iter().collect(),
                    ..said
                }
            }
            _ => told(t.pod_t_ended(pod)),
        }
    }

    fn container(&self, trouble: &Trouble) -> Said {
        let (t, pod) = (self.t, self.pod);
        match trouble {
            Trouble::Image {
                container,
                image,
                words,
                ..
            } => {
                let mut said = self.will(t.pod_t_image(container, image), t.pod_t_image_will());
                said.rows.push((t.pod_helps(), t.pod_t_image_helps().to_owned()));
                said.words.clone_from(words);
                said
            }
            Trouble::Config {
                container,
                reason,
                words,
            } => Said {
                words: words.clone(),
                ..self.will(t.pod_t_config(container, reason), t.pod_t_config_will())
            },
            Trouble::Crash { container, run } => {
                let title = match exit(run) {
                    Exit::OutOfMemory => t.pod_t_crash_memory(container, pod),
                    _ => t.pod_t_crash(container, pod),
                };
                let found = self.find(container);
                Said {
                    cause: found.map(|c| last(t, run, c)).unwrap_or_default(),
                    words: run.message.clone(),
                    ..self.will(title, t.pod_t_crash_will())
                }
            }
            Trouble::NotReady {
                container,
                probe,
                words,
            } => self.not_ready(container, probe, words),
            _ => Said::default(),
        }
    }

    fn not_ready(&self, container: &str, probe: &str, words: &str) -> Said {
        let t = self.t;
        let title = if probe == "startup" {
            t.pod_t_not_ready_startup(container)
        } else {
            t.pod_t_not_ready(container)
        };
        let cause = match (probe, words) {
            ("", _) => t.pod_t_not_ready_none(),
            (_, "") => t.pod_t_not_ready_asked(),
            _ => "",
        };
        let asked = self
            .find(container)
            .and_then(|c| c.probes.iter().find(|p| p.kind == probe));
        let rows = asked.map(|p| (t.pod_will(), t.pod_t_not_ready_will(p.every)));
        Said {
            title,
            cause: cause.to_owned(),
            words: words.to_owned(),
            rows: rows.into_iter().collect(),
        }
    }

    fn will(&self, title: String, will: impl Into<String>) -> Said {
        Said {
            rows: vec![(self.t.pod_will(), will.into())],
            ..told(title)
        }
    }

    fn find(&self, container: &str) -> Option<&Container> {
        self.view.pod.containers.iter().find(|c| c.name == container)
    }

    fn set(&self) -> Option<&SetAround> {
        self.view.set.as_ref().ok().and_then(Option::as_ref)
    }

    /// A set that goes in order waits for this very pod, whatever its template becomes.
    fn ordered(&self) -> Option<String> {
        let set = self.set().filter(|set| !set.parallel && !set.deleting)?;
        Some(self.t.pod_ordered_not(&set.name, self.pod))
    }

    /// What the Services do about it.
    fn services(&self) -> Option<String> {
        let services = self.view.services.as_ref().ok()?;
        let of = |ready: bool| {
            let kind = if ready {
                Endpoint::Ready
            } else {
                Endpoint::NotReady
            };
            let names = services
                .iter()
                .filter(|s| s.endpoint == kind)
                .map(|s| s.name.as_str());
            names.collect::<Vec<_>>().join(", ")
        };
        let told = [
            Some(of(false))
                .filter(|n| !n.is_empty())
                .map(|n| self.t.pod_services_out(n)),
            Some(of(true))
                .filter(|n| !n.is_empty())
                .map(|n| self.t.pod_services_in(n)),
        ];
        let told: Vec<String> = told.into_iter().flatten().collect();
        (!told.is_empty()).then(|| told.join("; "))
    }
}

fn told(title: String) -> Said {
    Said {
        title,
        ..Said::default()
    }
}
