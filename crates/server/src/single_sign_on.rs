//! Sign-in at the company's identity provider: what is set up, and whom the provider's word lets in.
//!
//! Why it is done this way: `docs/adr/0015-a-person-is-a-verified-address.md`.

mod attempt;
mod outcome;
mod routes;
mod whose;

pub(crate) use routes::router;

use linecard_oidc::Registration;
use linecard_store::{AccountId, StoreError, UnitOfWork};
use serde::{Deserialize, Serialize};
use url::Url;

/// The name under which the store keeps it, its secret beside it.
const SETTING: &str = "single_sign_on";
/// Where the provider sends the browser back to.
const CALLBACK: &str = "/sign-in/oidc/callback";

/// What becomes of somebody whom the provider knows and Linecard does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Newcomers {
    /// They are told to ask for an invitation.
    #[default]
    Refused,
    /// They become agents at the extension that has their e-mail address.
    Agents,
}

/// How people sign in at the identity provider.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SingleSignOn {
    /// Whether the sign-in pages offer it.
    pub(crate) enabled: bool,
    /// What the button calls the provider.
    pub(crate) name: String,
    /// The provider's issuer, letter for letter.
    pub(crate) issuer: String,
    /// Linecard's name at the provider.
    pub(crate) client_id: String,
    /// What becomes of people without an account.
    pub(crate) newcomers: Newcomers,
    /// The only account whose password counts; `None`: everybody's does.
    pub(crate) password_only_for: Option<AccountId>,
    /// Counts the changes, so that two admins do not overwrite each other; 0 before the first.
    pub(crate) version: i64,
}

impl SingleSignOn {
    /// As it is now; switched off before anybody has set it up.
    pub(crate) async fn read(work: &mut UnitOfWork) -> Result<Self, StoreError> {
        Ok(work.settings().get(SETTING).await?.unwrap_or_default())
    }

    /// Whether a client secret is kept.
    pub(crate) async fn has_secret(work: &mut UnitOfWork) -> Result<bool, StoreError> {
        let secret = work.settings().secret::<String>(SETTING).await?;
        Ok(secret.is_some())
    }

    /// Keeps it. A secret that is given replaces the old one, an empty one removes it.
    pub(crate) async fn keep(
        &self,
        work: &mut UnitOfWork,
        secret: Option<&str>,
    ) -> Result<(), StoreError> {
        work.settings().put(SETTING, self).await?;
        if let Some(secret) = secret {
            let kept = (!secret.is_empty()).then_some(secret);
            work.settings().put_secret(SETTING, kept).await?;
        }
        Ok(())
    }

    /// Whether this account may sign in by its password.
    pub(crate) fn allows_password(&self, account: AccountId) -> bool {
        !self.enabled || self.password_only_for.is_none_or(|only| only == account)
    }

    /// How Linecard is registered at the provider.
    pub(crate) async fn registration(
        self,
        work: &mut UnitOfWork,
        home: &Url,
    ) -> Result<Registration, StoreError> {
        Ok(Registration {
            issuer: self.issuer,
            client_id: self.client_id,
            client_secret: work.settings().secret::<String>(SETTING).await?,
            redirect_uri: redirect_uri(home),
        })
    }
}

/// Where the provider sends the browser back to.
pub(crate) fn redirect_uri(home: &Url) -> Url {
    let mut address = home.clone();
    address.set_path(CALLBACK);
    address.set_query(None);
    address.set_fragment(None);
    address
}
