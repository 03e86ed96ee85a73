//! Starts and stops a stand-in, and controls it from the same process.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use linecard_clock::{Clock, Entropy};
use serde_json::{Map, Value, json};

use super::faults::{Fault, FaultKind};
use super::options::{Options, Switches};
use super::portal::{Derivation, Kind, Properties};
use super::seed::SeedError;
use super::stand_in::StandIn;
use super::{management, oauth, pages, paths, rest};
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
    /// The seed cannot be used.
    #[error(transparent)]
    Seed(#[from] SeedError),
}

/// What an app holds after consent.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Opens the API.
    pub access_token: String,
    /// Gets another access token.
    pub refresh_token: String,
}

/// An association, as the record that is asked about sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The other record's type: `contacts`.
    pub kind: &'static str,
    /// The other record's id.
    pub id: String,
    /// The number of the association's type: 194 from a call to a contact.
    pub type_id: u32,
}

impl Sandbox {
    /// Binds 127.0.0.1, makes the records, and serves. Needs a Tokio runtime.
    pub async fn start(
        options: Options,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StartError> {
        let derivation = Derivation {
            country: options.country.clone(),
            plus: options.switches.international_plus,
        };
        let portal = options
            .seed
            .portal(clock.now(), &derivation, options.owner_equals_user)?;
        let place = Place::take(options.port, None).await?;
        let base_url = place.base_url().to_owned();
        let stand_in = StandIn::new(options, base_url, portal, clock, entropy);
        let server = place.serve(router(&stand_in), paths::newest);
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

    /// The records of a type that are not archived, as the API tells them with every property,
    /// by id; empty for a type that the stand-in does not know.
    #[must_use]
    pub fn records(&self, kind: &str) -> Vec<Value> {
        Kind::named(kind).map_or_else(Vec::new, |kind| management::all(&self.stand_in, kind))
    }

    /// Whom a record is associated with, by type and id.
    #[must_use]
    pub fn associated(&self, kind: &str, id: &str) -> Vec<Link> {
        let (Some(kind), Ok(id)) = (Kind::named(kind), id.parse()) else {
            return Vec::new();
        };
        let call_lead = self.stand_in.switches().call_lead_type;
        let portal = self.stand_in.portal();
        Kind::ALL
            .into_iter()
            .flat_map(|to| {
                portal
                    .associated((kind, id), to, call_lead)
                    .into_iter()
                    .map(move |(id, type_id)| Link {
                        kind: to.plural(),
                        id: id.to_string(),
                        type_id,
                    })
            })
            .collect()
    }

    /// The ids of the owners by e-mail address, those who left included.
    #[must_use]
    pub fn owner(&self, email: &str) -> Option<String> {
        let portal = self.stand_in.portal();
        let owner = portal.owners.iter().find(|owner| owner.email == email)?;
        Some(owner.id.to_string())
    }

    /// Adds a record past every limit and fault; `associated` are ids with the type of the
    /// association seen from the new record. The vendor's words when it breaks a rule.
    pub fn add(
        &self,
        kind: &str,
        properties: &[(&str, &str)],
        associated: &[(&str, u32)],
    ) -> Result<String, String> {
        let kind = Kind::named(kind).ok_or_else(|| format!("there is no type {kind}"))?;
        let properties: Map<String, Value> = properties
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).into()))
            .collect();
        let associations: Vec<Value> = associated
            .iter()
            .map(|(id, type_id)| json!({"to": {"id": id}, "types": [{"associationTypeId": type_id}]}))
            .collect();
        let input = Map::from_iter([
            ("properties".to_owned(), properties.into()),
            ("associations".to_owned(), associations.into()),
        ]);
        management::add(&self.stand_in, kind, &input)
            .map(|id| id.to_string())
            .map_err(|error| error.body().to_string())
    }

    /// Changes a record past every limit, as somebody at the CRM's own pages would. Whether it
    /// was there.
    #[must_use]
    pub fn change(&self, kind: &str, id: &str, properties: &[(&str, &str)]) -> bool {
        let (Some(kind), Ok(id)) = (Kind::named(kind), id.parse()) else {
            return false;
        };
        let properties: Properties = properties
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let (now, derivation) = (self.stand_in.now(), self.stand_in.derivation());
        let mut portal = self.stand_in.portal();
        portal
            .change(kind, id, properties, now, &derivation)
            .is_some()
    }

    /// Archives a record, as somebody at the CRM's own pages would.
    pub fn archive(&self, kind: &str, id: &str) {
        if let (Some(kind), Ok(id)) = (Kind::named(kind), id.parse()) {
            let now = self.stand_in.now();
            self.stand_in.portal().archive(kind, id, now);
        }
    }

    /// Merges `merged` into `primary`. Whether both were there.
    #[must_use]
    pub fn merge(&self, kind: &str, primary: &str, merged: &str) -> bool {
        let (Some(kind), Ok(primary), Ok(merged)) =
            (Kind::named(kind), primary.parse(), merged.parse())
        else {
            return false;
        };
        let (now, derivation) = (self.stand_in.now(), self.stand_in.derivation());
        self.stand_in
            .portal()
            .merge(kind, primary, merged, now, &derivation)
    }

    /// Deactivates an owner.
    pub fn deactivate(&self, email: &str) {
        for owner in &mut self.stand_in.portal().owners {
            owner.archived |= owner.email == email;
        }
    }

    /// Changes the switches.
    pub fn switch(&self, change: impl FnOnce(&mut Switches)) {
        let mut switches = self.stand_in.switches();
        change(&mut switches);
        self.stand_in.set_switches(switches);
    }

    /// Lets something go wrong.
    pub fn add_fault(&self, fault: Fault) {
        self.stand_in.faults().add(fault);
    }

    /// Nothing goes wrong any more.
    pub fn clear_faults(&self) {
        self.stand_in.faults().clear();
    }

    /// How often this kind of fault went wrong since the start or the last reset.
    #[must_use]
    pub fn fired(&self, kind: FaultKind) -> u64 {
        self.stand_in
            .faults()
            .fired()
            .get(&kind)
            .copied()
            .unwrap_or(0)
    }

    /// Ends the access tokens issued so far. Refresh tokens stay good.
    pub fn expire_access_tokens(&self) {
        self.stand_in.grants().expire();
    }

    /// Ends every grant, and the service key.
    pub fn revoke_grants(&self) {
        self.stand_in.grants().revoke();
    }

    /// Lets the app in for the owner with this e-mail address, without pages. `None` when no
    /// active owner has it.
    #[must_use]
    pub fn sign_in(&self, email: &str) -> Option<Tokens> {
        management::sign_in(&self.stand_in, email)
    }

    /// All requests since the start or the last reset, the management's own left out.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.stand_in.requests().total()
    }

    /// The requests to one endpoint in its newest form, record ids written `{id}`:
    /// `"POST /crm/objects/2026-09/contacts/search"`.
    #[must_use]
    pub fn requests_to(&self, endpoint: &str) -> u64 {
        self.stand_in.requests().of(endpoint)
    }
}

fn router(stand_in: &StandIn) -> Router {
    Router::new()
        .merge(oauth::routes())
        .merge(rest::routes(stand_in))
        .merge(pages::routes())
        .fallback(nothing_here)
        .layer(axum::middleware::from_fn_with_state(
            stand_in.clone(),
            super::faults::inject,
        ))
        .merge(management::routes())
        .layer(tower_http::compression::CompressionLayer::new())
        .with_state(stand_in.clone())
}

/// For every address that means nothing: in the API's way, or on a page.
async fn nothing_here(State(stand_in): State<StandIn>, request: Request) -> Response {
    let path = request.uri().path();
    if ["/crm/", "/oauth/", "/account-info/"]
        .iter()
        .any(|root| path.starts_with(root))
    {
        rest::nothing_here(&stand_in)
    } else {
        pages::nothing_here(request.headers())
    }
}
