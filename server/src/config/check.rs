//! What the console refuses to be started with, and what it says instead.
use super::{Auth, Config};
use url::{Host, Url};

/// Where people open the console, if it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    /// Scheme, host and port, as browsers send them in `Origin`.
    pub origin: String,
    /// Host and port, as browsers send them in `Host`.
    pub host: String,
    /// Whether it is reached by TLS.
    pub tls: bool,
}

impl Config {
    /// Refuses what would open somebody's cluster to others, and what contradicts itself; the address that people open, where
    /// it is told.
    ///
    /// # Errors
    /// A sentence that says what to write instead.
    pub fn check(&self) -> Result<Option<Public>, String> {
        let (listen, auth) = (self.address.listen, self.people.auth);
        let public = self.public()?;
        if auth == Auth::Kubeconfig {
            if !listen.ip().is_loopback() {
                return Err(format!(
                    "--listen {listen}: refused, because everybody who reaches this address would have the rights of your \
                     kubeconfig. Write --auth token or --auth oidc with --public-url, so that each signs in; or --listen \
                     127.0.0.1:{} and reach it from elsewhere through `ssh -L`.",
                    listen.port()
                ));
            }
            for (told, flag) in [
                (public.is_some(), "--public-url"),
                (self.cluster.in_cluster, "--in-cluster"),
                (self.cluster.api_server.is_some(), "--api-server"),
                (self.address.tls_cert.is_some(), "--tls-cert"),
            ] {
                if told {
                    return Err(format!(
                        "{flag}: nobody signs in with --auth kubeconfig; write --auth token or --auth oidc beside it."
                    ));
                }
            }
            return Ok(None);
        }
        if listen.ip().is_loopback() && public.is_none() {
            return Ok(None);
        }
        let Some(public) = public else {
            return Err(format!(
                "--listen {listen}: write --public-url too, the address that people open: requests that name another are \
                 refused."
            ));
        };
        if self.address.tls_cert.is_some() && !public.tls {
            return Err("--public-url: with --tls-cert it begins with https://.".to_owned());
        }
        Ok(Some(public))
    }

    /// The address that people open.
    ///
    /// # Errors
    /// It is none, has a path, or would send what one signs in with in the clear.
    fn public(&self) -> Result<Option<Public>, String> {
        let Some(text) = &self.address.public_url else {
            return Ok(None);
        };
        let url = Url::parse(text).map_err(|e| format!("--public-url {text}: {e}"))?;
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            None => return Err(format!("--public-url {text}: it names no host")),
        };
        if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
            return Err(format!(
                "--public-url {text}: it must begin with https://, so that nobody on the way reads what people sign in with; \
                 TLS is served by --tls-cert or by the proxy in front."
            ));
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(format!(
                "--public-url {text}: no path can stand behind the host; give the console a host of its own."
            ));
        }
        let origin = url.origin().ascii_serialization();
        let host = origin.split_once("://").map_or("", |(_, host)| host);
        Ok(Some(Public {
            host: host.to_owned(),
            tls: url.scheme() == "https",
            origin,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    fn parsed(arguments: &[&str]) -> Config {
        Config::parse_from([&["ordinal"], arguments].concat())
    }

    fn refused(arguments: &[&str], with: &str) {
        let said = parsed(arguments).check().expect_err("must be refused");
        assert!(said.contains(with), "{said}");
    }

    #[test]
    fn without_a_way_to_sign_in_only_loopback_is_listened_on() {
        assert!(parsed(&[]).check().is_ok());
        assert!(parsed(&["--listen", "[::1]:80"]).check().is_ok());
        for open in ["0.0.0.0:8080", "192.168.1.2:80", "[::]:80"] {
            refused(&["--listen", open], "--listen 127.0.0.1:");
        }
        for flag in [
            "--public-url=https://a.b",
            "--api-server=https://a.b",
            "--in-cluster",
        ] {
            refused(&[flag], "--auth token");
        }
    }

    #[test]
    fn off_loopback_the_public_address_is_wanted_and_has_tls() {
        let open = ["--auth", "token", "--listen", "0.0.0.0:8080", "--public-url"];
        let with = |url| [&open[..], &[url]].concat();
        assert!(parsed(&["--auth", "token"]).check().is_ok());
        refused(&open[..4], "--public-url");
        assert!(parsed(&with("https://ordinal.example.org")).check().is_ok());
        assert!(parsed(&with("http://localhost:8080")).check().is_ok());
        refused(&with("http://ordinal.example.org"), "https://");
        refused(&with("https://example.org/ordinal"), "a host of its own");
        refused(&with("ordinal.example.org"), "--public-url");
    }

    #[test]
    fn a_public_address_is_what_browsers_send() {
        let public = |url| {
            let config = parsed(&["--auth", "token", "--public-url", url]);
            config.public().expect("an address").expect("is told")
        };
        assert_eq!(
            public("https://Ordinal.example.org:443/").host,
            "ordinal.example.org"
        );
        assert_eq!(
            public("https://ordinal.example.org:8443").origin,
            "https://ordinal.example.org:8443"
        );
        assert_eq!(public("http://[::1]:80").host, "[::1]");
    }

    #[test]
    fn an_issuer_is_named_whole() {
        let parse = |arguments: &[&str]| Config::try_parse_from([&["ordinal"], arguments].concat());
        assert!(parse(&["--auth", "oidc"]).is_err());
        assert!(
            parse(&[
                "--auth",
                "oidc",
                "--oidc-issuer",
                "https://i",
                "--oidc-client-id",
                "o"
            ])
            .is_ok()
        );
        assert!(parse(&["--in-cluster", "--api-server", "https://a"]).is_err());
        assert!(parse(&["--tls-cert", "a.pem"]).is_err());
    }
}
