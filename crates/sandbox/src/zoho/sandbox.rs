//! Starts and stops a stand-in, and controls it from the same process.

use std::sync::Arc;

use axum::Router;
use linecard_clock::{Clock, Entropy};
use serde_json::{Map, Value};

use super::api::{View, shown};
use super::faults::{Fault, FaultKind};
use super::options::Options;
use super::organisation::{ID, ZGID};
use super::schema::Module;
use super::seed::{self, SeedError};
use super::stand_in::StandIn;
use super::switches::Switches;
use super::{api, management, oauth, pages};
use crate::server::{Place, PortTaken, Server, Tls};

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
    /// Binds 127.0.0.1, seeds the records, and serves. Needs a Tokio runtime.
    pub async fn start(
        options: Options,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StartError> {
        Self::start_with(options, clock, entropy, None).await
    }

    /// The same behind a certificate.
    pub async fn start_with(
        options: Options,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        tls: Option<Tls>,
    ) -> Result<Self, StartError> {
        let place = Place::take(options.port, tls).await?;
        let organisation = options.seed.organisation(clock.now())?;
        let base_url = place.base_url().to_owned();
        let stand_in = StandIn::new(options, base_url, organisation, clock, entropy);
        let server = place.serve(router(&stand_in), without_trailing_slash);
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

    /// The id of the organisation, and its number in the addresses of pages.
    #[must_use]
    pub fn organisation() -> (&'static str, &'static str) {
        (ID, ZGID)
    }

    /// The id of the user with this e-mail address, active or not.
    #[must_use]
    pub fn user(&self, email: &str) -> Option<String> {
        let organisation = self.stand_in.organisation();
        let user = organisation.users.iter().find(|user| user.email == email);
        user.map(|user| user.id.to_string())
    }

    /// Somebody leaves, or comes back.
    pub fn set_active(&self, user: &str, active: bool) {
        let mut organisation = self.stand_in.organisation();
        for one in &mut organisation.users {
            if one.id.to_string() == user {
                one.active = active;
            }
        }
    }

    /// The records of a module that are not deleted, as the API shows them, oldest first; empty
    /// for a module that the stand-in does not know.
    #[must_use]
    pub fn records(&self, module: &str) -> Vec<Value> {
        let Some(module) = Module::named(module) else {
            return Vec::new();
        };
        let switches = self.stand_in.switches();
        let zone = self.stand_in.zone();
        let organisation = self.stand_in.organisation();
        let view = View {
            organisation: &organisation,
            switches: &switches,
            zone,
        };
        organisation
            .records
            .of(module)
            .map(|record| shown(&view, record, None))
            .collect()
    }

    /// Puts a record in as somebody would who typed it: `Owner` is an e-mail address or an id.
    pub fn put(&self, module: &str, fields: &Map<String, Value>) -> Result<String, SeedError> {
        let now = self.stand_in.now();
        let module =
            Module::named(module).ok_or_else(|| SeedError::UnknownName(module.to_owned()))?;
        let mut organisation = self.stand_in.organisation();
        seed::put(&mut organisation, module, fields, now).map(|id| id.to_string())
    }

    /// Changes a record as somebody would who types.
    pub fn change(&self, id: &str, field: &str, value: &str) {
        let now = self.stand_in.now();
        let mut organisation = self.stand_in.organisation();
        let record = id
            .parse()
            .ok()
            .and_then(|id| organisation.records.get_mut(id));
        if let Some(record) = record {
            record.fields.insert(field.to_owned(), value.into());
            record.derive_name();
            record.modified = now;
        }
    }

    /// Converts a lead: it lives on as a contact.
    pub fn convert(&self, id: &str) {
        let now = self.stand_in.now();
        let mut organisation = self.stand_in.organisation();
        let record = id
            .parse()
            .ok()
            .and_then(|id| organisation.records.get_mut(id));
        if let Some(record) = record {
            record.converted = true;
            record.modified = now;
        }
    }

    /// Deletes a record: it goes to the recycle bin.
    pub fn delete(&self, id: &str) {
        let now = self.stand_in.now();
        let mut organisation = self.stand_in.organisation();
        let record = id
            .parse()
            .ok()
            .and_then(|id| organisation.records.get_mut(id));
        if let Some(record) = record {
            record.deleted = Some(now);
        }
    }

    /// Changes how Zoho behaves.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        self.stand_in.change_switches(change);
    }

    /// Lets something go wrong.
    pub fn add_fault(&self, fault: Fault) {
        self.stand_in.faults().add(fault);
    }

    /// Nothing goes wrong any more.
    pub fn clear_faults(&self) {
        self.stand_in.faults().clear();
    }

    /// How often something went wrong since the start or the last reset.
    #[must_use]
    pub fn fired(&self, kind: FaultKind) -> u64 {
        let faults = self.stand_in.faults();
        faults.fired().get(&kind).copied().unwrap_or(0)
    }

    /// Ends the access tokens issued so far. Refresh tokens stay good.
    pub fn expire_access_tokens(&self) {
        self.stand_in.organisation().grants.expire();
    }

    /// Ends every grant: access and refresh tokens.
    pub fn revoke_grants(&self) {
        self.stand_in.organisation().grants.revoke_all();
    }

    /// Lets the application in for the user with this e-mail address, without pages and with
    /// every scope. `None` when no active user has it.
    #[must_use]
    pub fn sign_in(&self, email: &str) -> Option<Tokens> {
        management::sign_in(&self.stand_in, email)
    }

    /// All requests since the start or the last reset, the management's own left out.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.stand_in.requests().total()
    }

    /// The requests to one endpoint, record ids written `{id}`: `"POST /crm/v8/Calls"`.
    #[must_use]
    pub fn requests_to(&self, endpoint: &str) -> u64 {
        self.stand_in.requests().of(endpoint)
    }
}

fn router(stand_in: &StandIn) -> Router {
    Router::new()
        .merge(oauth::routes())
        .merge(api::routes(stand_in))
        .merge(pages::routes())
        .layer(axum::middleware::from_fn_with_state(
            stand_in.clone(),
            super::faults::inject,
        ))
        .merge(management::routes())
        .layer(tower_http::compression::CompressionLayer::new())
        .with_state(stand_in.clone())
}

/// One slash more at the end means the same.
fn without_trailing_slash<B>(mut request: hyper::Request<B>) -> hyper::Request<B> {
    let uri = request.uri();
    let path = uri.path().trim_end_matches('/');
    if path.is_empty() || path.len() == uri.path().len() {
        return request;
    }
    let shorter = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    if let Ok(shorter) = shorter.parse() {
        *request.uri_mut() = shorter;
    }
    request
}
