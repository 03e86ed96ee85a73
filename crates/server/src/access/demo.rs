//! Anybody signed in, while there is a simulated phone system to play with.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use linecard_flow::LiveCall;
use linecard_pbx::Pbx;

use super::Refusal;
use super::caller::Caller;
use crate::problem::Problem;
use crate::sight::Sight;
use crate::stand_in::StandIn;
use crate::state::App;

/// Anybody signed in, while there is a simulated phone system to play with.
pub(crate) struct Demo {
    app: App,
    phone_system: Arc<dyn Pbx>,
}

impl FromRequestParts<App> for Demo {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::admitted(parts, app).await?;
        if Sight::of(&app.flow, &caller.account).is_masked() {
            return Err(Refusal::NumbersHidden.into());
        }
        let phone_system = app
            .flow
            .phone_systems()
            .simulation()
            .ok_or(Refusal::NoSimulation)?;
        Ok(Self {
            app: app.clone(),
            phone_system,
        })
    }
}

impl Demo {
    /// The outside line.
    pub(crate) fn simulation(&self) -> Result<&dyn linecard_pbx::Simulation, Problem> {
        self.phone_system
            .simulation()
            .ok_or_else(|| Refusal::NoSimulation.into())
    }

    /// The calls that live now, on every phone system.
    pub(crate) fn live_calls(&self) -> Vec<LiveCall> {
        self.app.flow.live_calls()
    }

    /// The CRMs that run beside the demo.
    pub(crate) fn stand_ins(&self) -> &[StandIn] {
        &self.app.stand_ins
    }

    /// The simulated phone system, for its desk phones.
    pub(crate) fn phone_system(&self) -> &dyn Pbx {
        &*self.phone_system
    }
}
