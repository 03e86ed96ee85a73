//! What the company asks of a sign-in.

use linecard_store::{Account, Role, StoreError, UnitOfWork};
use serde::{Deserialize, Serialize};

use crate::single_sign_on::SingleSignOn;

/// The name under which the store keeps it.
const SETTING: &str = "sign_in";

/// What the company asks of a sign-in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SignInRules {
    /// An admin without a second factor reaches nothing but the page where one is set up.
    pub(crate) second_factor_for_admins: bool,
    /// Counts the changes, so that two admins do not overwrite each other.
    pub(crate) version: i64,
}

impl SignInRules {
    /// As they are now; none before anybody chose.
    pub(crate) async fn read(work: &mut UnitOfWork) -> Result<Self, StoreError> {
        Ok(work.settings().get(SETTING).await?.unwrap_or_default())
    }

    /// Keeps them.
    pub(crate) async fn keep(self, work: &mut UnitOfWork) -> Result<(), StoreError> {
        work.settings().put(SETTING, &self).await
    }
}

/// Whether the person must set up a second factor before anything else.
pub(crate) async fn must_enrol(
    work: &mut UnitOfWork,
    account: &Account,
) -> Result<bool, StoreError> {
    // Asked with each request: those whom no rule concerns do not wait for one to be read.
    if account.role != Role::Admin || account.second_factor {
        return Ok(false);
    }
    if !SignInRules::read(work).await?.second_factor_for_admins {
        return Ok(false);
    }
    // Whose password is good for nothing signs in at the identity provider, which asks for more
    // than that in its own way.
    let single = SingleSignOn::read(work).await?;
    Ok(single.allows_password(account.id))
}
