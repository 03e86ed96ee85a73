//! Listens, accepts connections within limits, and stops cleanly.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use linecard_flow::Flow;
use linecard_http::HttpClient;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

use crate::attempts::Attempts;
use crate::connection::{self, Terms};
use crate::devices::ExtensionId;
use crate::doors::{self, Doors};
use crate::home_check::{self, HomeChecks};
use crate::invitations;
use crate::metrics::Metrics;
use crate::pace::Pace;
use crate::password::Passwords;
use crate::proxies::TrustedProxies;
use crate::redirect;
use crate::router::router;
use crate::softphone::{IceSettings, Openings, Refused};
use crate::stand_in::StandIn;
use crate::state::{App, Parts};
use crate::tls::{Keeper, Reload, TlsError, TlsSettings};

/// How many connections are open at a time: 10,000 Desks, and their pages.
const CONNECTIONS: usize = 20_000;
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
    /// The extensions for Chrome that agents may bind.
    pub chrome_extensions: Vec<ExtensionId>,
    /// Where the certificate comes from; `None`: connections are not encrypted here.
    pub tls: Option<TlsSettings>,
    /// Where to listen for whoever comes without encryption and is sent to `home`.
    pub redirect_from: Option<SocketAddr>,
    /// The proxies whose word about a client is believed.
    pub trusted_proxies: TrustedProxies,
    /// Asks the identity provider, where there is one.
    pub identity: HttpClient,
    /// The STUN and TURN servers for softphones.
    pub ice: IceSettings,
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
    /// There is no certificate to begin with.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// Passwords cannot be checked.
    #[error("cannot make ready to check passwords: {0}")]
    Passwords(String),
}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    /// Where browsers are sent to the home address.
    redirecting: Option<TcpListener>,
    /// Looks after the certificate, where connections are encrypted here.
    encrypting: Option<(Keeper, TlsAcceptor)>,
    reload: Reload,
    proxies: Arc<TrustedProxies>,
    app: App,
}

impl Server {
    /// Listens. Connections are accepted from [`Server::run`] on.
    pub async fn bind(settings: ServerSettings, flow: Flow) -> Result<Self, BindError> {
        let listener = listen(settings.listen).await?;
        let redirecting = match settings.redirect_from {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let encrypting = match settings.tls {
            Some(tls) => {
                let keeper = Keeper::open(tls, &settings.home, &flow).await?;
                let acceptor = keeper.tls().acceptor()?;
                Some((keeper, acceptor))
            }
            None => None,
        };
        let passwords = Passwords::new(&**flow.entropy())
            .map_err(|error| BindError::Passwords(error.to_string()))?;
        let app = App::new(Parts {
            flow,
            home: settings.home,
            stand_ins: settings.stand_ins,
            chrome_extensions: settings.chrome_extensions,
            passwords,
            attempts: Attempts::default(),
            doors: Doors::default(),
            metrics: Metrics::default(),
            home_checks: HomeChecks::default(),
            invitations: Notify::new(),
            identity: settings.identity,
            sign_on_pace: Pace::new(SIGN_ONS_PER_SECOND),
            routing_pace: Pace::new(ROUTES_PER_SECOND),
            ice: settings.ice,
            openings: Openings::default(),
            softphones_refused: Refused::default(),
            backups: Arc::new(Semaphore::new(1)),
            stopping: CancellationToken::new(),
        });
        Ok(Self {
            listener,
            redirecting,
            encrypting,
            reload: Reload::default(),
            proxies: Arc::new(settings.trusted_proxies),
            app,
        })
    }

    /// Where it listens: with the port that was given for port 0.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Has the certificate looked at when somebody says so.
    #[must_use]
    pub fn reload(&self) -> Reload {
        self.reload.clone()
    }

    /// Serves until `shutdown` ends, then lets requests under way finish and says goodbye to open
    /// sockets. The flow is left running.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        let stopping = self.app.stopping.clone();
        let open = TaskTracker::new();
        open.spawn(home_check::run(self.app.clone()));
        open.spawn(doors::follow(self.app.clone()));
        open.spawn(invitations::run(self.app.clone()));
        let acceptor = self.encrypting.map(|(keeper, acceptor)| {
            let flow = self.app.flow.clone();
            open.spawn(keeper.run(flow, self.reload, stopping.clone()));
            acceptor
        });
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        if let Some(listener) = self.redirecting {
            let door = Door {
                listener,
                terms: Terms {
                    acceptor: None,
                    proxies: Arc::default(),
                    router: redirect::router(self.app.home.clone()),
                    stopping: stopping.clone(),
                },
                places: Arc::clone(&places),
                open: open.clone(),
            };
            let until = stopping.clone().cancelled_owned();
            open.spawn(async move { door.keep_open(until).await });
        }
        let door = Door {
            listener: self.listener,
            terms: Terms {
                acceptor,
                proxies: self.proxies,
                router: router(self.app),
                stopping: stopping.clone(),
            },
            places,
            open: open.clone(),
        };
        door.keep_open(shutdown).await;
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

/// A port, and what is answered there.
struct Door {
    listener: TcpListener,
    terms: Terms,
    places: Arc<Semaphore>,
    open: TaskTracker,
}

impl Door {
    /// Takes connections until `shutdown` ends.
    async fn keep_open(&self, shutdown: impl Future<Output = ()>) {
        let mut shutdown = pin!(shutdown);
        loop {
            let accepted = tokio::select! {
                accepted = self.accept() => accepted,
                () = &mut shutdown => return,
            };
            match accepted {
                Ok((stream, peer, place)) => {
                    let connection = connection::serve(stream, peer.ip(), self.terms.clone());
                    self.open.spawn(async move {
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
    }

    /// Waits for a free place first: what cannot be served waits in the operating system's queue.
    async fn accept(&self) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
        let place = Arc::clone(&self.places)
            .acquire_owned()
            .await
            .map_err(io::Error::other)?;
        let (stream, peer) = self.listener.accept().await?;
        Ok((stream, peer, place))
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| bind_error(address, error))
}

fn bind_error(address: SocketAddr, error: io::Error) -> BindError {
    match error.kind() {
        io::ErrorKind::AddrInUse => BindError::InUse(address),
        io::ErrorKind::PermissionDenied => BindError::NotAllowed(address),
        io::ErrorKind::AddrNotAvailable => BindError::NoSuchAddress(address),
        _ => BindError::Other { address, error },
    }
}
