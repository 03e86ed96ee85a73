//! Who is signed in. A session is known by the SHA-256 of its token only.

use jiff::Timestamp;

use crate::accounts::account_columns;
use crate::database::values;
use crate::{Account, AccountId, StoreError, UnitOfWork};

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub account: AccountId,
    /// When it began.
    pub created: Timestamp,
    /// From when on it counts no more.
    pub expires: Timestamp,
}

/// The sessions, in a unit of work.
pub struct Sessions<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Sessions<'_> {
    /// Begins a session. `token_sha256` is the digest of a new random token.
    pub async fn create(
        &mut self,
        token_sha256: &[u8],
        account: AccountId,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        let created = self.unit.now();
        self.unit
            .execute(
                "INSERT INTO sessions (token_sha256, account, created, expires) \
                 VALUES ($1, $2, $3, $4)",
                values![token_sha256, account, created, expires],
            )
            .await?;
        Ok(())
    }

    /// The session of this token and whose it is, unless it has expired by `now` or the account
    /// is disabled.
    pub async fn find(
        &mut self,
        token_sha256: &[u8],
        now: Timestamp,
    ) -> Result<Option<(Session, Account)>, StoreError> {
        let row = self
            .unit
            .row(
                concat!(
                    "SELECT ",
                    account_columns!(),
                    ", sessions.created AS began, expires \
                     FROM sessions JOIN accounts ON accounts.id = sessions.account \
                     WHERE token_sha256 = $1 AND expires > $2 AND disabled IS NULL"
                ),
                values![token_sha256, now],
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        let account = Account::read(&row)?;
        let session = Session {
            account: account.id,
            created: row.time("began")?,
            expires: row.time("expires")?,
        };
        Ok(Some((session, account)))
    }

    /// Ends a session.
    pub async fn delete(&mut self, token_sha256: &[u8]) -> Result<(), StoreError> {
        let sql = "DELETE FROM sessions WHERE token_sha256 = $1";
        self.unit.execute(sql, values![token_sha256]).await?;
        Ok(())
    }

    /// Ends all sessions of an account, except the one of this token where one is given, and tells
    /// how many.
    pub async fn delete_of(
        &mut self,
        account: AccountId,
        except: Option<&[u8]>,
    ) -> Result<u64, StoreError> {
        let sql = "DELETE FROM sessions WHERE account = $1 AND token_sha256 <> $2";
        let except = except.unwrap_or_default();
        self.unit.execute(sql, values![account, except]).await
    }

    /// Removes the sessions that have expired by `now`, and tells how many.
    pub async fn delete_expired(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        let sql = "DELETE FROM sessions WHERE expires <= $1";
        self.unit.execute(sql, values![now]).await
    }
}
