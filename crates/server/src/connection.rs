//! One connection: encrypted or not, within limits, until it ends or the program stops.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use crate::proxies::TrustedProxies;
use crate::state::Peer;

/// How long a client may take to agree on a key, and to send a request's head.
const HEAD_WITHIN: Duration = Duration::from_secs(20);
/// The most bytes of a request's head; an address with a CRM's `code` and a cookie fits in well.
const LONGEST_HEAD: usize = 32 * 1024;

/// What is answered to connections, and how they are taken.
#[derive(Clone)]
pub(crate) struct Terms {
    /// Encrypts connections; `None`: they are not encrypted here.
    pub(crate) acceptor: Option<TlsAcceptor>,
    /// Whose word about a client is believed.
    pub(crate) proxies: Arc<TrustedProxies>,
    /// Answers requests.
    pub(crate) router: Router,
    /// Set off when the program stops.
    pub(crate) stopping: CancellationToken,
}

/// Answers the requests of a connection from `peer`.
pub(crate) async fn serve(stream: TcpStream, peer: IpAddr, terms: Terms) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a socket could not be set to send at once");
    }
    let Some(acceptor) = &terms.acceptor else {
        return talk(stream, peer, false, terms).await;
    };
    let encrypted = tokio::select! {
        encrypted = encrypt(stream, acceptor) => encrypted,
        () = terms.stopping.cancelled() => return,
    };
    match encrypted {
        Ok(stream) => talk(stream, peer, true, terms).await,
        Err(error) => tracing::debug!(%error, "a client did not agree on encryption"),
    }
}

async fn encrypt(stream: TcpStream, acceptor: &TlsAcceptor) -> io::Result<TlsStream<TcpStream>> {
    tokio::time::timeout(HEAD_WITHIN, acceptor.accept(stream))
        .await
        .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

async fn talk<S>(stream: S, peer: IpAddr, encrypted: bool, terms: Terms)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let Terms {
        proxies,
        router,
        stopping,
        ..
    } = terms;
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        let mut request = request.map(Body::new);
        let client = proxies.admit(peer, encrypted, request.headers_mut());
        request.extensions_mut().insert(Peer(client));
        async move {
            match router.oneshot(request).await {
                Ok(response) => Ok::<_, Infallible>(response),
                Err(never) => match never {},
            }
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}
