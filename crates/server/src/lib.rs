//! The HTTP API, Desk's sockets, the OAuth callback and the web pages.
//!
//! A request comes in at [`Server`], is guarded by the router (own pages only, limits, headers),
//! and reaches one endpoint. What the endpoint may touch is decided by the type its caller gets
//! (`access`): an admin the whole flow, an agent one extension's calls. The server decides
//! nothing about calls; it shows what the flow knows and passes on what people want.

mod access;
mod api;
mod attempts;
mod body;
mod call_terms;
mod callback;
mod connection;
mod cookie;
mod crm_advice;
mod desk;
mod devices;
mod doors;
mod headers;
mod health;
mod home_check;
mod invitations;
pub mod links;
mod metrics;
mod origin;
mod pace;
mod pages;
mod parting;
mod password;
mod problem;
mod proxies;
mod redirect;
mod refusal;
mod router;
mod second_factor;
mod server;
mod session;
mod sight;
mod sign_in_rules;
mod single_sign_on;
#[cfg(test)]
mod snapshot;
mod softphone;
mod stand_in;
mod state;
mod tls;
mod trace;

pub use devices::{ExtensionId, NotAnExtensionId};
pub use proxies::{NotANetwork, TrustedProxies};
pub use server::{BindError, Server, ServerSettings};
pub use softphone::{IceSettings, IceUrl, NotAnIceUrl, TurnSettings, WeakTurnSecret};
pub use stand_in::StandIn;
pub use tls::{Reload, TlsError, TlsSettings, certificate_of_authority};

/// The OpenAPI document of the API, as it is served at `/api/v1/openapi.json`.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    api::document()
}
