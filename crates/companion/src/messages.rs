//! What goes over the device's socket: the server's `DeviceDown` and `DeviceUp`, as far as a companion
//! needs them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::caller::Caller;

/// What the server says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub(crate) enum Down {
    /// The answer to the first message.
    Hello {
        name: String,
        extension: String,
        /// The server's time: until when a page is of use is said in it.
        now: Timestamp,
    },
    /// Open this page, once for each id.
    Pop {
        id: String,
        call: String,
        url: Url,
        until: Timestamp,
    },
    /// Who opens the pages here: `off` is nobody, not even by a click.
    PopMode { mode: String },
    /// A call rings at the agent, or more is known of it.
    Incoming {
        call: String,
        #[serde(flatten)]
        caller: Caller,
        /// The caller's page; older servers do not say it.
        #[serde(default)]
        page: Option<Url>,
    },
    /// It rings there no more.
    IncomingOver { call: String },
    /// What only pages need, and what newer servers say.
    #[serde(other)]
    Other,
}

/// What is said to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub(crate) enum Up {
    /// The page is open.
    Popped { id: String, how: &'static str },
    /// No browser could be opened.
    PopFailed { id: String, problem: String },
    /// Is anybody there?
    Ping,
}

/// The first message. It holds the token, and so is nothing that can be printed.
#[derive(Serialize)]
pub(crate) struct Hello<'a> {
    t: &'static str,
    token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened: Option<&'a str>,
}

impl<'a> Hello<'a> {
    /// `opened` is the page that was opened last.
    pub(crate) fn new(token: &'a str, opened: Option<&'a str>) -> Self {
        Self {
            t: "hello",
            token,
            opened,
        }
    }
}
