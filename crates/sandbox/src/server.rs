//! Serves a stand-in on the loopback interface, in clear or with TLS, until it is stopped.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use crate::lost_answer::deliver;

/// How long a stop waits for requests that are being answered.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a client may take over the TLS handshake.
const HANDSHAKE: Duration = Duration::from_secs(5);

/// The certificate with which a stand-in is served, for clients that know nothing but https.
#[derive(Clone)]
pub struct Tls(pub Arc<rustls::ServerConfig>);

/// The port cannot be had.
#[derive(Debug, thiserror::Error)]
#[error(
    "port {port} on 127.0.0.1 cannot be used ({source}): stop what listens there or give another \
     port"
)]
pub struct PortTaken {
    /// The port asked for.
    pub port: u16,
    /// What the operating system says.
    pub source: io::Error,
}

/// Changes a request's address before a route is looked for.
pub(crate) type Reshape = fn(hyper::Request<Incoming>) -> hyper::Request<Incoming>;

/// A port of the loopback interface that nobody else has.
pub(crate) struct Place {
    listener: TcpListener,
    base_url: String,
    tls: Option<Tls>,
}

impl Place {
    /// Takes `port`; 0 takes a free one.
    pub(crate) async fn take(port: u16, tls: Option<Tls>) -> Result<Self, PortTaken> {
        let taken = |source| PortTaken { port, source };
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .await
            .map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        Ok(Self {
            listener,
            base_url: format!("{scheme}://{address}"),
            tls,
        })
    }

    /// `http://127.0.0.1:8090`, without a slash at the end.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Answers with `router` what comes in there.
    pub(crate) fn serve(self, router: Router, reshape: Reshape) -> Server {
        let (stop, stopped) = oneshot::channel();
        Server {
            stop: Some(stop),
            task: tokio::spawn(serve(self, router, reshape, stopped)),
        }
    }
}

/// A server that runs. Dropping it ends it at once, connections included, as a kill would;
/// [`Server::stop`] lets it finish what it is answering.
pub(crate) struct Server {
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Takes no new connections, answers what was asked (for at most five seconds), and ends.
    pub(crate) async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        // The task only ends early when it panicked, and then it has ended all the same.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves until told to stop. The connections are this task's own: they end with it.
async fn serve(place: Place, router: Router, reshape: Reshape, mut stopped: oneshot::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    let acceptor = place.tls.map(|tls| TlsAcceptor::from(tls.0));
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            accepted = place.listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
        };
        let Ok((stream, _)) = accepted else {
            // The peer went away before it was accepted, or the process has no file left to
            // give: the next one may do better.
            tokio::task::yield_now().await;
            continue;
        };
        let router = router.clone();
        match &acceptor {
            None => {
                connections.spawn(answer(stream, router, reshape, graceful.watcher()));
            }
            Some(acceptor) => {
                let handshake = acceptor.accept(stream);
                let watcher = graceful.watcher();
                connections.spawn(async move {
                    let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, handshake).await else {
                        return;
                    };
                    answer(stream, router, reshape, watcher).await;
                });
            }
        }
    }
    drop(place.listener);
    // Past that patience the connections end with this task.
    let _ = tokio::time::timeout(PATIENCE, graceful.shutdown()).await;
}

/// Answers what comes in on one connection.
async fn answer<S>(stream: S, router: Router, reshape: Reshape, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let response: Result<Response, Infallible> = router.oneshot(reshape(request)).await;
            response.map_or_else(|never| match never {}, deliver)
        }
    });
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // A connection that breaks off is the client's business.
    let _ = watcher.watch(connection).await;
}
