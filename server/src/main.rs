//! `ordinal`: reads its configuration, listens, prints one URL, and stops gracefully.
use anyhow::{Context, anyhow};
use app::paths;
use clap::Parser;
use server::{
    access::{Access, Identity},
    cluster::Upstream,
    config::{Auth, Command, Config, arguments, checked},
    guard::Guard,
    router,
    signin::{Keys, Oidc, SignIn},
    site, telemetry,
    terminal::Terminals,
    tls::Tls,
};
use std::{io::Write as _, net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() -> ExitCode {
    let config = match arguments() {
        Ok(given) => Config::parse_from(given),
        Err(error) => return failed(&error),
    };
    if let Some(Command::Config { .. }) = config.command {
        return match checked(&config).await {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        };
    }
    telemetry::start_logs(config.log_format);
    match run(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&format!("{error:#}")),
    }
}

fn failed(why: &str) -> ExitCode {
    eprintln!("ordinal: {why}");
    ExitCode::FAILURE
}

async fn run(config: Config) -> anyhow::Result<()> {
    let public = config.check().map_err(|said| anyhow!(said))?;
    let site = site::open(config.site_root.as_deref())?;
    let upstream = Arc::new(Upstream::connect(&config).await?);
    let metrics = telemetry::start_metrics().context("metrics")?;
    let listener = listen(config.address.listen, "--listen").await?;
    let address = listener.local_addr()?;
    let closing = CancellationToken::new();
    let terminals = Terminals::of(&config);
    let certificate = config.address.certificate();
    let tls = public.as_ref().map_or(certificate.is_some(), |p| p.tls);
    let guard = Guard::new(address).reached(public, tls);
    // A kubeconfig is one identity: that of its context.
    let own = (config.people.auth == Auth::Kubeconfig).then(|| {
        let context = config.cluster.context.as_deref();
        Access::new(Identity::named(context.unwrap_or_default()), upstream.plain())
    });
    let guard = match &own {
        Some(own) => guard.keeping(kept_session(), own),
        None => {
            let keys = Keys::read(&config.people.session_key)?;
            let back = format!("{}{}", guard.url(), paths::SIGNED_IN);
            let oidc = (config.people.auth == Auth::Oidc)
                .then(|| Oidc::of(&config.people, back))
                .transpose()?;
            let sign_in = SignIn::new(keys, Arc::clone(&upstream), oidc, tls, address.port());
            guard.signing_in(&Arc::new(sign_in))
        }
    };
    let guard = Arc::new(guard);
    let state = router::AppState {
        upstream,
        guard: Arc::clone(&guard),
        site: Arc::new(site),
        metrics: metrics.clone(),
        closing: closing.clone(),
        terminals: terminals.clone(),
    };
    let routes = router::routes(state);
    if let Some(address) = config.address.metrics_listen {
        let listener = listen(address, "--metrics-listen").await?;
        tokio::spawn(axum::serve(listener, router::metrics_alone(metrics)).into_future());
    }
    match &own {
        Some(own) => {
            guard.announce(own);
            tokio::spawn(Arc::clone(&own.hub).warm_up());
        }
        None => drop(writeln!(std::io::stdout(), "Ordinal is ready: {}", guard.url())),
    }
    let stop = closing.clone();
    let stopping = async move {
        asked_to_stop().await;
        tracing::info!("stopping");
        // Open sockets would keep the server alive for ever.
        stop.cancel();
    };
    let served = async {
        match certificate {
            Some(certificate) => {
                let tls = Tls::over(listener, certificate)?;
                axum::serve(tls, routes).with_graceful_shutdown(stopping).await
            }
            None => {
                axum::serve(listener, routes)
                    .with_graceful_shutdown(stopping)
                    .await
            }
        }
        .context("serving")
    };
    let result = tokio::select! {
        result = served => result,
        () = async { closing.cancelled().await; tokio::time::sleep(Duration::from_secs(5)).await } => Ok(()),
    };
    terminals.ended().await;
    result
}

async fn listen(address: SocketAddr, flag: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("{flag} {address}: the address is taken or not yours; port 0 takes a free one")
    })
}

/// The session of the edit loop. Never in a release build.
fn kept_session() -> Option<String> {
    std::env::var("ORDINAL_DEV_SESSION")
        .ok()
        .filter(|_| cfg!(debug_assertions))
}

/// Ctrl-C, or SIGTERM as an orchestrator sends it.
async fn asked_to_stop() {
    let interrupt = async { tokio::signal::ctrl_c().await.ok() };
    let mut signal = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be watched");
            interrupt.await;
            return;
        }
    };
    tokio::select! { _ = interrupt => {}, _ = signal.recv() => {} }
}
