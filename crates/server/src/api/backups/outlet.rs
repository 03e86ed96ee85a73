//! The way of a file that is made while it is downloaded: written on a thread that may block, read as
//! the body of an answer.

use std::io::{self, Write};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

/// How many pieces wait for the network.
const PIECES: usize = 4;
/// How long whoever downloads may take for a piece: what is read from the store is held for them.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where the file is written. Only on a thread that may block.
#[derive(Clone)]
pub(super) struct Outlet {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    runtime: Handle,
}

/// An outlet, and the body that gives what is written there. Called inside the runtime.
pub(super) fn outlet() -> (Outlet, Body) {
    let (pieces, taken) = mpsc::channel(PIECES);
    let runtime = Handle::current();
    let body = stream::unfold(taken, |mut taken| async move {
        let piece = taken.recv().await?;
        Some((piece, taken))
    });
    (Outlet { pieces, runtime }, Body::from_stream(body))
}

impl Outlet {
    /// Breaks the download off, so that nobody takes what there is for the whole.
    pub(super) async fn break_off(self) {
        let broken = io::Error::other("the backup broke off");
        // Whoever is gone needs not be told.
        let _ = self.pieces.send(Err(broken)).await;
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Bytes::copy_from_slice(bytes);
        let sending = self.pieces.send_timeout(Ok(piece), PATIENCE);
        match self.runtime.block_on(sending) {
            Ok(()) => Ok(bytes.len()),
            Err(mpsc::error::SendTimeoutError::Timeout(_)) => Err(io::ErrorKind::TimedOut.into()),
            Err(mpsc::error::SendTimeoutError::Closed(_)) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
