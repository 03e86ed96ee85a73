//! The companion: a program in the background of an agent's desktop.
//!
//! It is a device of the agent, as the extension for Chrome is one (`docs/adr/0021`): it signs in once,
//! sits on the device's socket, opens the callers' pages in the default browser where no page of
//! Linecard is open, and says on the desktop who calls. `session` decides what is to be done, without a socket or a clock; the rest
//! carries it out. Everything that is said to a person comes from `words`, in two languages.

mod browser;
mod callback;
mod caller;
mod companion;
mod error;
mod kept;
mod messages;
mod notices;
mod oauth;
mod opening;
mod pause;
mod proof;
mod proxies;
mod session;
mod sign_in;
mod socket;
mod tunnel;
mod words;

pub use companion::{Companion, Parts};
pub use error::Error;
pub use kept::Folder;
pub use proxies::Proxies;
pub use tunnel::ProxyError;
pub use words::Language;
