//! What the desktop's notifications can do: desktops differ.

use std::time::Duration;

use crate::words::escaped;

/// What is asked of a desktop before something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Abilities {
    /// The text below the title is taken for markup.
    pub(super) markup: bool,
    /// A click on a notification is told. Others would show a button that does nothing.
    pub(super) clicks: bool,
}

impl Abilities {
    /// One that does not say is believed to read markup.
    pub(super) const OF_A_SILENT_DESKTOP: Self = Self {
        markup: true,
        clicks: false,
    };

    /// `None`: the desktop did not answer.
    pub(super) async fn ask(within: Duration) -> Option<Self> {
        let asking = tokio::task::spawn_blocking(notify_rust::get_capabilities);
        let answer = tokio::time::timeout(within, asking).await;
        // Why it does not answer is told when something is to be shown, which fails, too.
        let Ok(Ok(Ok(named))) = answer else {
            return None;
        };
        Some(Self::of(&named))
    }

    /// By the names of the specification.
    pub(super) fn of(named: &[String]) -> Self {
        let has = |name: &str| named.iter().any(|it| it == name);
        Self {
            markup: has("body-markup"),
            clicks: has("actions"),
        }
    }

    /// Names come from the phone line and from CRMs: they are text, whatever the desktop reads.
    pub(super) fn text(self, text: String) -> String {
        if self.markup { escaped(&text) } else { text }
    }
}
