//! One-time links: to set up the first account, and to sign in without a password. A link is
//! known by the SHA-256 of its token only.

use jiff::Timestamp;

use crate::database::{Row, values};
use crate::{AccountId, StoreError, UnitOfWork};

/// What a one-time link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Making the first account.
    SetUp,
    /// Signing in as this account.
    SignIn(AccountId),
}

/// The one-time links, in a unit of work.
pub struct SignInLinks<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl SignInLinks<'_> {
    /// Makes a link. `token_sha256` is the digest of a new random token.
    pub async fn create(
        &mut self,
        token_sha256: &[u8],
        purpose: LinkPurpose,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        let account = match purpose {
            LinkPurpose::SetUp => None,
            LinkPurpose::SignIn(account) => Some(account),
        };
        self.unit
            .execute(
                "INSERT INTO sign_in_links (token_sha256, account, expires) VALUES ($1, $2, $3)",
                values![token_sha256, account, expires],
            )
            .await?;
        Ok(())
    }

    /// Uses the link up and tells what it was good for; `None` when there is none or it has
    /// expired by `now`. Of two that take the same link, one gets it.
    pub async fn take(
        &mut self,
        token_sha256: &[u8],
        now: Timestamp,
    ) -> Result<Option<LinkPurpose>, StoreError> {
        let row = self
            .unit
            .row(
                "DELETE FROM sign_in_links WHERE token_sha256 = $1 RETURNING account, expires",
                values![token_sha256],
            )
            .await?;
        match row {
            Some(row) if row.time("expires")? > now => LinkPurpose::read(&row).map(Some),
            _ => Ok(None),
        }
    }

    /// Tells what the link is good for and leaves it.
    pub async fn peek(
        &mut self,
        token_sha256: &[u8],
        now: Timestamp,
    ) -> Result<Option<LinkPurpose>, StoreError> {
        let row = self
            .unit
            .row(
                "SELECT account FROM sign_in_links WHERE token_sha256 = $1 AND expires > $2",
                values![token_sha256, now],
            )
            .await?;
        row.as_ref().map(LinkPurpose::read).transpose()
    }

    /// Removes every link that signs in as this account.
    pub async fn delete_of(&mut self, account: AccountId) -> Result<(), StoreError> {
        let sql = "DELETE FROM sign_in_links WHERE account = $1";
        self.unit.execute(sql, values![account]).await?;
        Ok(())
    }

    /// Removes every link that sets up the first account.
    pub async fn delete_purpose_set_up(&mut self) -> Result<(), StoreError> {
        let sql = "DELETE FROM sign_in_links WHERE account IS NULL";
        self.unit.execute(sql, values![]).await?;
        Ok(())
    }
}

impl LinkPurpose {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let account = row.optional_parse("account")?;
        Ok(account.map_or(Self::SetUp, Self::SignIn))
    }
}
