//! Serves TLS by a certificate that is read again when it was renewed.
use anyhow::Context;
use axum::serve::Listener;
use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::{interval, timeout},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
    server::TlsStream,
};

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(60);
/// How long a browser may take to agree on a key.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections that wait to be served.
const WAITING: usize = 64;

/// A certificate with its key.
#[derive(Clone)]
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
}

impl Certificate {
    /// Of these files.
    pub fn new(chain: PathBuf, key: PathBuf) -> Self {
        Self { chain, key }
    }

    /// Reads both.
    ///
    /// # Errors
    /// One cannot be read, or they do not belong together.
    pub fn read(&self) -> anyhow::Result<TlsAcceptor> {
        let (chain, key) = (self.chain.display(), self.key.display());
        let certificates: Vec<_> = CertificateDer::pem_file_iter(&self.chain)
            .and_then(Iterator::collect)
            .with_context(|| format!("--tls-cert {chain}"))?;
        let private = PrivateKeyDer::from_pem_file(&self.key).with_context(|| format!("--tls-key {key}"))?;
        let mut config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(certificates, private)
            .with_context(|| format!("--tls-cert {chain} with --tls-key {key}"))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    fn written(&self) -> [Option<SystemTime>; 2] {
        [&self.chain, &self.key].map(|file| std::fs::metadata(file).and_then(|m| m.modified()).ok())
    }
}

/// Connections on which TLS is agreed.
pub struct Tls {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
}

impl Tls {
    /// Takes the connections of this listener.
    ///
    /// # Errors
    /// The certificate cannot be read, or the listener is closed.
    pub fn over(listener: TcpListener, certificate: Certificate) -> anyhow::Result<Self> {
        let address = listener.local_addr()?;
        let acceptor = Arc::new(Mutex::new(certificate.read()?));
        let (out, ready) = mpsc::channel(WAITING);
        tokio::spawn(renew(certificate, Arc::downgrade(&acceptor)));
        tokio::spawn(accept(listener, acceptor, out));
        Ok(Self { ready, address })
    }
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

/// Agrees on keys with each by itself: a slow one keeps nobody waiting.
async fn accept(
    mut listener: TcpListener,
    acceptor: Arc<Mutex<TlsAcceptor>>,
    out: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    loop {
        let (stream, from) = Listener::accept(&mut listener).await;
        let acceptor = crate::held::held(&acceptor).clone();
        let out = out.clone();
        if out.is_closed() {
            return;
        }
        tokio::spawn(async move {
            if let Ok(Ok(stream)) = timeout(PATIENCE, acceptor.accept(stream)).await {
                let _ = out.send((stream, from)).await;
            }
        });
    }
}

/// Takes a renewed certificate for the connections to come.
async fn renew(certificate: Certificate, acceptor: std::sync::Weak<Mutex<TlsAcceptor>>) {
    let mut written = certificate.written();
    let mut looking = interval(LOOK);
    loop {
        looking.tick().await;
        let Some(acceptor) = acceptor.upgrade() else {
            return;
        };
        let now = certificate.written();
        if now == written {
            continue;
        }
        match certificate.read() {
            Ok(fresh) => {
                *crate::held::held(&acceptor) = fresh;
                written = now;
                tracing::info!("the renewed certificate is served");
            }
            // Halfway renewed: the old one is served on.
            Err(error) => tracing::warn!("the renewed certificate cannot be served: {error:#}"),
        }
    }
}
