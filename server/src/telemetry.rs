//! Logs and metrics.
use crate::config::LogFormat;
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

/// Starts the logs on standard error. No secret is ever an argument of a log line.
pub fn start_logs(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,kube_client=warn,kube_runtime=off,tower_http=warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start (tests in one process) is no fault.
    let _ = match format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}

/// Installs the recorder behind `/metrics`.
///
/// # Errors
/// Another recorder is installed already.
pub fn start_metrics() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new().install_recorder()?;
    metrics::describe_gauge!(
        "ordinal_upstream_watches",
        "Watches that are open on the API server."
    );
    metrics::describe_gauge!("ordinal_sockets", "Browsers' WebSockets that are open.");
    metrics::describe_counter!(
        "ordinal_mutations_total",
        "Writes to the cluster by verb and outcome."
    );
    metrics::describe_counter!(
        "ordinal_refused_total",
        "Requests that a guard refused, by guard."
    );
    Ok(handle)
}
