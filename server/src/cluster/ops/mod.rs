//! Everyday operations: one patch each, of the object as the person saw it (`app::model::ops`).
mod information;
mod plan;
mod revisions;

use super::{Act, Kube, edit::path};
use crate::error::Error;
use app::{
    api::ApiError,
    model::{
        delete::{Kind, Propagation, Target},
        edit::Subject,
        ops::{Change, Decision, Ended, Now, Op, Picked, Shown, Verb, change, holds, still},
    },
};
use serde_json::{Value, json};

/// How often a write begins anew because the controller wrote the status meanwhile.
const TRIES: usize = 8;
const PATCH: &str = "application/merge-patch+json";

/// The time as kubectl writes it into the template.
fn time() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Another one was faster, or has only the right to scale.
fn code(error: &Error) -> u16 {
    match error {
        Error::Refused(status) => status.code,
        _ => 0,
    }
}

fn busy(name: &str) -> ApiError {
    ApiError::Conflict(format!("{name} changes all the time; try again"))
}

impl Kube {
    /// Sends a merge patch of the set, or asks whether the cluster would take it (`dry_run`).
    async fn patch_set(
        &self,
        verb: &str,
        shown: &Shown,
        patch: &Value,
        dry_run: bool,
    ) -> Result<Value, Error> {
        let dry = if dry_run { "&dryRun=All" } else { "" };
        let path = path(Subject::StatefulSet, &shown.namespace, &shown.name)?;
        let request = http::Request::patch(format!("{path}?fieldManager=ordinal{dry}"))
            .header(http::header::CONTENT_TYPE, PATCH)
            .body(patch.to_string().into_bytes())
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        self.mutate(act(verb, shown, dry_run), request).await
    }

    /// Does it, to the set that was shown and to no other state of it.
    ///
    /// # Errors
    /// Conflict where it was changed or made anew meanwhile; else what the cluster says.
    pub async fn operate(&self, shown: &Shown, op: &Op) -> Result<Ended, ApiError> {
        let time = time();
        for _ in 0..TRIES {
            let object = self.raw_set(&shown.namespace, &shown.name).await?;
            let now = Now::of(&object);
            let patch = match op.decide(shown, &now, &time) {
                // A second restart within a second is the first one.
                Decision::Send(patch) if holds(&object, &patch) => return Ok(Ended::default()),
                Decision::Send(patch) => patch,
                Decision::Nothing => return Ok(Ended::default()),
                Decision::Refuse(error) => return Err(error),
            };
            match self.patch_set(op.verb(), shown, &patch, false).await {
                Ok(_) => {}
                Err(error) if code(&error) == 409 => continue,
                Err(error) if code(&error) == 403 && op.replicas().is_some() => {
                    return self.only_scale(shown, op, error).await;
                }
                Err(Error::NotKnown(words)) => self.was_done(shown, &patch, words).await?,
                Err(error) => return Err(error.into()),
            }
            return Ok(Ended {
                changed: true,
                unremembered: false,
            });
        }
        Err(busy(&shown.name))
    }

    /// Does it to one of several sets: the object is meant, in whatever state it is.
    ///
    /// # Errors
    /// Conflict where it was made anew; invalid where there is no number to start with, or a restart would start nothing.
    pub async fn operate_each(&self, verb: Verb, picked: &Picked) -> Result<Ended, ApiError> {
        let Picked {
            namespace, name, uid, ..
        } = picked;
        let shown = Shown {
            namespace: namespace.clone(),
            name: name.clone(),
            uid: uid.clone(),
            generation: None,
        };
        let op = match verb {
            Verb::Stop => Op::Stop {
                deleting: String::new(),
            },
            Verb::Restart => {
                let set = self.raw_set(namespace, name).await?;
                if set.pointer("/spec/updateStrategy/type").and_then(Value::as_str) == Some("OnDelete") {
                    let words = format!(
                        "{name}: under OnDelete a restart replaces no pod; restart its pods one by one"
                    );
                    return Err(ApiError::invalid(words));
                }
                if Now::of(&set).replicas == 0 {
                    return Ok(Ended::default());
                }
                Op::Restart
            }
            Verb::Start => {
                let now = Now::of(&self.raw_set(namespace, name).await?);
                if now.replicas > 0 {
                    return Ok(Ended::default());
                }
                let replicas = now.remembered.ok_or_else(|| {
                    ApiError::invalid(format!("{name}: how many replicas it had is not noted; scale it"))
                })?;
                Op::Start { replicas }
            }
            Verb::Delete => {
                let target = Target {
                    kind: Kind::StatefulSet,
                    namespace: namespace.clone(),
                    name: name.clone(),
                    uid: uid.clone(),
                };
                return match self
                    .delete_one(&target, Propagation::default(), false)
                    .await
                    .map_err(ApiError::from)
                {
                    Ok(()) => Ok(Ended {
                        changed: true,
                        ..Ended::default()
                    }),
                    Err(ApiError::NotFound(_)) => Ok(Ended::default()),
                    Err(error) => Err(error),
                };
            }
        };
        self.operate(&shown, &op).await
    }

