//! A notification that is shown, and the wait for a click on it.

use std::sync::Arc;

use notify_rust::{NotificationHandle, NotificationResponse};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

/// A notification on the desktop. Who drops it waits for its click no more.
pub(super) struct Shown {
    handle: Arc<NotificationHandle>,
    waiting: Option<AbortHandle>,
}

impl Shown {
    /// One that leads nowhere.
    pub(super) fn plain(handle: NotificationHandle) -> Self {
        Self {
            handle: Arc::new(handle),
            waiting: None,
        }
    }

    /// One whose first click is told as a click on this call.
    ///
    /// Some desktops tell it only to the connection that has shown the notification, so each has a
    /// wait of its own: a task, of which there are no more than calls that ring.
    pub(super) fn clickable(
        handle: NotificationHandle,
        call: String,
        clicked: mpsc::Sender<String>,
    ) -> Self {
        let handle = Arc::new(handle);
        let shown = Arc::clone(&handle);
        // A desktop that goes away in this moment ends the task, and nothing else.
        let waiting = tokio::spawn(async move {
            let wait = shown.wait_for_action_async(|response| {
                if *response == NotificationResponse::Default {
                    // So many unread clicks are nobody's.
                    let _ = clicked.try_send(call);
                }
            });
            wait.await;
        });
        Self {
            handle,
            waiting: Some(waiting.abort_handle()),
        }
    }

    /// The desktop's name for it.
    pub(super) fn id(&self) -> u32 {
        self.handle.id()
    }

    /// Takes it away.
    pub(super) async fn close(&self) {
        self.handle.close_async().await;
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some(waiting) = &self.waiting {
            waiting.abort();
        }
    }
}
