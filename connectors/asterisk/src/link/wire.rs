//! The way to Asterisk: a socket, encrypted where the settings say so.

use std::io::ErrorKind;
use std::time::Duration;

use linecard_pbx::ProblemKind;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::session::Ending;
use crate::settings::AsteriskSettings;

/// A phone system on the same network answers a connection in milliseconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// Bytes both ways.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A connection that stands.
pub(super) struct Wire {
    pub(super) stream: Box<dyn Stream>,
    /// Whether others on the network can read along.
    pub(super) in_the_clear: bool,
}

/// Connects.
pub(super) async fn connect(settings: &AsteriskSettings) -> Result<Wire, Ending> {
    let late = |_| {
        let words = format!("no answer within {} s", PATIENCE.as_secs());
        Ending::passing(ProblemKind::Unreachable, words)
    };
    tokio::time::timeout(PATIENCE, open(settings))
        .await
        .map_err(late)?
}

async fn open(settings: &AsteriskSettings) -> Result<Wire, Ending> {
    let unreachable =
        |error: std::io::Error| Ending::passing(ProblemKind::Unreachable, error.to_string());
    let address = (settings.host.as_str(), settings.port);
    let stream = TcpStream::connect(address).await.map_err(unreachable)?;
    // A command is one small packet: it must not wait for a second one.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "small packets may wait");
    }
    let Some(tls) = &settings.tls else {
        let peer = stream.peer_addr().map_err(unreachable)?;
        return Ok(Wire {
            stream: Box::new(stream),
            in_the_clear: !peer.ip().to_canonical().is_loopback(),
        });
    };
    // Whoever answers is not who it should be, or does not speak TLS: a person has to look.
    let refused = |words: String| Ending::lasting(ProblemKind::NotAPhoneSystem, words);
    let name = ServerName::try_from(settings.host.clone())
        .map_err(|error| refused(format!("{}: {error}", settings.host)))?;
    let config = tls.config().map_err(|error| refused(error.to_string()))?;
    let stream = TlsConnector::from(config)
        .connect(name, stream)
        .await
        .map_err(|error| match error.kind() {
            ErrorKind::InvalidData => refused(format!("TLS: {error}")),
            // It went away in the middle.
            _ => unreachable(error),
        })?;
    Ok(Wire {
        stream: Box::new(stream),
        in_the_clear: false,
    })
}
