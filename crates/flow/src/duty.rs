//! Duty: whether an agent is at work, on a break, wrapping a call up, or off.
//!
//! What an agent is at counts at once at all Desks of the agent, and is written into the store a moment
//! later, so that it is the same after a restart. It stays when the last Desk is closed: a page that is
//! reloaded, or a browser that is started anew, finds the agent where they were.

mod queues;
mod rules;
mod run;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use linecard_number::Extension;
use linecard_store::{Duty, DutyState};
use tokio::sync::Notify;

pub(crate) use self::queues::run as tell_queues;
pub use self::rules::{
    DutyChoice, DutyRules, LONGEST_BREAK_REASON, LONGEST_WRAP_UP, MOST_BREAK_REASONS,
};
pub(crate) use self::run::{recall, run};
use crate::Flow;

/// What an agent may say to be at; a wrap-up begins by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyWish {
    /// On duty, or done with wrapping up.
    On,
    /// On a break, for this reason.
    Break(Option<String>),
    /// Off duty.
    Off,
}

/// The reason of a break is none of those that an admin chose.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of the reasons for a break. Reload the page to see them")]
pub struct UnknownReason(pub String);

/// Whose duty is to be brought somewhere, since it was last.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    whose: Mutex<BTreeSet<Extension>>,
    wake: Notify,
}

impl Changed {
    fn put(&self, more: impl IntoIterator<Item = Extension>) {
        self.with(|whose| whose.extend(more));
        self.wake.notify_one();
    }

    fn take(&self) -> BTreeSet<Extension> {
        self.with(std::mem::take)
    }

    async fn changed(&self) {
        self.wake.notified().await;
    }

    fn with<T>(&self, change: impl FnOnce(&mut BTreeSet<Extension>) -> T) -> T {
        change(&mut self.whose.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whose duty has changed.
#[derive(Debug, Default)]
pub(crate) struct ChangedDuties {
    /// To be written into the store.
    to_keep: Changed,
    /// To be told to the phone systems' queues.
    to_tell: Changed,
}

impl ChangedDuties {
    /// The agent is at something else.
    pub(crate) fn put(&self, extension: Extension) {
        self.to_keep.put([extension.clone()]);
        self.tell_again([extension]);
    }

    /// The queues may not know, or not any more, what these agents are at.
    pub(crate) fn tell_again(&self, whose: impl IntoIterator<Item = Extension>) {
        self.to_tell.put(whose);
    }
}

impl Flow {
    /// An agent says what they are at from now on; all of the agent's Desks are told.
    pub fn change_duty(&self, extension: &Extension, wish: DutyWish) -> Result<(), UnknownReason> {
        let state = match wish {
            DutyWish::On => DutyState::On,
            DutyWish::Off => DutyState::Off,
            DutyWish::Break(Some(reason)) if !self.desk().has_reason(&reason) => {
                return Err(UnknownReason(reason));
            }
            DutyWish::Break(reason) => DutyState::Break(reason),
        };
        let (shared, since) = (self.shared(), self.clock().now());
        if shared.desk.set_duty(extension, Duty { state, since }) {
            shared.duties.put(extension.clone());
        } else {
            // Chosen once more, because the queues were not told, say.
            shared.duties.tell_again([extension.clone()]);
        }
        Ok(())
    }
}
