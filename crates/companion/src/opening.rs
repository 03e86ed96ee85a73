//! Pages that are being opened, at the server's wish or at the agent's.

use tokio::task::{JoinError, JoinSet};
use url::Url;

use crate::browser;

/// Who wants a page to open.
pub(crate) enum Wish {
    /// The server, which is told how it went.
    Server { id: String },
    /// The agent, who clicked on a call.
    Agent { call: String, url: Url },
}

/// How it went with one page, in the desktop's words where it failed.
pub(crate) type Opened = (Wish, Result<(), String>);

/// The pages on their way.
#[derive(Default)]
pub(crate) struct Opening(JoinSet<Opened>);

impl Opening {
    /// At the server's wish.
    pub(crate) fn ask(&mut self, id: String, page: Url) {
        self.start(Wish::Server { id }, page);
    }

    /// At the agent's.
    pub(crate) fn visit(&mut self, call: String, url: Url) {
        let page = url.clone();
        self.start(Wish::Agent { call, url }, page);
    }

    fn start(&mut self, wish: Wish, page: Url) {
        self.0
            .spawn(async move { (wish, browser::open(page).await) });
    }

    /// The next that is done; `None`: none is on its way.
    pub(crate) async fn next(&mut self) -> Option<Result<Opened, JoinError>> {
        self.0.join_next().await
    }
}
