//! Says on the desktop who calls, for as long as it rings: notifications over D-Bus
//! (org.freedesktop.Notifications). A click on one is handed back.
//!
//! They have a task of their own: a desktop that does not answer keeps no page from opening.

mod abilities;
mod shown;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use notify_rust::{Hint, Notification, NotificationHandle, Timeout, Urgency};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use self::abilities::Abilities;
use self::shown::Shown;
use crate::Language;
use crate::caller::Caller;

/// How long the desktop may take for an answer.
const WITHIN: Duration = Duration::from_secs(5);
/// How many may wait for a desktop that is slow.
const WAITING: usize = 64;

/// What is to be shown or taken away.
enum Order {
    Show(String, Caller),
    Hide(String),
    HideAll,
    /// Stays until the person has read it.
    Tell(String),
}

/// The desktop's notifications.
pub(crate) struct Notices {
    orders: mpsc::Sender<Order>,
    /// The calls that were clicked on.
    clicks: mpsc::Receiver<String>,
    working: JoinHandle<()>,
}

impl Notices {
    /// `tell` says to the person, once, that the desktop shows none.
    pub(crate) fn start(language: Language, tell: Arc<dyn Fn(&str) + Send + Sync>) -> Self {
        let (orders, ordered) = mpsc::channel(WAITING);
        let (clicked, clicks) = mpsc::channel(WAITING);
        let desktop = Desktop {
            language,
            tell,
            clicked,
            shown: HashMap::new(),
            abilities: None,
            failed: false,
        };
        Self {
            orders,
            clicks,
            working: tokio::spawn(desktop.work(ordered)),
        }
    }

    /// It rings: who it is, or what more is known of it.
    pub(crate) fn show(&self, call: String, caller: Caller) {
        self.order(Order::Show(call, caller));
    }

    /// It rings no more.
    pub(crate) fn hide(&self, call: String) {
        self.order(Order::Hide(call));
    }

    /// Nobody knows any more what rings.
    pub(crate) fn hide_all(&self) {
        self.order(Order::HideAll);
    }

    /// Says something that stays.
    pub(crate) fn tell(&self, words: String) {
        self.order(Order::Tell(words));
    }

    /// The next call that is clicked on; `None`: none will be any more.
    pub(crate) async fn clicked(&mut self) -> Option<String> {
        self.clicks.recv().await
    }

    /// What was clicked on until now was meant for calls that nobody knows any more.
    pub(crate) fn forget_clicks(&mut self) {
        while self.clicks.try_recv().is_ok() {}
    }

    /// Takes away what is shown of calls, and ends.
    pub(crate) async fn end(self) {
        drop(self.orders);
        // Only a panic of the task is told here, and there is nothing left to be done.
        let _ = self.working.await;
    }

    /// A desktop with so many unanswered orders shows none of them in time.
    fn order(&self, order: Order) {
        let _ = self.orders.try_send(order);
    }
}

/// Carries the orders out, one after the other.
struct Desktop {
    language: Language,
    tell: Arc<dyn Fn(&str) + Send + Sync>,
    clicked: mpsc::Sender<String>,
    /// By call.
    shown: HashMap<String, Shown>,
    /// `None`: the desktop has not answered yet.
    abilities: Option<Abilities>,
    /// The person knows that notifications do not work.
    failed: bool,
}

impl Desktop {
    async fn work(mut self, mut ordered: mpsc::Receiver<Order>) {
        while let Some(order) = ordered.recv().await {
            match order {
                Order::Show(call, caller) => self.show(call, &caller).await,
                Order::Hide(call) => self.hide(&call).await,
                Order::HideAll => self.hide_all().await,
                Order::Tell(words) => {
                    let body = self.abilities().await.text(words);
                    let mut notice = Notification::new();
                    notice.appname("Linecard").summary("Linecard").body(&body);
                    self.send(&notice).await;
                }
            }
        }
        self.hide_all().await;
    }

    async fn show(&mut self, call: String, caller: &Caller) {
        let abilities = self.abilities().await;
        let mut notice = ringing(self.language, caller, abilities);
        if let Some(shown) = self.shown.get(&call) {
            notice.id(shown.id());
        }
        if let Some(handle) = self.send(&notice).await {
            let shown = if abilities.clicks {
                Shown::clickable(handle, call.clone(), self.clicked.clone())
            } else {
                Shown::plain(handle)
            };
            self.shown.insert(call, shown);
        }
    }

    async fn hide(&mut self, call: &str) {
        if let Some(shown) = self.shown.remove(call) {
            // What the person has closed is closed already.
            let _ = tokio::time::timeout(WITHIN, shown.close()).await;
        }
    }

    async fn hide_all(&mut self) {
        let calls: Vec<String> = self.shown.keys().cloned().collect();
        for call in calls {
            self.hide(&call).await;
        }
    }

    async fn send(&mut self, notice: &Notification) -> Option<NotificationHandle> {
        let problem = match tokio::time::timeout(WITHIN, notice.show_async()).await {
            Ok(Ok(handle)) => {
                self.failed = false;
                return Some(handle);
            }
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it took too long".to_owned(),
        };
        if !std::mem::replace(&mut self.failed, true) {
            (self.tell)(&self.language.no_notices(&problem));
        }
        None
    }

    async fn abilities(&mut self) -> Abilities {
        if self.abilities.is_none() {
            self.abilities = Abilities::ask(WITHIN).await;
        }
        self.abilities.unwrap_or(Abilities::OF_A_SILENT_DESKTOP)
    }
}

/// Says who calls.
fn ringing(language: Language, caller: &Caller, abilities: Abilities) -> Notification {
    let mut notice = Notification::new();
    notice
        .appname("Linecard")
        .icon("call-start")
        .summary(&language.is_calling(caller))
        .body(&abilities.text(language.about(caller)))
        .hint(Hint::Category("call.incoming".to_owned()))
        // Others are taken away by the desktop while it still rings.
        .urgency(Urgency::Critical)
        .timeout(Timeout::Never);
    if abilities.clicks {
        // The specification's name for a click anywhere on it.
        notice.action("default", language.open_page());
    }
    notice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d11_only_a_desktop_that_knows_clicks_is_given_something_to_click_on() {
        let caller: Caller = serde_json::from_str(
            r#"{"name":"Grace Hopper","company":null,"number":null,"queue":null}"#,
        )
        .unwrap();
        let actions = |abilities: &[&str]| {
            let abilities: Vec<String> = abilities.iter().map(|it| (*it).to_owned()).collect();
            ringing(Language::English, &caller, Abilities::of(&abilities)).actions
        };
        assert_eq!(
            actions(&["body", "actions"]),
            ["default", "Open the caller's page"]
        );
        assert!(actions(&["body"]).is_empty());
        let silent = ringing(Language::English, &caller, Abilities::OF_A_SILENT_DESKTOP);
        assert!(silent.actions.is_empty());
    }
}
