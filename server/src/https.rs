//! What other servers than the API server are asked by: an issuer, a Prometheus. Nobody is followed to another place.
use crate::cluster::authorities;
use anyhow::Context;
use axum::body::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use std::{io, path::Path, time::Duration};
use tokio::time::timeout;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, pki_types::CertificateDer};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client for HTTP/1.1.
#[derive(Debug)]
pub struct Https {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    /// What is asked, for the words of errors.
    whom: &'static str,
}

impl Https {
    /// A client for `whom`, who is believed by the authorities of this file, or else by those of the machine. Without
    /// `plain` only https is spoken.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn new(whom: &'static str, ca: Option<&Path>, plain: bool) -> anyhow::Result<Self> {
        let builder = HttpsConnectorBuilder::new();
        let builder = match ca {
            Some(file) => {
                let told = || file.display().to_string();
                let mut roots = RootCertStore::empty();
                for certificate in authorities(file).with_context(told)? {
                    roots.add(CertificateDer::from(certificate)).with_context(told)?;
                }
                let config = ClientConfig::builder().with_root_certificates(roots);
                builder.with_tls_config(config.with_no_client_auth())
            }
            // An image has none of its own: then those that browsers trust.
            None => match HttpsConnectorBuilder::new().with_native_roots() {
                Ok(builder) => builder,
                Err(_) => builder.with_webpki_roots(),
            },
        };
        let builder = if plain {
            builder.https_or_http()
        } else {
            builder.https_only()
        };
        let client = Client::builder(TokioExecutor::new()).build(builder.enable_http1().build());
        Ok(Self { client, whom })
    }

    /// Asks, and reads an answer of at most so many bytes.
    ///
    /// # Errors
    /// There is no answer, or it is longer.
    pub async fn ask(&self, request: Request<Vec<u8>>, longest: usize) -> io::Result<Response<Vec<u8>>> {
        let request = request.map(|body| Full::new(Bytes::from(body)));
        let asking = async {
            let answer = self.client.request(request).await;
            let (parts, body) = answer.map_err(|e| io::Error::other(chain(&e)))?.into_parts();
            let body = Limited::new(body, longest)
                .collect()
                .await
                .map_err(io::Error::other)?;
            Ok(Response::from_parts(parts, body.to_bytes().to_vec()))
        };
        let late = |_| Err(io::Error::other(format!("{} does not answer", self.whom)));
        timeout(PATIENCE, asking).await.unwrap_or_else(late)
    }
}

/// An error with its causes: the library's own words tell only the step.
pub fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |e| e.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
