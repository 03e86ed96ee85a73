//! A companion as it runs: signs in, connects, carries out what the session decides, and begins anew
//! when the connection is gone.

use std::convert::Infallible;
use std::fs::File;
use std::sync::Arc;
use std::time::Instant;

use linecard_clock::{Clock, Entropy};
use secrecy::ExposeSecret as _;
use tokio::time::MissedTickBehavior;
use url::Url;

use crate::kept::SignedIn;
use crate::messages::Hello;
use crate::notices::Notices;
use crate::oauth::{OAuth, Tokens};
use crate::opening::{Opened, Opening, Wish};
use crate::session::{Act, PING_EVERY, Session};
use crate::sign_in::SignIn;
use crate::socket::{Came, End, Socket};
use crate::tunnel::ProxyError;
use crate::{Error, Folder, Language, Proxies, pause};

/// What a companion is given.
pub struct Parts {
    /// Where the sign-in is kept.
    pub folder: Folder,
    /// In which language people are told.
    pub language: Language,
    /// Tells a person something.
    pub tell: Arc<dyn Fn(&str) + Send + Sync>,
    /// The proxies that the environment names.
    pub proxies: Proxies,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
}

/// A companion that is signed in.
pub struct Companion {
    parts: Parts,
    oauth: OAuth,
    known: SignedIn,
    tokens: Option<Tokens>,
    session: Session,
    opening: Opening,
    notices: Notices,
    /// A person has been told that the server is away.
    troubled: bool,
    /// While it is held, no other companion runs.
    _lock: File,
}

impl Companion {
    /// Takes up the sign-in that is kept, or asks the agent to sign in at `server`.
    pub async fn start(parts: Parts, server: Option<&str>) -> Result<Self, Error> {
        let lock = parts.folder.lock()?;
        let named = server.map(address).transpose()?;
        let kept = parts.folder.read()?;
        let (oauth, known, tokens) = match (kept, named) {
            (Some(known), Some(named)) if known.server != named => {
                return Err(Error::OtherServer(known.server));
            }
            (Some(known), _) => {
                let oauth = OAuth::new(known.server.clone(), &parts.proxies)?;
                (oauth, known, None)
            }
            (None, None) => return Err(Error::NoServer),
            (None, Some(server)) => {
                let oauth = OAuth::new(server.clone(), &parts.proxies)?;
                let sign_in = SignIn {
                    oauth: &oauth,
                    clock: parts.clock.as_ref(),
                    entropy: parts.entropy.as_ref(),
                    language: parts.language,
                    tell: parts.tell.as_ref(),
                };
                let tokens = sign_in.tokens().await?;
                let refresh = tokens.refresh.clone();
                let known = SignedIn { server, refresh };
                parts.folder.write(&known)?;
                (oauth, known, Some(tokens))
            }
        };
        let notices = Notices::start(parts.language, Arc::clone(&parts.tell));
        Ok(Self {
            notices,
            parts,
            oauth,
            known,
            tokens,
            session: Session::default(),
            opening: Opening::default(),
            troubled: false,
            _lock: lock,
        })
    }

    /// Opens pages and says who calls, until `stop` is there or the server does not know this device
    /// any more.
    pub async fn run(mut self, stop: impl Future<Output = ()>) -> Result<(), Error> {
        let ended = tokio::select! {
            error = self.connections() => Err(error),
            () = stop => Ok(()),
        };
        if let Err(error @ Error::SignedOut(_)) = &ended {
            self.notices.tell(error.told(self.parts.language));
        }
        // What was said of calls does not stay behind.
        self.notices.end().await;
        ended
    }

