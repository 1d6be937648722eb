//! What is asked of the API server: a program in a container, and the end of what it started.
use crate::{cluster::Kube, error::Error};
use app::model::terminal::{Open, Run};
use futures::StreamExt;
use k8s_openapi::{api::core::v1::Pod, apimachinery::pkg::apis::meta::v1::Status};
use kube::{Api, api::AttachParams, client::Connection, core::Request};
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

/// The variable by which everything that a terminal started is found again.
const MARK: &str = "ORDINAL_TERMINAL";
/// How long the end of its processes may take.
const ENDING: Duration = Duration::from_secs(8);

/// The streams of an exec, the first byte of each frame (`k8s.io/apimachinery/pkg/util/remotecommand`).
pub(super) const STDIN: u8 = 0;
pub(crate) const STDOUT: u8 = 1;
pub(crate) const STDERR: u8 = 2;
pub(crate) const ERROR: u8 = 3;
pub(super) const RESIZE: u8 = 4;

/// The best shell, marked. A shell whose console was killed ends by its own time-out, where it has one.
fn shell(mark: &str, idle: Duration) -> Vec<String> {
    let script = format!(
        "export {MARK}={mark} TERM=xterm-256color TMOUT={}; \
         for s in bash ash; do command -v $s >/dev/null 2>&1 && exec $s; done; exec sh",
        idle.as_secs()
    );
    ["sh", "-c", &script].map(str::to_owned).to_vec()
}

/// Somebody's own program, marked where there is a shell to do it.
fn marked(mark: &str, command: &[String]) -> Vec<String> {
    let script = format!("export {MARK}={mark} TERM=xterm-256color; exec \"$@\"");
    let head = ["sh", "-c", &script, "sh"].map(str::to_owned);
    head.into_iter().chain(command.iter().cloned()).collect()
}

/// What to try, one after the other, until one is there.
pub(super) fn commands(run: &Run, mark: &str, idle: Duration) -> Vec<Vec<String>> {
    match run {
        Run::Shell => vec![shell(mark, idle)],
        Run::Command(command) => vec![marked(mark, command), command.clone()],
    }
}

/// Hangs up on what is marked, and a second later ends it: runtimes keep a program whose client has gone (kubernetes#89031).
fn hang_up(mark: &str) -> Vec<String> {
    let each = |signal: &str| {
        format!(
            "for e in /proc/[0-9]*/environ; do grep -q {MARK}={mark} $e 2>/dev/null || continue; \
             p=${{e#/proc/}}; kill -{signal} ${{p%/environ}} 2>/dev/null; done"
        )
    };
    let script = format!("{}; sleep 1; {}", each("HUP"), each("KILL"));
    ["sh", "-c", &script].map(str::to_owned).to_vec()
}

/// Starts a program.
///
/// # Errors
/// The cluster's.
pub(crate) async fn connect(
    kube: &Kube,
    open: &Open,
    command: Vec<String>,
    params: AttachParams,
) -> Result<Connection, Error> {
    let api: Api<Pod> = Api::namespaced(kube.client(), &open.namespace);
    let request = Request::new(api.resource_url())
        .exec(&open.pod, command, &params.container(&open.container))
        .map_err(|e| Error::Unbuildable(e.to_string()))?;
    kube.answer(kube.client().connect(request)).await
}

/// What the error stream says at the end: the exit code, or why there is none.
pub(crate) fn ended(status: &[u8]) -> Result<i32, String> {
    let Ok(status) = serde_json::from_slice::<Status>(status) else {
        return Err(String::from_utf8_lossy(status).into_owned());
    };
    if status.status.as_deref() == Some("Success") {
        return Ok(0);
    }
    let causes = status.details.iter().flat_map(|d| d.causes.iter().flatten());
    let mut codes = causes.filter(|c| c.reason.as_deref() == Some("ExitCode"));
    let code = codes.find_map(|c| c.message.as_ref()?.parse().ok());
    code.ok_or_else(|| status.message.unwrap_or_default())
}

/// Ends everything that a terminal started. What it says is of no use to anybody any more.
pub(super) async fn end(kube: &Kube, open: &Open, mark: &str) {
    let params = AttachParams::default().stdin(false).stdout(true).stderr(false);
    let Ok(mut connection) = connect(kube, open, hang_up(mark), params)
        .await
        .map(Connection::into_stream)
    else {
        return;
    };
    let over =
        async { while let Some(Ok(Message::Binary(_) | Message::Ping(_))) = connection.next().await {} };
    let _ = tokio::time::timeout(ENDING, over).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_told_by_its_code_or_its_words() {
        let failed = |code: &str| {
            format!(
                r#"{{"status":"Failure","reason":"NonZeroExitCode","message":"command terminated with non-zero exit code","details":{{"causes":[{{"reason":"ExitCode","message":"{code}"}}]}}}}"#
            )
        };
        assert_eq!(ended(br#"{"metadata":{},"status":"Success"}"#), Ok(0));
        assert_eq!(ended(failed("130").as_bytes()), Ok(130));
        let missing = br#"{"status":"Failure","message":"exec: \"sh\": executable file not found in $PATH"}"#;
        assert!(ended(missing).is_err_and(|words| words.contains("not found")));
        assert_eq!(ended(b"broken"), Err("broken".to_owned()));
    }

    #[test]
    fn what_is_typed_as_a_command_is_no_part_of_a_script() {
        let typed = vec!["echo".to_owned(), "$(id); `id` \"'".to_owned()];
        let tried = commands(&Run::Command(typed.clone()), "m", Duration::from_secs(1));
        assert_eq!(&tried[0][4..], typed.as_slice());
        assert!(!tried[0][2].contains("id"));
        assert_eq!(tried[1], typed);
    }
}
