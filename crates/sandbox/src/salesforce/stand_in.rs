//! What every handler of the stand-in shares.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use linecard_clock::{Clock, Entropy};

use super::faults::FaultKind;
use super::grants::{self, Grant};
use super::oauth::SignIns;
use super::options::Options;
use super::organisation::Organisation;
use super::record_id::RecordId;
use super::rest::Locators;
use super::setup::Setup;
use super::sosl::Index;
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
    setup: Mutex<Setup>,
    locators: Mutex<Locators>,
    opened: Timestamp,
}

impl StandIn {
    pub(crate) fn new(
        options: Options,
        base_url: String,
        organisation: Organisation,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self(Arc::new(Shared {
            setup: Mutex::new(options.setup.clone()),
            locators: Mutex::default(),
            opened: clock.now(),
            options,
            base_url,
            clock,
            entropy,
            organisation: Mutex::new(organisation),
            sign_ins: Mutex::default(),
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

    /// How the organisation is set up now.
    pub(crate) fn setup(&self) -> Setup {
        locked(&self.0.setup).clone()
    }

    /// Sets the organisation up anew.
    pub(crate) fn set_up(&self, setup: Setup) {
        *locked(&self.0.setup) = setup;
    }

    pub(crate) fn locators(&self) -> MutexGuard<'_, Locators> {
        locked(&self.0.locators)
    }

    /// What the search index knows of. What was there at the start is in it.
    pub(crate) fn index(&self) -> Index {
        let setup = self.setup();
        let lag = SignedDuration::from_secs(setup.index_lag_seconds.into());
        let until = self.now().checked_sub(lag).unwrap_or(Timestamp::MIN);
        Index {
            until: if setup.index_lag_seconds == 0 {
                Timestamp::MAX
            } else {
                until.max(self.0.opened)
            },
            phones_by_parts: setup.phones_by_parts,
        }
    }

    /// Requests to the REST API that count against the daily limit.
    pub(crate) fn api_calls(&self) -> u64 {
        self.requests()
            .matching(|endpoint| endpoint.contains(" /services/data/v"))
    }

    /// Lets the application in for a user: a grant with an access token, and a refresh token
    /// when the scopes ask for one.
    pub(crate) fn admit(
        &self,
        user: RecordId,
        scopes: Vec<String>,
    ) -> std::io::Result<(Grant, String)> {
        let mut organisation = self.organisation();
        let refreshable = scopes
            .iter()
            .any(|scope| scope == "refresh_token" || scope == "offline_access");
        let mut grant = organisation.grants.next(user, scopes);
        grant.refresh_token = refreshable.then(|| grants::refresh_token(self.entropy()));
        let access_token = grant.issue(&organisation.id(), self.now(), self.entropy());
        organisation.put_grant(grant.clone())?;
        let most = self.setup().most_consents;
        for mut old in organisation.grants.beyond(&grant.user, most) {
            old.end();
            organisation.put_grant(old)?;
        }
        Ok((grant, access_token))
    }
}

/// A handler that panicked while it held a lock must not take the stand-in with it.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