    /// Who may not change the set may still scale it: then nothing is remembered.
    async fn only_scale(&self, shown: &Shown, op: &Op, refused: Error) -> Result<Ended, ApiError> {
        let Some(replicas) = op.replicas() else {
            return Err(refused.into());
        };
        match self.scale_shown(shown, None, replicas, false).await {
            Ok(_) => Ok(Ended {
                changed: true,
                unremembered: true,
            }),
            // The set itself was refused first, and that is what was asked for.
            Err(ApiError::Forbidden { .. }) => Err(refused.into()),
            Err(error) => Err(error),
        }
    }

    /// Writes the `scale` subresource, of the set that was shown: while it asks for as many replicas as it did then.
    ///
    /// # Errors
    /// Conflict where it does not, or was made anew; else what the cluster says.
    pub async fn scale_shown(
        &self,
        shown: &Shown,
        from: Option<i32>,
        to: i32,
        dry_run: bool,
    ) -> Result<i32, ApiError> {
        let path = format!(
            "{}/scale",
            path(Subject::StatefulSet, &shown.namespace, &shown.name)?
        );
        let dry = if dry_run { "&dryRun=All" } else { "" };
        for _ in 0..TRIES {
            let scale = self.get_json(&path).await?;
            let now = Now::of(&scale);
            still(&shown.whatever_spec(), &now)?;
            // A Scale leaves 0 out.
            let asked = |scale: &Value| {
                scale
                    .pointer("/spec/replicas")
                    .and_then(Value::as_i64)
                    .unwrap_or(0)
            };
            let asked_now = asked(&scale);
            if asked_now == i64::from(to) && !dry_run {
                return Ok(to);
            }
            if let Some(from) = from.filter(|from| i64::from(*from) != asked_now) {
                let name = &shown.name;
                return Err(ApiError::Conflict(format!(
                    "{name} asks for {asked_now} replicas now, not {from} as you saw: nothing was sent"
                )));
            }
            let metadata = json!({"uid": now.uid, "resourceVersion": now.version});
            let patch = json!({"metadata": metadata, "spec": {"replicas": to}});
            let request = http::Request::patch(format!("{path}?fieldManager=ordinal{dry}"))
                .header(http::header::CONTENT_TYPE, PATCH)
                .body(patch.to_string().into_bytes())
                .map_err(|e| Error::Unbuildable(e.to_string()))?;
            match self.mutate::<Value>(act("scale", shown, dry_run), request).await {
                Ok(scale) => return Ok(i32::try_from(asked(&scale)).unwrap_or(to)),
                Err(error) if code(&error) == 409 => {}
                // Read again: what it asks for now tells whether it was heard.
                Err(Error::NotKnown(words)) => {
                    return match self.get_json(&path).await {
                        Ok(scale) if Now::of(&scale).uid == shown.uid && asked(&scale) == i64::from(to) => {
                            Ok(to)
                        }
                        _ => Err(Error::NotKnown(words).into()),
                    };
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(busy(&shown.name))
    }

    /// Another image, other requests and limits: each only in the place of the value that was shown.
    ///
    /// # Errors
    /// Conflict, with the fields that are no longer what was shown; else what the cluster says.
    pub async fn change_containers(&self, shown: &Shown, changes: &[Change]) -> Result<(), ApiError> {
        for _ in 0..TRIES {
            let live = self.raw_set(&shown.namespace, &shown.name).await?;
            still(&shown.whatever_spec(), &Now::of(&live))?;
            let mut wanted = live.clone();
            change(&mut wanted, changes)?;
            if wanted == live {
                return Ok(());
            }
            match self.put_set("update", shown, &wanted, false).await {
                Ok(_) => return Ok(()),
                Err(error) if code(&error) == 409 => {}
                Err(Error::NotKnown(words)) => {
                    let template = json!({"spec": {"template": wanted["spec"]["template"]}});
                    return self.was_done(shown, &template, words).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(busy(&shown.name))
    }

    /// Puts a whole object in the place of the one that has its `resourceVersion`.
    async fn put_set(
        &self,
        verb: &str,
        shown: &Shown,
        object: &Value,
        dry_run: bool,
    ) -> Result<Value, Error> {
        let dry = if dry_run { "&dryRun=All" } else { "" };
        let path = path(Subject::StatefulSet, &shown.namespace, &shown.name)?;
        let request = http::Request::put(format!("{path}?fieldValidation=Strict&fieldManager=ordinal{dry}"))
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(object.to_string().into_bytes())
            .map_err(|e| Error::Unbuildable(e.to_string()))?;
        self.mutate(act(verb, shown, dry_run), request).await
    }

    /// A write without an answer: what the object is now tells.
    async fn was_done(&self, shown: &Shown, patch: &Value, words: String) -> Result<(), ApiError> {
        match self.raw_set(&shown.namespace, &shown.name).await {
            Ok(object) if holds(&object, patch) => Ok(()),
            _ => Err(Error::NotKnown(words).into()),
        }
    }
}

fn act<'a>(verb: &'a str, shown: &'a Shown, dry_run: bool) -> Act<'a> {
    Act {
        verb,
        kind: "StatefulSet",
        namespace: &shown.namespace,
        name: &shown.name,
        uid: &shown.uid,
        dry_run,
    }
}
