//! Listens for dial plans.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::{Conversation, Fault, Request};

/// How long one connection may last: far more than an answer takes, and little enough that
/// somebody who says nothing does not stay.
const LASTS: Duration = Duration::from_secs(5);
/// How many dial plans may ask at a time.
const AT_ONCE: usize = 256;
/// How long to wait when the machine has no more sockets to give.
const OUT_OF_SOCKETS: Duration = Duration::from_millis(200);
/// What one read takes at most, in bytes.
const READ: usize = 4_096;

/// What a dial plan is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The extension to call; `None` where the dial plan's default counts.
    pub extension: Option<String>,
    /// The name of the person there.
    pub name: Option<String>,
    /// `owner`, or why there is none.
    pub reason: &'static str,
}

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error(transparent)]
    Socket(#[from] std::io::Error),
}

/// Answers every dial plan that connects to `listener` with what `answer` says of its question
/// and the address it came from. Runs until it is dropped.
pub async fn serve<A, F>(listener: TcpListener, answer: A)
where
    A: Fn(IpAddr, Request) -> F + Send + Sync + 'static,
    F: Future<Output = Answer> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let answer = Arc::new(answer);
    let mut open = tokio::task::JoinSet::new();
    loop {
        // What cannot be served waits in the operating system's queue.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a dial plan's connection could not be accepted");
                tokio::time::sleep(OUT_OF_SOCKETS).await;
                continue;
            }
        };
        while open.try_join_next().is_some() {}
        let answer = Arc::clone(&answer);
        open.spawn(async move {
            let talked = tokio::time::timeout(LASTS, talk(stream, peer.ip(), &*answer)).await;
            match talked {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::debug!(%error, "a dial plan was not answered"),
                Err(_) => tracing::debug!("a dial plan took too long"),
            }
            drop(place);
        });
    }
}

async fn talk<F: Future<Output = Answer>>(
    mut stream: TcpStream,
    peer: IpAddr,
    answer: &impl Fn(IpAddr, Request) -> F,
) -> Result<(), Error> {
    stream.set_nodelay(true)?;
    let mut conversation = Conversation::default();
    let mut bytes = vec![0; READ];
    while !conversation.is_over() {
        let length = stream.read(&mut bytes).await?;
        if length == 0 {
            return Ok(());
        }
        conversation.receive(bytes.get(..length).unwrap_or_default())?;
        if let Some(request) = conversation.request().cloned() {
            let default = request.argument("default").unwrap_or_default().to_owned();
            let answer = answer(peer, request).await;
            conversation.answer(&[
                ("LINECARD_OWNER", &answer.extension.unwrap_or(default)),
                ("LINECARD_OWNER_NAME", &answer.name.unwrap_or_default()),
                ("LINECARD_REASON", answer.reason),
            ]);
        }
        stream.write_all(&conversation.take_outgoing()).await?;
    }
    Ok(())
}