    /// One connection after the other, with pauses.
    async fn connections(&mut self) -> Error {
        loop {
            match self.connection().await {
                Ok(never) => match never {},
                Err(Interrupted::For(trouble)) => {
                    let failures = self.session.lost();
                    self.notices.hide_all();
                    // One that comes back at once is no news.
                    if failures > 1 && !self.troubled {
                        self.troubled = true;
                        let language = self.parts.language;
                        self.tell(&match trouble {
                            Trouble::Server(words) => language.lost(&self.known.server, &words),
                            Trouble::Proxy(problem) => language.lost_at_proxy(&problem),
                        });
                    }
                    let pause = pause::before(failures, self.chance());
                    tokio::time::sleep(pause).await;
                }
                Err(Interrupted::ForGood(error)) => return error,
            }
        }
    }

    /// Takes back what this computer may, here and at the server.
    pub async fn sign_out(parts: Parts) -> Result<(), Error> {
        let Some(known) = parts.folder.read()? else {
            (parts.tell)(parts.language.nobody_signed_in());
            return Ok(());
        };
        parts.folder.forget()?;
        let oauth = OAuth::new(known.server.clone(), &parts.proxies)?;
        let words = match oauth.revoke(&known.refresh).await {
            Ok(()) => parts.language.signed_out(&known.server),
            Err(Error::Unreachable { words, .. } | Error::NoTokens { words, .. }) => {
                parts.language.signed_out_here_only(&known.server, &words)
            }
            Err(Error::Proxy(problem)) => {
                let words = problem.to_string();
                parts.language.signed_out_here_only(&known.server, &words)
            }
            Err(error) => return Err(error),
        };
        (parts.tell)(&words);
        Ok(())
    }

    /// One connection, from its first message to its end.
    async fn connection(&mut self) -> Result<Infallible, Interrupted> {
        self.have_tokens().await?;
        let mut socket = Socket::connect(&self.known.server, self.oauth.proxy.as_ref()).await?;
        let talked = self.talk(&mut socket).await;
        if matches!(talked, Err(End::Token)) {
            self.tokens = None;
        }
        socket.close().await;
        Ok(talked?)
    }

    async fn talk(&mut self, socket: &mut Socket) -> Result<Infallible, End> {
        let access = self.tokens.as_ref().map(|tokens| &tokens.access);
        let access = access.ok_or(End::Token)?.expose_secret();
        let hello = Hello::new(access, self.session.last_opened());
        socket.say(&hello).await?;
        self.session.connected(now());
        self.notices.forget_clicks();
        let mut tick = tokio::time::interval(PING_EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let act = tokio::select! {
                came = socket.next() => match came? {
                    Came::Message(message) => {
                        let time = self.parts.clock.now();
                        self.session.heard(*message, time, now())
                    }
                    Came::Life => {
                        self.session.lives(now());
                        None
                    }
                },
                _ = tick.tick() => self.session.ticked(now()),
                Some(opened) = self.opening.next() => match opened {
                    Ok(opened) => self.opened(opened),
                    Err(error) => return Err(End::Lost(error.to_string())),
                },
                Some(call) = self.notices.clicked() => {
                    self.notices.hide(call.clone());
                    self.session.clicked(call)
                }
            };
            if let Some(act) = act {
                self.act(act, socket).await?;
            }
        }
    }

    /// How it went with a page: the person is told of a failure, the server of its own wishes.
    fn opened(&mut self, (wish, how): Opened) -> Option<Act> {
        if let Err(problem) = &how {
            self.tell(&self.parts.language.not_opened(problem));
        }
        match (wish, how) {
            (Wish::Server { id }, how) => self.session.opened(id, how),
            (Wish::Agent { call, url }, Err(_)) => {
                self.session.not_visited(&call, &url);
                None
            }
            (Wish::Agent { .. }, Ok(())) => None,
        }
    }

