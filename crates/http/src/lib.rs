//! How connectors speak HTTP.
//!
//! [`HttpClient`] is the only place that makes network clients: it bounds every exchange in
//! time and size, follows no redirect and refuses private addresses unless they are allowed.
//! Its errors tell whether a request can have reached the server, because that decides
//! whether a write may be repeated. [`OAuth`] gets tokens and takes them back, and a
//! [`TokenKeeper`] keeps those of one connection fresh with one refresh at a time. A [`Budget`]
//! says which of a connection's requests may be sent now. What a CRM is like is asked
//! once a day and kept in a [`Daily`].

mod budget;
mod client;
mod daily;
mod error;
mod guard;
mod keeper;
mod oauth;
mod proxy;

pub use budget::{Budget, Purpose, Rate};
pub use client::{Answer, BuildError, HttpClient, HttpSettings, Request};
pub use daily::Daily;
pub use error::{Effect, TransportError};
pub use guard::Forbidden;
pub use keeper::TokenKeeper;
pub use oauth::{Endpoints, OAuth, OAuthError, Tokens};
pub use proxy::HttpProxy;
