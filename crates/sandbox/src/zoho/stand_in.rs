//! What every handler of the stand-in shares.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use linecard_clock::{Clock, Entropy};

use super::faults::FaultKind;
use super::oauth::SignIns;
use super::options::Options;
use super::organisation::Organisation;
use super::switches::Switches;
use super::times;
use crate::faults::Faults;
use crate::requests::Requests;

/// A handle to the stand-in's state. Cheap to clone.
#[derive(Clone)]
pub(crate) struct StandIn(Arc<Shared>);

struct Shared {
    options: Options,
    base_url: String,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    organisation: Mutex<Organisation>,
    sign_ins: Mutex<SignIns>,
    faults: Mutex<Faults<FaultKind>>,
    requests: Mutex<Requests>,
    switches: Mutex<Switches>,
    under_way: AtomicUsize,
}

/// A request that is being answered.
pub(crate) struct UnderWay(StandIn);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.0.under_way.fetch_sub(1, Ordering::SeqCst);
    }
}

impl StandIn {
    pub(crate) fn new(
        options: Options,
        base_url: String,
        organisation: Organisation,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        let switches = options.switches.clone();
        Self(Arc::new(Shared {
            options,
            base_url,
            clock,
            entropy,
            organisation: Mutex::new(organisation),
            sign_ins: Mutex::default(),
            faults: Mutex::default(),
            requests: Mutex::default(),
            switches: Mutex::new(switches),
            under_way: AtomicUsize::new(0),
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

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        self.0.entropy.as_ref()
    }

    pub(crate) fn organisation(&self) -> MutexGuard<'_, Organisation> {
        locked(&self.0.organisation)
    }

    pub(crate) fn sign_ins(&self) -> MutexGuard<'_, SignIns> {
        locked(&self.0.sign_ins)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults<FaultKind>> {
        locked(&self.0.faults)
    }

    pub(crate) fn requests(&self) -> MutexGuard<'_, Requests> {
        locked(&self.0.requests)
    }

    /// The switches as they are now.
    pub(crate) fn switches(&self) -> Switches {
        locked(&self.0.switches).clone()
    }

    pub(crate) fn change_switches(&self, change: impl FnOnce(&mut Switches)) {
        change(&mut locked(&self.0.switches));
    }

    /// The organisation's time zone.
    pub(crate) fn zone(&self) -> TimeZone {
        times::zone(&locked(&self.0.switches).org_timezone)
    }

    /// One more request under way, and how many there are with it.
    pub(crate) fn begin(&self) -> (UnderWay, usize) {
        let count = self.0.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        (UnderWay(self.clone()), count)
    }

    /// Requests to the API: each is a credit.
    pub(crate) fn credits(&self) -> u64 {
        self.requests()
            .matching(|endpoint| endpoint.contains(" /crm/v8/"))
    }
}

/// A handler that panicked while it held a lock must not take the stand-in with it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