    async fn act(&mut self, act: Act, socket: &mut Socket) -> Result<(), End> {
        match act {
            Act::Say(message) => socket.say(&message).await,
            Act::Open { id, url } => {
                self.opening.ask(id, url);
                Ok(())
            }
            Act::Visit { call, url } => {
                self.opening.visit(call, url);
                Ok(())
            }
            Act::VisitDesk { call } => {
                let mut url = self.known.server.clone();
                url.set_path("/desk/");
                self.opening.visit(call, url);
                Ok(())
            }
            Act::Show { call, caller } => {
                self.notices.show(call, caller);
                Ok(())
            }
            Act::Hide { call } => {
                self.notices.hide(call);
                Ok(())
            }
            Act::Greeted { name, extension } => {
                self.troubled = false;
                let language = self.parts.language;
                self.tell(&language.greeted(&name, &extension, &self.known.server));
                Ok(())
            }
            Act::HangUp => Err(End::Lost("it does not answer".to_owned())),
        }
    }

    /// Sees to it that there is a token that is good for a minute at least.
    async fn have_tokens(&mut self) -> Result<(), Interrupted> {
        let now = self.parts.clock.now();
        if self.tokens.as_ref().is_some_and(|it| it.are_good(now)) {
            return Ok(());
        }
        match self.oauth.refresh(&self.known.refresh, now).await {
            Ok(tokens) => {
                self.known.refresh = tokens.refresh.clone();
                // Kept before it is used: until then the server takes the token before it once more.
                self.parts.folder.write(&self.known)?;
                self.tokens = Some(tokens);
                Ok(())
            }
            Err(error @ Error::SignedOut(_)) => {
                self.parts.folder.forget()?;
                Err(error.into())
            }
            Err(Error::Unreachable { words, .. } | Error::NoTokens { words, .. }) => {
                Err(Interrupted::For(Trouble::Server(words)))
            }
            Err(Error::Proxy(problem)) => Err(Interrupted::For(Trouble::Proxy(problem))),
            Err(error) => Err(error.into()),
        }
    }

    fn tell(&self, words: &str) {
        (self.parts.tell)(words);
    }

    /// In [0, 1).
    fn chance(&self) -> f64 {
        let mut bytes = [0; 4];
        self.parts.entropy.fill(&mut bytes);
        f64::from(u32::from_be_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
    }
}

/// Why a connection is over.
enum Interrupted {
    /// For a moment.
    For(Trouble),
    /// It does not come back.
    ForGood(Error),
}

/// Who is in the way.
enum Trouble {
    /// The server, for the reason in these words.
    Server(String),
    Proxy(ProxyError),
}

impl From<Error> for Interrupted {
    fn from(error: Error) -> Self {
        Self::ForGood(error)
    }
}

impl From<End> for Interrupted {
    fn from(end: End) -> Self {
        match end {
            End::Token => Self::For(Trouble::Server("it asks for a new token".to_owned())),
            End::Lost(words) => Self::For(Trouble::Server(words)),
            End::Proxy(problem) => Self::For(Trouble::Proxy(problem)),
        }
    }
}

/// For measuring how long something took; it is no time of day.
fn now() -> Instant {
    Instant::now()
}

/// The origin of an address as somebody typed it.
fn address(typed: &str) -> Result<Url, Error> {
    let typed = typed.trim();
    let whole = if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    let url = Url::parse(&whole).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    let origin = url.map(|url| url.origin().ascii_serialization());
    let origin = origin.and_then(|origin| Url::parse(&origin).ok());
    origin.ok_or_else(|| Error::Address(typed.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_as_people_type_it() {
        for typed in [
            "linecard.example.com",
            " https://linecard.example.com/desk/ ",
            "https://linecard.example.com:443",
        ] {
            let origin = address(typed).unwrap();
            assert_eq!(origin.as_str(), "https://linecard.example.com/", "{typed}");
        }
        let local = address("http://127.0.0.1:8080").unwrap();
        assert_eq!(local.as_str(), "http://127.0.0.1:8080/");
        for wrong in ["", "ftp://linecard.example.com", "https://", "two words"] {
            assert!(matches!(address(wrong), Err(Error::Address(_))), "{wrong}");
        }
    }
}
