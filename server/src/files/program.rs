//! A program in a container that reads nothing: what it writes, and how it ends.
use crate::{
    cluster::Kube,
    error::Error,
    terminal::exec::{ERROR, STDERR, STDOUT, connect, ended},
};
use app::{
    api::ApiError,
    model::{
        files::At,
        terminal::{End, Open},
    },
};
use axum::body::Bytes;
use futures::{StreamExt, stream::BoxStream};
use kube::api::AttachParams;
use std::time::Duration;
use tokio_tungstenite::tungstenite::{Error as Broken, Message};

/// What is kept of its complaints, in bytes.
const SAID: usize = 4 * 1024;

/// A program that was started.
pub(super) struct Program {
    socket: BoxStream<'static, Result<Message, Broken>>,
    status: Option<Result<i32, String>>,
    said: Vec<u8>,
}

/// How long a program may take whose words are wanted whole.
const DEADLINE: Duration = Duration::from_secs(20);

/// All that a program writes; none where that is more than `room` bytes.
///
/// # Errors
/// The cluster's, it is late, or it ended badly.
pub(super) async fn output(
    kube: &Kube,
    at: &At,
    command: &[&str],
    room: usize,
) -> Result<Option<Vec<u8>>, ApiError> {
    let read = async {
        let mut program = Program::start(kube, at, command).await?;
        let mut said = Vec::new();
        while let Some(bytes) = program.next().await? {
            said.extend_from_slice(&bytes);
            if said.len() > room {
                return Ok(None);
            }
        }
        Ok(Some(said))
    };
    let late = |_| Err(Error::Late(DEADLINE.as_secs()).into());
    tokio::time::timeout(DEADLINE, read).await.unwrap_or_else(late)
}

impl Program {
    /// Starts it; its words are never a shell's.
    ///
    /// # Errors
    /// The cluster's.
    pub(super) async fn start(kube: &Kube, at: &At, command: &[&str]) -> Result<Self, ApiError> {
        let open = Open {
            namespace: at.namespace.clone(),
            pod: at.pod.clone(),
            container: at.container.clone(),
            ..Open::default()
        };
        let command = command.iter().map(|word| (*word).to_owned()).collect();
        let params = AttachParams::default().stdin(false).stdout(true).stderr(true);
        let connection = connect(kube, &open, command, params).await?;
        Ok(Self {
            socket: connection.into_stream().boxed(),
            status: None,
            said: Vec::new(),
        })
    }

    /// The next that it writes; none once it has ended well.
    ///
    /// # Errors
    /// It did not start, ended with another code than 0, or the connection to it broke.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, ApiError> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Binary(frame))) => match frame.first() {
                    Some(&STDOUT) if frame.len() > 1 => return Ok(Some(frame.slice(1..))),
                    Some(&STDERR) => {
                        let room = SAID.saturating_sub(self.said.len());
                        self.said.extend(frame[1..].iter().take(room));
                    }
                    Some(&ERROR) => self.status = Some(ended(&frame[1..])),
                    _ => {}
                },
                Some(Ok(Message::Close(_))) | None => return self.ended(),
                // What it told of its end counts, however the connection is closed.
                Some(Err(_)) if self.status.is_some() => return self.ended(),
                Some(Err(error)) => return Err(ApiError::Unavailable(error.to_string())),
                Some(Ok(_)) => {}
            }
        }
    }

    fn ended(&mut self) -> Result<Option<Bytes>, ApiError> {
        match self.status.clone() {
            Some(Ok(0)) => Ok(None),
            Some(Ok(code)) => {
                let said = String::from_utf8_lossy(&self.said).trim().to_owned();
                Err(if said.is_empty() {
                    ApiError::invalid(format!("it ended with exit code {code}"))
                } else {
                    ApiError::invalid(said)
                })
            }
            Some(Err(words)) if End::Failed(words.clone()).is_missing() => Err(ApiError::NotFound(words)),
            Some(Err(words)) => Err(ApiError::Unavailable(words)),
            None => Err(ApiError::Unavailable(
                "the connection to the container is lost".to_owned(),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::stream;

    fn frame(channel: u8, data: &str) -> Result<Message, Broken> {
        Ok(Message::Binary([&[channel], data.as_bytes()].concat().into()))
    }

    /// All that a program wrote, or why that is not all.
    async fn read(frames: Vec<Result<Message, Broken>>) -> Result<String, ApiError> {
        let mut program = Program {
            socket: stream::iter(frames).boxed(),
            status: None,
            said: Vec::new(),
        };
        let mut all = Vec::new();
        while let Some(bytes) = program.next().await? {
            all.extend_from_slice(&bytes);
        }
        Ok(String::from_utf8_lossy(&all).into_owned())
    }

    #[tokio::test]
    async fn only_a_good_end_is_an_end() {
        let good = || frame(ERROR, r#"{"status":"Success"}"#);
        let bad = |message: &str| frame(ERROR, &format!(r#"{{"status":"Failure","message":"{message}"}}"#));
        let code = r#"{"status":"Failure","details":{"causes":[{"reason":"ExitCode","message":"1"}]}}"#;
        let all = read(vec![frame(STDOUT, "ab"), frame(STDOUT, "cd"), good()]).await;
        assert_eq!(all, Ok("abcd".to_owned()));
        let broken = read(vec![frame(STDOUT, "ab"), Err(Broken::ConnectionClosed)]).await;
        assert!(matches!(broken, Err(ApiError::Unavailable(_))));
        let lost = read(vec![frame(STDOUT, "ab"), Ok(Message::Close(None))]).await;
        assert!(matches!(lost, Err(ApiError::Unavailable(_))));
        let failed = read(vec![frame(STDERR, "cat: /x: No such file\n"), frame(ERROR, code)]).await;
        assert_eq!(failed, Err(ApiError::invalid("cat: /x: No such file".to_owned())));
        let missing = read(vec![bad("exec: tar: executable file not found in $PATH")]).await;
        assert!(matches!(missing, Err(ApiError::NotFound(_))));
    }
}
