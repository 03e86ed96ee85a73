//! Says on the desktop who calls, for as long as it rings: notifications over D-Bus
//! (org.freedesktop.Notifications).
//!
//! They have a task of their own: a desktop that does not answer keeps no page from opening.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use notify_rust::{Hint, Notification, NotificationHandle, Timeout, Urgency};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::Language;
use crate::caller::Caller;
use crate::words::escaped;

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
    working: JoinHandle<()>,
}

impl Notices {
    /// `tell` says to the person, once, that the desktop shows none.
    pub(crate) fn start(language: Language, tell: Arc<dyn Fn(&str) + Send + Sync>) -> Self {
        let (orders, ordered) = mpsc::channel(WAITING);
        let desktop = Desktop {
            language,
            tell,
            shown: HashMap::new(),
            reads_markup: None,
            failed: false,
        };
        Self {
            orders,
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
    /// By call.
    shown: HashMap<String, NotificationHandle>,
    /// Whether the desktop takes the text below the title for markup.
    reads_markup: Option<bool>,
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
                    let body = self.body(words).await;
                    let mut notice = Notification::new();
                    notice.appname("Linecard").summary("Linecard").body(&body);
                    self.send(&notice).await;
                }
            }
        }
        self.hide_all().await;
    }

    async fn show(&mut self, call: String, caller: &Caller) {
        let title = self.language.is_calling(caller);
        let body = self.body(self.language.about(caller)).await;
        let mut notice = Notification::new();
        notice
            .appname("Linecard")
            .icon("call-start")
            .summary(&title)
            .body(&body)
            .hint(Hint::Category("call.incoming".to_owned()))
            // Others are taken away by the desktop while it still rings.
            .urgency(Urgency::Critical)
            .timeout(Timeout::Never);
        if let Some(shown) = self.shown.get(&call) {
            notice.id(shown.id());
        }
        if let Some(handle) = self.send(&notice).await {
            self.shown.insert(call, handle);
        }
    }

    async fn hide(&mut self, call: &str) {
        if let Some(shown) = self.shown.remove(call) {
            // What the person has closed is closed already.
            let _ = tokio::time::timeout(WITHIN, shown.close_async()).await;
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

    /// Names come from the phone line and from CRMs: they are text, whatever the desktop reads.
    async fn body(&mut self, text: String) -> String {
        if self.reads_markup.is_none() {
            let asking = tokio::task::spawn_blocking(notify_rust::get_capabilities);
            let answer = tokio::time::timeout(WITHIN, asking).await;
            if let Ok(Ok(Ok(abilities))) = answer {
                self.reads_markup = Some(abilities.iter().any(|it| it == "body-markup"));
            }
        }
        // One that does not say is believed to.
        if self.reads_markup.unwrap_or(true) {
            escaped(&text)
        } else {
            text
        }
    }
}
