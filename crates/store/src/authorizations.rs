//! Consents that were asked for and not answered yet. One is known by the SHA-256 of its OAuth
//! `state` only; its PKCE verifier is sealed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use url::Url;

use crate::database::values;
use crate::sealer::Place;
use crate::{AccountId, ConnectionId, StoreError, UnitOfWork};

/// An attempt to get consent. No `Debug`: it holds the verifier.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    /// For which connection.
    pub connection: ConnectionId,
    /// The admin who asked.
    pub account: AccountId,
    /// Where the CRM sends the browser back to.
    pub redirect_uri: Url,
    /// The PKCE code verifier (RFC 7636).
    pub verifier: String,
    /// From when on an answer comes too late.
    pub expires: Timestamp,
}

/// An attempt that begins. No `Debug`: it holds the verifier.
#[derive(Clone)]
pub struct NewAuthorization {
    /// The digest of the OAuth `state`.
    pub state_sha256: Vec<u8>,
    /// For which connection.
    pub connection: ConnectionId,
    /// The admin who asks.
    pub account: AccountId,
    /// Where the CRM sends the browser back to.
    pub redirect_uri: Url,
    /// The PKCE code verifier (RFC 7636).
    pub verifier: String,
    /// From when on an answer comes too late.
    pub expires: Timestamp,
}

/// The attempts, in a unit of work.
pub struct Authorizations<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Authorizations<'_> {
    /// Begins an attempt.
    pub async fn create(&mut self, new: NewAuthorization) -> Result<(), StoreError> {
        let row = row_name(&new.state_sha256);
        let sealed = self.unit.seal(verifier_of(&row), &new.verifier)?;
        self.unit
            .execute(
                "INSERT INTO authorizations \
                 (state_sha256, connection, account, redirect_uri, sealed_verifier, expires) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
                values![
                    new.state_sha256,
                    new.connection,
                    new.account,
                    &new.redirect_uri,
                    sealed,
                    new.expires,
                ],
            )
            .await?;
        Ok(())
    }

    /// Uses an attempt up; `None` when there is none or it has expired by `now`, in which case
    /// it is removed as well. Of two that take the same, one gets it.
    pub async fn take(
        &mut self,
        state_sha256: &[u8],
        now: Timestamp,
    ) -> Result<Option<Authorization>, StoreError> {
        let row = self
            .unit
            .row(
                "DELETE FROM authorizations WHERE state_sha256 = $1 \
                 RETURNING connection, account, redirect_uri, sealed_verifier, expires",
                values![state_sha256],
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let expires = row.time("expires")?;
        if expires <= now {
            return Ok(None);
        }
        let sealed = row.bytes("sealed_verifier")?;
        let name = row_name(state_sha256);
        Ok(Some(Authorization {
            connection: row.parse("connection")?,
            account: row.parse("account")?,
            redirect_uri: row.parse("redirect_uri")?,
            verifier: self.unit.unseal(verifier_of(&name), &sealed)?,
            expires,
        }))
    }

    /// Removes the attempts that have expired by `now`, and tells how many.
    pub async fn delete_expired(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        let sql = "DELETE FROM authorizations WHERE expires <= $1";
        self.unit.execute(sql, values![now]).await
    }
}

fn verifier_of(row: &str) -> Place<'_> {
    Place {
        table: "authorizations",
        column: "sealed_verifier",
        row,
    }
}

/// The digest as text.
fn row_name(state_sha256: &[u8]) -> String {
    STANDARD.encode(state_sha256)
}
