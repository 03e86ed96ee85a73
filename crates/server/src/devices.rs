//! Devices: programs that are bound to an agent and act without a page of Linecard, such as the
//! extension for Chrome.
//!
//! An agent says yes at `/authorize`; the program exchanges the code for tokens at `/oauth/token`
//! and speaks over a socket of its own. Its token opens that socket and nothing else. Why it is done
//! this way: `docs/adr/0021-a-device-dials-and-pops-and-no-more.md`.

mod clients;
mod dial;
mod incoming;
pub(crate) mod messages;
pub(crate) mod proof;
mod socket;
mod token;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use self::clients::{ClientError, agreed, name_of};
pub use self::clients::{ExtensionId, NotAnExtensionId};
pub(crate) use self::token::router as token_router;
use crate::state::App;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(socket::open_device_socket))
}
