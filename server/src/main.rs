//! `ordinal`: reads its configuration, listens, prints one URL, and stops gracefully.
use anyhow::{Context, anyhow};
use clap::Parser;
use server::{
    access::{Access, Identity},
    cluster::Kube,
    config::Config,
    guard::Guard,
    router, site, telemetry,
    terminal::Terminals,
};
use std::{process::ExitCode, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() -> ExitCode {
    let config = Config::parse();
    telemetry::start_logs(config.log_format);
    match run(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ordinal: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(config: Config) -> anyhow::Result<()> {
    config.check().map_err(|said| anyhow!(said))?;
    let site = site::open(config.site_root.as_deref())?;
    // A kubeconfig is one identity: that of its context.
    let own = Access::new(
        Identity::named(config.context.as_deref().unwrap_or_default()),
        Kube::connect(&config).await?,
    );
    let metrics = telemetry::start_metrics().context("metrics")?;
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "--listen {}: the address is taken or not yours; port 0 takes a free one",
            config.listen
        )
    })?;
    let address = listener.local_addr()?;
    // Never in a release build.
    let session = if cfg!(debug_assertions) {
        std::env::var("ORDINAL_DEV_SESSION").ok()
    } else {
        None
    };
    let guard = Arc::new(Guard::new(address).keeping(session, &own));
    let closing = CancellationToken::new();
    let terminals = Terminals::of(&config);
    let state = router::AppState {
        own: Arc::clone(&own),
        guard: Arc::clone(&guard),
        site: Arc::new(site),
        metrics,
        closing: closing.clone(),
        terminals: terminals.clone(),
    };
    let routes = router::routes(state);
    guard.announce(&own);
    tokio::spawn(Arc::clone(&own.hub).warm_up());

    let stop = closing.clone();
    let served = axum::serve(listener, routes).with_graceful_shutdown(async move {
        asked_to_stop().await;
        tracing::info!("stopping");
        // Open sockets would keep the server alive for ever.
        stop.cancel();
    });
    let result = tokio::select! {
        result = served => result.context("serving"),
        () = async { closing.cancelled().await; tokio::time::sleep(Duration::from_secs(5)).await } => Ok(()),
    };
    terminals.ended().await;
    result
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
