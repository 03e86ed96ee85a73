//! Listens, accepts connections within limits, and stops cleanly.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use linecard_flow::Flow;
use linecard_http::HttpClient;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;
use url::Url;

use crate::attempts::Attempts;
use crate::doors::Doors;
use crate::home_check::{self, HomeChecks};
use crate::metrics::Metrics;
use crate::pace::Pace;
use crate::password::Passwords;
use crate::router::router;
use crate::stand_in::StandIn;
use crate::state::{App, Parts, Peer};

/// How many connections are open at a time: 10,000 Desks, and their pages.
const CONNECTIONS: usize = 20_000;
/// How long a client may take to send a request's head.
const HEAD_WITHIN: Duration = Duration::from_secs(20);
/// The most bytes of a request's head; an address with a CRM's `code` and a cookie fits in well.
const LONGEST_HEAD: usize = 32 * 1024;
/// How long requests under way may take to end when the program stops.
const STOP_WITHIN: Duration = Duration::from_secs(10);
/// How many callers' owners dial plans may ask for in a second: no company has as many calls.
const ROUTES_PER_SECOND: u32 = 1_000;
/// How many sign-ins at the identity provider may begin or end in a second: each asks it two or
/// three things, and nobody is known yet.
const SIGN_ONS_PER_SECOND: u32 = 20;
/// How long to wait when the machine has no more sockets to give.
const OUT_OF_SOCKETS: Duration = Duration::from_millis(200);

/// Where the server listens and how it is reached.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// The address and port to listen on; port 0 takes any free one.
    pub listen: SocketAddr,
    /// The public address, such as `https://linecard.example.com`. Links are made from it, and
    /// cookies travel only encrypted when it is `https`.
    pub home: Url,
    /// The stand-in CRMs that run beside a demo.
    pub stand_ins: Vec<StandIn>,
    /// Asks the identity provider, where there is one.
    pub identity: HttpClient,
}

/// The server cannot start; each says in one line what to do.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Something else listens there.
    #[error(
        "{0} is in use by another program: stop that program, or let Linecard listen on another \
         port"
    )]
    InUse(SocketAddr),
    /// The operating system does not allow it.
    #[error(
        "Linecard may not listen on {0}: ports below 1024 need a right that this user lacks; \
         choose a higher port"
    )]
    NotAllowed(SocketAddr),
    /// This machine does not have the address.
    #[error("this machine has no address {0}: listen on one of its own, or on 127.0.0.1")]
    NoSuchAddress(SocketAddr),
    /// Anything else.
    #[error("cannot listen on {address}: {error}")]
    Other {
        /// Where.
        address: SocketAddr,
        /// What the operating system said.
        error: io::Error,
    },
    /// Passwords cannot be checked.
    #[error("cannot make ready to check passwords: {0}")]
    Passwords(String),
}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    app: App,
}

impl Server {
    /// Listens. Connections are accepted from [`Server::run`] on.
    pub async fn bind(settings: ServerSettings, flow: Flow) -> Result<Self, BindError> {
        let listener = TcpListener::bind(settings.listen)
            .await
            .map_err(|error| bind_error(settings.listen, error))?;
        let passwords = Passwords::new(&**flow.entropy())
            .map_err(|error| BindError::Passwords(error.to_string()))?;
        let app = App::new(Parts {
            flow,
            home: settings.home,
            stand_ins: settings.stand_ins,
            passwords,
            attempts: Attempts::default(),
            doors: Doors::default(),
            metrics: Metrics::default(),
            home_checks: HomeChecks::default(),
            identity: settings.identity,
            sign_on_pace: Pace::new(SIGN_ONS_PER_SECOND),
            routing_pace: Pace::new(ROUTES_PER_SECOND),
            stopping: CancellationToken::new(),
        });
        Ok(Self { listener, app })
    }

    /// Where it listens: with the port that was given for port 0.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `shutdown` ends, then lets requests under way finish and says goodbye to open
    /// sockets. The flow is left running.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let stopping = self.app.stopping.clone();
        let open = TaskTracker::new();
        open.spawn(home_check::run(self.app.clone()));
        let router = router(self.app);
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut shutdown = pin!(shutdown);
        loop {
            let accepted = tokio::select! {
                accepted = accept(&self.listener, &places) => accepted,
                () = &mut shutdown => break,
            };
            match accepted {
                Ok((stream, peer, place)) => {
                    let connection = serve(stream, peer, router.clone(), stopping.clone());
                    open.spawn(async move {
                        connection.await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(OUT_OF_SOCKETS).await;
                }
            }
        }
        stopping.cancel();
        open.close();
        if tokio::time::timeout(STOP_WITHIN, open.wait())
            .await
            .is_err()
        {
            tracing::warn!("requests that did not end in time were cut off");
        }
    }
}

type Accepted = (TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit);

/// Waits for a free place first: what cannot be served waits in the operating system's queue.
async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<Accepted> {
    let place = Arc::clone(places)
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, place))
}

async fn serve(stream: TcpStream, peer: SocketAddr, router: Router, stopping: CancellationToken) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a socket could not be set to send at once");
    }
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer.ip()));
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

fn bind_error(address: SocketAddr, error: io::Error) -> BindError {
    match error.kind() {
        io::ErrorKind::AddrInUse => BindError::InUse(address),
        io::ErrorKind::PermissionDenied => BindError::NotAllowed(address),
        io::ErrorKind::AddrNotAvailable => BindError::NoSuchAddress(address),
        _ => BindError::Other { address, error },
    }
}
