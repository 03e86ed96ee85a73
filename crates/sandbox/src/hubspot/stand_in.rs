//! What every handler of the stand-in shares.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use linecard_clock::{Clock, Entropy};

use super::faults::FaultKind;
use super::grants::{self, Grants};
use super::limits::Limits;
use super::oauth::SignIns;
use super::options::{Options, Switches};
use super::portal::{Derivation, Kind, Portal};
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
    portal: Mutex<Portal>,
    grants: Mutex<Grants>,
    sign_ins: Mutex<SignIns>,
    switches: Mutex<Switches>,
    limits: Mutex<Limits>,
    faults: Mutex<Faults<FaultKind>>,
    requests: Mutex<Requests>,
}

impl StandIn {
    pub(crate) fn new(
        options: Options,
        base_url: String,
        portal: Portal,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        let switches = Mutex::new(options.switches.clone());
        Self(Arc::new(Shared {
            options,
            base_url,
            clock,
            entropy,
            portal: Mutex::new(portal),
            grants: Mutex::default(),
            sign_ins: Mutex::default(),
            switches,
            limits: Mutex::default(),
            faults: Mutex::default(),
            requests: Mutex::default(),
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

    pub(crate) fn portal(&self) -> MutexGuard<'_, Portal> {
        locked(&self.0.portal)
    }

    pub(crate) fn grants(&self) -> MutexGuard<'_, Grants> {
        locked(&self.0.grants)
    }

    pub(crate) fn sign_ins(&self) -> MutexGuard<'_, SignIns> {
        locked(&self.0.sign_ins)
    }

    /// The switches as they stand now.
    pub(crate) fn switches(&self) -> Switches {
        locked(&self.0.switches).clone()
    }

    pub(crate) fn set_switches(&self, switches: Switches) {
        *locked(&self.0.switches) = switches;
    }

    pub(crate) fn limits(&self) -> MutexGuard<'_, Limits> {
        locked(&self.0.limits)
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Faults<FaultKind>> {
        locked(&self.0.faults)
    }

    pub(crate) fn requests(&self) -> MutexGuard<'_, Requests> {
        locked(&self.0.requests)
    }

    pub(crate) fn derivation(&self) -> Derivation {
        Derivation {
            country: self.0.options.country.clone(),
            plus: self.switches().international_plus,
        }
    }

    /// How long a search does not see what was written.
    pub(crate) fn lag(&self) -> SignedDuration {
        SignedDuration::from_millis(self.switches().search_lag_ms.into())
    }

    /// The address of a record's page, where records carry one.
    pub(crate) fn page(&self, kind: Kind, id: u64) -> Option<String> {
        let switches = self.switches();
        switches.record_url.then(|| {
            format!(
                "https://{}/contacts/{}/record/{}/{id}",
                switches.ui_domain,
                self.0.options.portal_id,
                kind.number()
            )
        })
    }

    /// Lets the app in for an owner, by index: access token and refresh token.
    pub(crate) fn admit(&self, owner: usize, scopes: Vec<String>) -> (String, String) {
        let ends = grants::ends(self.now(), self.switches().token_lifetime_s);
        self.grants().admit(owner, scopes, ends, self.entropy())
    }
}

/// A handler that panicked while it held a lock must not take the stand-in with it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
