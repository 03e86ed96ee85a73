//! What every handler of the stand-in shares.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use linecard_clock::Clock;

use super::faults::FaultKind;
use super::limits::{Level, Worked};
use super::options::{Options, Switches, Webhook};
use super::records::Portal;
use crate::faults::Faults;
use crate::requests::Requests;

/// A handle to the stand-in's state. Cheap to clone.
#[derive(Clone)]
pub(crate) struct StandIn(Arc<Shared>);

struct Shared {
    options: Options,
    base_url: String,
    clock: Arc<dyn Clock>,
    switches: Mutex<Switches>,
    webhooks: Mutex<Vec<Webhook>>,
    portal: Mutex<Portal>,
    level: Mutex<Level>,
    worked: Mutex<Worked>,
    faults: Mutex<Faults<FaultKind>>,
    requests: Mutex<Requests>,
}

impl StandIn {
    pub(crate) fn new(
        options: Options,
        base_url: String,
        portal: Portal,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self(Arc::new(Shared {
            base_url,
            clock,
            switches: Mutex::new(options.switches),
            webhooks: Mutex::new(options.webhooks.clone()),
            portal: Mutex::new(portal),
            level: Mutex::default(),
            worked: Mutex::default(),
            faults: Mutex::default(),
            requests: Mutex::default(),
            options,
        }))
    }

    pub(crate) fn options(&self) -> &Options {
        &self.0.options
    }

    /// `http://127.0.0.1:8090`, without a slash at the end.
    pub(crate) fn base_url(&self) -> &str {
        &self.0.base_url
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    pub(crate) fn switches(&self) -> Switches {
        *locked(&self.0.switches)
    }

    pub(crate) fn switch(&self, switches: Switches) {
        *locked(&self.0.switches) = switches;
    }

    pub(crate) fn webhooks(&self) -> MutexGuard<'_, Vec<Webhook>> {
        locked(&self.0.webhooks)
    }

    pub(crate) fn portal(&self) -> MutexGuard<'_, Portal> {
        locked(&self.0.portal)
    }

    pub(crate) fn level(&self) -> MutexGuard<'_, Level> {
        locked(&self.0.level)
    }

    pub(crate) fn worked(&self) -> MutexGuard<'_, Worked> {
        locked(&self.0.worked)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults<FaultKind>> {
        locked(&self.0.faults)
    }

    pub(crate) fn requests(&self) -> MutexGuard<'_, Requests> {
        locked(&self.0.requests)
    }
}

/// A handler that panicked while it held a lock must not take the stand-in with it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
