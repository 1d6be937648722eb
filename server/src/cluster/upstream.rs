//! The way to the API server: one pool of connections for everybody, into which each puts a credential of their own.
use super::{Kube, Names, within};
use crate::{
    config::{Auth, Cluster, Config},
    error::Error,
    held::held,
    prometheus::Prometheus,
};
use anyhow::{Context, bail};
use http::{HeaderValue, Request, header::AUTHORIZATION};
use kube::{
    Client,
    client::Body,
    config::{AuthInfo, KubeConfigOptions, Kubeconfig},
};
use std::{
    env,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, pem::PemObject};

/// Where a cluster puts the certificate authority of its API server into every pod that has a token.
const POD_CA: &str = "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt";

/// A bearer token; it can be replaced by a newer one of the same person. It is never written to a log.
#[derive(Clone, Default)]
pub struct Credential(Arc<Mutex<Arc<str>>>);

impl Credential {
    /// This token.
    pub fn new(token: &str) -> Self {
        Self(Arc::new(Mutex::new(token.into())))
    }

    /// A newer token of the same person: what is asked from now on carries it.
    pub fn renew(&self, token: &str) {
        *held(&self.0) = token.into();
    }

    /// The present token.
    pub fn token(&self) -> Arc<str> {
        Arc::clone(&held(&self.0))
    }
}

/// The API server, with nobody's rights, or with those of a kubeconfig.
pub struct Upstream {
    reader: Client,
    writer: Client,
    names: Names,
    deadline: Duration,
    read_only: bool,
    prometheus: Option<Arc<Prometheus>>,
}

impl Upstream {
    /// Reads where the API server is; it need not answer yet. The rights of a kubeconfig come along only with
    /// `--auth kubeconfig`.
    ///
    /// # Errors
    /// There is no kubeconfig, the context is not in it, or a certificate authority cannot be read.
    pub async fn connect(config: &Config) -> anyhow::Result<Self> {
        let told = &config.cluster;
        let (mut client, names) = match address(told)? {
            Some(url) => (addressed(&url, told)?, Names::called(&told.cluster_name)),
            None => of_kubeconfig(told).await?,
        };
        if config.people.auth != Auth::Kubeconfig {
            client.auth_info = AuthInfo::default();
        }
        client.connect_timeout = Some(Duration::from_secs(told.cluster_timeout.min(5)));
        let mut once = client.clone();
        once.default_retry = false;
        Ok(Self {
            reader: Client::try_from(client).context("the API server")?,
            writer: Client::try_from(once).context("the API server")?,
            names,
            deadline: Duration::from_secs(told.cluster_timeout),
            read_only: config.read_only,
            prometheus: config.measurements.prometheus()?.map(Arc::new),
        })
    }

    /// For tests: a scripted API server behind `client`.
    pub fn scripted(client: Client) -> Self {
        Self {
            reader: client.clone(),
            writer: client,
            names: Names::called("scripted"),
            deadline: Duration::from_secs(2),
            read_only: false,
            prometheus: None,
        }
    }

    /// What the cluster is called.
    pub fn cluster(&self) -> &str {
        &self.names.cluster
    }

    /// A connection without a credential of its own: that of the kubeconfig, or nobody's.
    pub fn plain(&self) -> Kube {
        self.made(self.reader.clone(), self.writer.clone())
    }

