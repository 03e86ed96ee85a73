//! Someone who looks at calls: at everybody's, or at those of the own extension.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use linecard_flow::Flow;
use linecard_number::Extension;
use linecard_store::{Account, CallFilter, Role};

use super::Refusal;
use super::caller::Caller;
use crate::problem::Problem;
use crate::sight::Sight;
use crate::state::App;

/// Someone who may look at calls. Admins and supervisors see everybody's, agents their own.
pub(crate) struct CallReader {
    pub(crate) account: Account,
    app: App,
    /// The extension beside whose calls nothing is seen.
    own: Option<Extension>,
}

impl FromRequestParts<App> for CallReader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Caller { account, .. } = Caller::admitted(parts, app).await?;
        let own = match account.role {
            Role::Admin | Role::Supervisor => None,
            Role::Agent => Some(account.extension.clone().ok_or(Refusal::NoExtension)?),
        };
        Ok(Self {
            account,
            app: app.clone(),
            own,
        })
    }
}

impl CallReader {
    /// For reading; what is read of a call goes through [`CallReader::confined`],
    /// [`CallReader::own`] and [`CallReader::sight`].
    pub(crate) fn flow(&self) -> &Flow {
        &self.app.flow
    }

    /// How the numbers of outside parties are seen (F17).
    pub(crate) fn sight(&self) -> Sight {
        Sight::of(&self.app.flow, &self.account)
    }

    /// The extension whose calls alone are seen; `None`: everybody's.
    pub(crate) fn own(&self) -> Option<&Extension> {
        self.own.as_ref()
    }

    /// The filter, made no wider than what may be seen. Whoever may not know a number may not find
    /// it out digit by digit either.
    pub(crate) fn confined(&self, mut filter: CallFilter) -> Result<CallFilter, Problem> {
        if let Some(own) = &self.own {
            if filter.extension.as_ref().is_some_and(|it| it != own) {
                return Err(Refusal::OthersCalls.into());
            }
            filter.extension = Some(own.clone());
        }
        let asks_for_digits = |text: &String| text.chars().any(char::is_numeric);
        let digits =
            !filter.digits.is_empty() || filter.person.as_ref().is_some_and(asks_for_digits);
        if digits && self.sight().is_masked() {
            return Err(Refusal::NoSearchByDigits.into());
        }
        Ok(filter)
    }
}
