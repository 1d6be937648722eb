//! `ordinal config check`: what the console was told, what it means, and what is wrong with it.
use super::{Auth, Config};
use crate::{
    cluster::Upstream,
    signin::{Keys, Oidc},
};
use std::fmt::Display;

/// Prints what the configuration means and what is wrong with it; whether nothing is.
pub async fn checked(config: &Config) -> bool {
    let mut report = Report { good: true };
    report.all(config).await;
    report.good
}

struct Report {
    good: bool,
}

impl Report {
    fn say(&self, what: impl Display) {
        println!("  ok  {what}");
    }

    fn bad(&mut self, why: impl Display) {
        self.good = false;
        println!("bad   {why}");
    }

    fn look<T>(&mut self, what: impl Display, found: Result<T, impl Display>) -> Option<T> {
        match found {
            Ok(found) => {
                self.say(what);
                Some(found)
            }
            Err(error) => {
                self.bad(error);
                None
            }
        }
    }

    async fn all(&mut self, config: &Config) {
        let (address, people) = (&config.address, &config.people);
        let may = match people.auth {
            Auth::Kubeconfig => "everybody who opens the printed link has the rights of the kubeconfig",
            Auth::Token => "each person pastes a token, and has the rights that the cluster gives it",
            Auth::Oidc => {
                "each person signs in at the issuer, and has the rights that the cluster gives them"
            }
        };
        let Some(public) = self.look(may, config.check()) else {
            return;
        };
        self.say(match public {
            Some(public) => format!(
                "people open {}; requests to another host are refused",
                public.origin
            ),
            None => format!("it is reached from this machine alone, at {}", address.listen),
        });
        if let Some(certificate) = address.certificate() {
            let read = certificate.read().map_err(|e| format!("{e:#}"));
            self.look("TLS is served with the certificate", read);
        }
        if people.auth != Auth::Kubeconfig {
            self.keys(config);
        }
        if people.auth == Auth::Oidc {
            let oidc = Oidc::of(people, "https://ordinal.invalid".to_owned());
            if let Some(oidc) = self.look("the issuer is named", oidc.map_err(|e| format!("{e:#}"))) {
                self.look(
                    "the issuer answers",
                    oidc.answers().await.map_err(|e| format!("{e:#}")),
                );
            }
        }
        let cluster = Upstream::connect(config).await.map_err(|e| format!("{e:#}"));
        let Some(cluster) = self.look("it is known where the API server is", cluster) else {
            return;
        };
        self.look("the API server answers", cluster.is_answering().await);
        if config.read_only {
            self.say("it changes nothing in the cluster");
        }
        if config.no_exec {
            self.say("it has no terminals");
        }
    }

    fn keys(&mut self, config: &Config) {
        let files = &config.people.session_key;
        let means = if files.is_empty() {
            "no --session-key: a restart signs everybody out, and only one replica can run".to_owned()
        } else {
            let more = files.len() - 1;
            format!(
                "sessions are encrypted with {}, and {more} older keys are read",
                files[0].display()
            )
        };
        self.look(means, Keys::read(files).map_err(|e| format!("{e:#}")));
    }
}