    /// Whether the API server answers at all; whom it would let in is another question.
    ///
    /// # Errors
    /// It does not.
    pub async fn is_answering(&self) -> Result<(), Error> {
        match within(self.deadline, self.reader.apiserver_version()).await {
            Ok(_) | Err(Error::Refused(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// A connection in which every request carries this credential, and no other.
    pub fn bearing(&self, credential: &Credential) -> Kube {
        let namespace = &self.names.namespace;
        Kube {
            credential: Some(credential.clone()),
            ..self.made(
                bearing(&self.reader, credential, namespace),
                bearing(&self.writer, credential, namespace),
            )
        }
    }

    fn made(&self, reader: Client, writer: Client) -> Kube {
        let made = Kube::with_clients(reader, writer, self.names.clone(), self.deadline);
        made.reading_only(self.read_only)
            .measured_by(self.prometheus.clone())
    }
}

impl Names {
    fn called(cluster: &str) -> Self {
        Self {
            cluster: cluster.to_owned(),
            user: String::new(),
            namespace: "default".to_owned(),
        }
    }
}

/// Puts the credential into every request, in the place of whatever is there.
fn bearing(base: &Client, credential: &Credential, namespace: &str) -> Client {
    let (base, credential) = (base.clone(), credential.clone());
    let service = tower::service_fn(move |mut request: Request<Body>| {
        let value = HeaderValue::from_str(&format!("Bearer {}", credential.token()));
        let base = base.clone();
        async move {
            // Without it the request would be nobody's.
            let mut value = value.map_err(Box::new)?;
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
            base.send(request)
                .await
                .map_err(Box::<dyn std::error::Error + Send + Sync>::from)
        }
    });
    Client::new(service, namespace)
}

/// The address that is told without a kubeconfig.
fn address(told: &Cluster) -> anyhow::Result<Option<String>> {
    if !told.in_cluster {
        return Ok(told.api_server.clone());
    }
    let of = |name| env::var(name).ok().filter(|v| !v.is_empty());
    let (Some(host), Some(port)) = (of("KUBERNETES_SERVICE_HOST"), of("KUBERNETES_SERVICE_PORT")) else {
        bail!(
            "--in-cluster: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set; this is no pod of a cluster"
        );
    };
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host
    };
    Ok(Some(format!("https://{host}:{port}")))
}

fn addressed(url: &str, told: &Cluster) -> anyhow::Result<kube::Config> {
    let uri = url.parse().with_context(|| format!("--api-server {url}"))?;
    let mut config = kube::Config::new(uri);
    let pod = PathBuf::from(POD_CA);
    let file = told
        .cluster_ca
        .clone()
        .or_else(|| Some(pod).filter(|p| told.in_cluster && p.exists()));
    if let Some(file) = file {
        config.root_cert =
            Some(authorities(&file).with_context(|| format!("--cluster-ca {}", file.display()))?);
    }
    Ok(config)
}

/// The certificates of a PEM file, in DER.
///
/// # Errors
/// It cannot be read, or has none.
pub fn authorities(file: &Path) -> anyhow::Result<Vec<Vec<u8>>> {
    let all: Vec<_> = CertificateDer::pem_file_iter(file)?.collect::<Result<_, _>>()?;
    if all.is_empty() {
        bail!("there is no certificate in it");
    }
    Ok(all.iter().map(|c| c.to_vec()).collect())
}

async fn of_kubeconfig(told: &Cluster) -> anyhow::Result<(kube::Config, Names)> {
    let kubeconfig = match &told.kubeconfig {
        Some(file) => {
            Kubeconfig::read_from(file).with_context(|| format!("--kubeconfig {}", file.display()))?
        }
        None => Kubeconfig::read().context("no kubeconfig: write --kubeconfig FILE or set KUBECONFIG")?,
    };
    let context = told.context.as_ref().or(kubeconfig.current_context.as_ref());
    let found = kubeconfig.contexts.iter().find(|c| Some(&c.name) == context);
    let found = found.and_then(|c| c.context.clone());
    let names = Names {
        cluster: found.as_ref().map(|c| c.cluster.clone()).unwrap_or_default(),
        user: found.as_ref().and_then(|c| c.user.clone()).unwrap_or_default(),
        namespace: found
            .and_then(|c| c.namespace)
            .unwrap_or_else(|| "default".to_owned()),
    };
    let options = KubeConfigOptions {
        context: told.context.clone(),
        ..KubeConfigOptions::default()
    };
    let config = kube::Config::from_custom_kubeconfig(kubeconfig, &options)
        .await
        .context("kubeconfig")?;
    Ok((config, names))
}
