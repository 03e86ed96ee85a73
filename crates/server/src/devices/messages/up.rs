//! What a device says to the server.

use serde::Deserialize;
use utoipa::ToSchema;

/// What a device may say.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "t", rename_all = "snake_case")]
pub(crate) enum DeviceUp {
    /// The first message, within 10 s. The token is never in the address, which proxies write down.
    Hello {
        /// The access token.
        token: String,
        /// The page that was opened last, by the id of its `pop`.
        #[serde(default)]
        opened: Option<String>,
    },
    /// Call this number from the agent's own extension. Sent again with the same id where no answer
    /// came: it is placed once.
    Dial {
        /// What the device calls it.
        id: String,
        /// A phone number as people write it, or an extension.
        number: String,
    },
    /// The page of a `pop` is open.
    Popped {
        /// The pop's id.
        id: String,
        /// Where it opened.
        how: PopPlace,
    },
    /// The page of a `pop` cannot be opened.
    PopFailed {
        /// The pop's id.
        id: String,
        /// What the browser says.
        problem: String,
    },
    /// Is anybody there? Every 20 s: Chrome ends a worker that says and hears nothing.
    Ping,
}

/// Where a page opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PopPlace {
    /// In a tab that Linecard had opened before.
    Reuse,
    /// In a new tab.
    Tab,
    /// In a new window, because none was open.
    Window,
}
