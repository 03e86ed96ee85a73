//! Starts and stops a stand-in, and controls it from the same process.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use linecard_clock::Clock;
use serde_json::Value;

use super::asked::Param;
use super::faults::{Fault, FaultKind};
use super::management::{self, Group};
use super::methods::{Author, NewRecord, change_record, put_record};
use super::options::{Options, Switches};
use super::records::Kind;
use super::seed::SeedError;
use super::stand_in::StandIn;
use super::{pages, rest};
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

impl Sandbox {
    /// Binds 127.0.0.1, seeds the records, and serves. Needs a Tokio runtime.
    pub async fn start(options: Options, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let place = Place::take(options.port, options.tls.clone()).await?;
        let portal = options.seed.portal(clock.now())?;
        let base_url = place.base_url().to_owned();
        let stand_in = StandIn::new(options, base_url, portal, clock);
        let server = place.serve(router(&stand_in), |request| request);
        Ok(Self { stand_in, server })
    }

    /// Where it is: `http://127.0.0.1:8090`, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.stand_in.base_url()
    }

    /// The address of its first webhook, as an administrator copies it; empty without one.
    #[must_use]
    pub fn webhook_url(&self) -> String {
        management::webhook_url(&self.stand_in).unwrap_or_default()
    }

    /// Takes no new connections, answers what was asked (for at most five seconds), and ends.
    pub async fn stop(self) {
        self.server.stop().await;
    }

    /// The records of `user`, `lead`, `deal`, `contact`, `company` or `activity`, every field
    /// included, oldest first; empty for anything else.
    #[must_use]
    pub fn records(&self, group: &str) -> Vec<Value> {
        Group::named(group).map_or_else(Vec::new, |group| management::all(&self.stand_in, group))
    }

    /// Puts a record in, its fields by the names of the older methods; tells its id.
    pub fn put(&self, kind: Kind, fields: &Value) -> Result<u64, SeedError> {
        let fields: Param = serde_json::from_value(fields.clone())?;
        let new = NewRecord {
            kind,
            fields: &fields,
        };
        let author = self.admin();
        Ok(put_record(&mut self.stand_in.portal(), author, &new))
    }

    /// Somebody in the portal.
    fn admin(&self) -> Author {
        let now = self.stand_in.now();
        Author {
            user: 1,
            now,
            indexed: now,
        }
    }

    /// Changes a record, as somebody in the portal would; its fields by the same names.
    pub fn change(&self, kind: Kind, id: u64, fields: &Value) -> Result<(), SeedError> {
        let fields: Param = serde_json::from_value(fields.clone())?;
        let author = self.admin();
        change_record(&mut self.stand_in.portal(), author, (kind, id), &fields);
        Ok(())
    }

    /// Gives an activity another text, as somebody in the portal would who types.
    pub fn describe(&self, activity: u64, text: &str) {
        if let Some(activity) = self.stand_in.portal().activity_mut(activity) {
            activity.row.set("DESCRIPTION", text);
        }
    }

    /// Takes a record away, as somebody in the portal would.
    pub fn remove(&self, kind: Kind, id: u64) {
        self.stand_in.portal().remove_entity((kind, id));
    }

    /// Lets a user come or go.
    pub fn set_active(&self, user: u64, is_active: bool) {
        let mut portal = self.stand_in.portal();
        if let Some(mut known) = portal.user(user).cloned() {
            known.fields.insert("ACTIVE".to_owned(), is_active.into());
            portal.put_user(known);
        }
    }

    /// Lets something go wrong.
    pub fn add_fault(&self, fault: Fault) {
        self.stand_in.faults().add(fault);
    }

    /// Nothing goes wrong any more.
    pub fn clear_faults(&self) {
        self.stand_in.faults().clear();
    }

    /// How often each kind of fault went wrong since the start or the last reset.
    #[must_use]
    pub fn fired(&self) -> BTreeMap<FaultKind, u64> {
        self.stand_in.faults().fired().clone()
    }

    /// What the stand-in does where portals differ.
    #[must_use]
    pub fn switches(&self) -> Switches {
        self.stand_in.switches()
    }

    /// Changes that.
    pub fn switch(&self, switches: Switches) {
        self.stand_in.switch(switches);
    }

    /// Takes every webhook back, as an administrator does who deletes it or edits another's.
    pub fn revoke_webhooks(&self) {
        self.stand_in.webhooks().clear();
    }

    /// Puts the webhooks of the start in their place again.
    pub fn restore_webhooks(&self) {
        self.stand_in
            .webhooks()
            .clone_from(&self.stand_in.options().webhooks);
    }

    /// All requests since the start or the last reset, the management's own left out.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.stand_in.requests().total()
    }

    /// The requests to one method, `"POST crm.activity.add"`. A batch is one request.
    #[must_use]
    pub fn requests_to(&self, endpoint: &str) -> u64 {
        self.stand_in.requests().of(endpoint)
    }
}

fn router(stand_in: &StandIn) -> Router {
    Router::new()
        .merge(rest::routes())
        .merge(pages::routes())
        .merge(management::routes())
        .layer(tower_http::compression::CompressionLayer::new())
        .with_state(stand_in.clone())
}
