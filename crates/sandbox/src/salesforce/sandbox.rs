//! Starts and stops a stand-in, and controls it from the same process.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use axum::Router;
use linecard_clock::{Clock, Entropy};
use serde_json::Value;

use super::faults::{Fault, FaultKind};
use super::management::records;
use super::options::Options;
use super::organisation::Organisation;
use super::seed::SeedError;
use super::setup::Setup;
use super::sobjects::schema::Object;
use super::sobjects::sobject;
use super::stand_in::StandIn;
use super::{management, oauth, pages, rest};
use crate::server::{Place, PortTaken, Server};

/// A running stand-in. Dropping it ends it at once, connections included, as a kill would;
/// [`Sandbox::stop`] lets it finish what it is answering.
pub struct Sandbox {
    stand_in: StandIn,
    server: Server,
}

/// Why a stand-in did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port cannot be had.
    #[error(transparent)]
    Port(#[from] PortTaken),
    /// The data file cannot be read or written.
    #[error(
        "the stand-in's data file {path} cannot be used ({source}): mend or remove it, or give \
         another file"
    )]
    Data {
        /// The file.
        path: String,
        /// What went wrong.
        source: io::Error,
    },
    /// The seed cannot be used.
    #[error(transparent)]
    Seed(#[from] SeedError),
}

/// What an application holds after consent.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Opens the API.
    pub access_token: String,
    /// Gets another access token.
    pub refresh_token: String,
}

impl Sandbox {
    /// Binds 127.0.0.1, reads or seeds the records, and serves. Needs a Tokio runtime.
    pub async fn start(
        options: Options,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StartError> {
        let place = Place::take(options.port, options.tls.clone()).await?;
        let seeds = options.seed.records(clock.now())?;
        let organisation =
            Organisation::open(options.data.clone(), seeds).map_err(|source| StartError::Data {
                path: options
                    .data
                    .as_deref()
                    .map(|path| path.display().to_string())
                    .unwrap_or_default(),
                source,
            })?;
        let base_url = place.base_url().to_owned();
        let stand_in = StandIn::new(options, base_url, organisation, clock, entropy);
        let server = place.serve(router(&stand_in), rest::without_trailing_slash);
        Ok(Self { stand_in, server })
    }

    /// Where it is: `http://127.0.0.1:8090`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.stand_in.base_url()
    }

    /// Takes no new connections, answers what was asked (for at most five seconds), and ends.
    pub async fn stop(self) {
        self.server.stop().await;
    }

    /// The records of an object that are not deleted, every field included, oldest first; empty
    /// for an object that the stand-in does not know.
    #[must_use]
    pub fn records(&self, object: &str) -> Vec<Value> {
        let Some(object) = Object::named(object) else {
            return Vec::new();
        };
        let setup = everything(&self.stand_in);
        let organisation = self.stand_in.organisation();
        let records = organisation.records.of(object);
        records
            .map(|record| sobject(record, rest::NEWEST, &setup))
            .collect()
    }

    /// Puts a record in as it is, past every rule, and gives its id. `None` for an object or a
    /// field that there is not.
    pub fn put(&self, object: &str, fields: &Value) -> io::Result<Option<String>> {
        records::put(&self.stand_in, object, fields)
    }

    /// Changes fields of a record past every rule; whether it is there.
    pub fn change(&self, id: &str, fields: &Value) -> io::Result<bool> {
        records::change(&self.stand_in, id, fields)
    }

    /// Puts a record into the recycle bin; whether it was there.
    pub fn delete(&self, id: &str) -> io::Result<bool> {
        records::delete(&self.stand_in, id)
    }

    /// Takes a record out of the recycle bin for good.
    pub fn purge(&self, id: &str) -> io::Result<()> {
        records::purge(&self.stand_in, id)
    }

    /// Merges `loser` into `master`, which keeps its Tasks; whether both are there.
    pub fn merge(&self, master: &str, loser: &str) -> io::Result<bool> {
        records::merge(&self.stand_in, master, loser)
    }

    /// Makes a lead a contact (and an account) and gives the contact's id; `None` if it is none.
    pub fn convert(&self, lead: &str) -> io::Result<Option<String>> {
        records::convert(&self.stand_in, lead)
    }

    /// How the organisation is set up now.
    #[must_use]
    pub fn setup(&self) -> Setup {
        self.stand_in.setup()
    }

    /// Sets the organisation up anew.
    pub fn set_up(&self, change: impl FnOnce(&mut Setup)) {
        let mut setup = self.stand_in.setup();
        change(&mut setup);
        self.stand_in.set_up(setup);
    }

    /// Lets something go wrong.
    pub fn add_fault(&self, fault: Fault) {
        self.stand_in.faults().add(fault);
    }

    /// How often faults of this kind have come.
    #[must_use]
    pub fn fired(&self, kind: FaultKind) -> u64 {
        let faults = self.stand_in.faults();
        faults.fired().get(&kind).copied().unwrap_or(0)
    }

    /// Nothing goes wrong any more.
    pub fn clear_faults(&self) {
        self.stand_in.faults().clear();
    }

    /// Ends the access tokens issued so far. Refresh tokens stay good.
    pub fn expire_access_tokens(&self) -> io::Result<()> {
        self.stand_in
            .organisation()
            .change_grants(|grant| grant.access_tokens.clear())
    }

    /// Ends every grant: access and refresh tokens.
    pub fn revoke_grants(&self) -> io::Result<()> {
        self.stand_in
            .organisation()
            .change_grants(super::grants::Grant::end)
    }

    /// Lets the application in for the user of this name, without pages. `None` when no active
    /// user has the name.
    pub fn sign_in(&self, username: &str) -> io::Result<Option<Tokens>> {
        management::sign_in(&self.stand_in, username)
    }

    /// All requests since the start or the last reset, the management's own left out.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.stand_in.requests().total()
    }

    /// The requests to one endpoint, record ids written `{id}`:
    /// `"POST /services/data/v66.0/sobjects/Task"`.
    #[must_use]
    pub fn requests_to(&self, endpoint: &str) -> u64 {
        self.stand_in.requests().of(endpoint)
    }
}

/// A view that hides no field, for whoever looks from outside.
pub(crate) fn everything(stand_in: &StandIn) -> Setup {
    Setup {
        hidden_fields: BTreeSet::new(),
        ..stand_in.setup()
    }
}

fn router(stand_in: &StandIn) -> Router {
    Router::new()
        .merge(oauth::routes())
        .merge(rest::routes(stand_in))
        .merge(pages::routes())
        .layer(axum::middleware::from_fn_with_state(
            stand_in.clone(),
            super::faults::inject,
        ))
        .merge(management::routes())
        .layer(tower_http::compression::CompressionLayer::new())
        .layer(axum::middleware::from_fn(rest::limit_address))
        .with_state(stand_in.clone())
}
