//! Whom the provider vouches for.

use openidconnect::{AdditionalClaims, EndUserEmail, EndUserName, LocalizedClaim};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::OidcError;

/// Somebody who has signed in at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// An e-mail address of which the provider says that it is the person's.
    pub email: String,
    /// The name for people, where the provider tells one.
    pub name: Option<String>,
}

/// What is read beside the standard's own claims.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Extra {
    /// Microsoft Entra ID sends no `email_verified`. This optional claim says that the address is
    /// in a domain whose owner was verified:
    /// <https://learn.microsoft.com/entra/identity-platform/optional-claims-reference>.
    xms_edov: Option<Value>,
}

impl AdditionalClaims for Extra {}

impl Extra {
    /// Entra writes it as a boolean, a number or a text.
    fn is_domain_owner_verified(&self) -> bool {
        match &self.xms_edov {
            Some(Value::Bool(said)) => *said,
            Some(Value::Number(said)) => said.as_u64() == Some(1),
            Some(Value::String(said)) => said == "1" || said == "true",
            _ => false,
        }
    }
}

impl Person {
    /// Only a verified address names somebody: anybody may write any address into a profile.
    pub(crate) fn of(
        email: Option<&EndUserEmail>,
        verified: Option<bool>,
        name: Option<&LocalizedClaim<EndUserName>>,
        extra: &Extra,
    ) -> Result<Self, OidcError> {
        let email = email.ok_or(OidcError::NoEmail)?.to_string();
        if verified != Some(true) && !extra.is_domain_owner_verified() {
            return Err(OidcError::EmailNotVerified(email));
        }
        let name = name.and_then(|name| name.get(None));
        Ok(Self {
            email,
            name: name.map(|name| name.to_string()),
        })
    }
}
