//! Those who set up and those who look on.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use linecard_flow::Flow;
use linecard_store::{Account, Role};

use super::Refusal;
use super::caller::Caller;
use crate::home_check::Checked;
use crate::problem::Problem;
use crate::state::App;

/// Someone who may see and change everything.
pub(crate) struct Admin {
    pub(crate) account: Account,
    app: App,
}

/// An admin at a page: what gives others access is not for programs with a key, or a key that was
/// stolen could make itself new ones.
pub(crate) struct AdminInPerson(pub(crate) Admin);

/// Someone who may see everybody's calls, the figures and the health, and change nothing of the
/// set-up. Admins may, too.
pub(crate) struct Supervisor {
    app: App,
}

impl FromRequestParts<App> for Admin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::admitted(parts, app).await?;
        match caller.account.role {
            Role::Admin => Ok(Self {
                account: caller.account,
                app: app.clone(),
            }),
            Role::Agent | Role::Supervisor => Err(Refusal::AdminOnly.into()),
        }
    }
}

impl Admin {
    /// Everything.
    pub(crate) fn flow(&self) -> &Flow {
        &self.app.flow
    }

    /// For what needs more than the way of a call: hashing a password, making a link.
    pub(crate) fn app(&self) -> &App {
        &self.app
    }
}

impl FromRequestParts<App> for AdminInPerson {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::admitted(parts, app).await?;
        match caller.account.role {
            Role::Admin if caller.is_a_program() => Err(Refusal::InPersonOnly.into()),
            Role::Admin => Ok(Self(Admin {
                account: caller.account,
                app: app.clone(),
            })),
            Role::Agent | Role::Supervisor => Err(Refusal::AdminOnly.into()),
        }
    }
}

impl FromRequestParts<App> for Supervisor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::admitted(parts, app).await?;
        match caller.account.role {
            Role::Admin | Role::Supervisor => Ok(Self { app: app.clone() }),
            Role::Agent => Err(Refusal::SupervisorOnly.into()),
        }
    }
}

impl Supervisor {
    /// Everything; it is for looking at.
    pub(crate) fn flow(&self) -> &Flow {
        &self.app.flow
    }

    /// What the last look at the home addresses showed.
    pub(crate) fn home_checks(&self) -> Vec<Checked> {
        self.app.home_checks.last()
    }
}
