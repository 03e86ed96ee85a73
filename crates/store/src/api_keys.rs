//! API keys: with one, a program acts for the person who made it. A key is known by the SHA-256 of
//! its secret only.

use jiff::Timestamp;

use crate::accounts::account_columns;
use crate::database::{Row, values};
use crate::{Account, AccountId, ApiKeyId, Role, StoreError, UnitOfWork};

/// A key with which a program acts for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Names it.
    pub id: ApiKeyId,
    /// For whom the program acts.
    pub account: AccountId,
    /// What the program is, for people.
    pub name: String,
    /// What the program may do, and never more than the person may.
    pub role: Role,
    /// The last characters of the secret, by which people tell keys apart.
    pub ending: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was used last, to the minute.
    pub last_used: Option<Timestamp>,
}

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// For whom the program acts.
    pub account: AccountId,
    /// What the program is, for people.
    pub name: String,
    /// What the program may do.
    pub role: Role,
    /// The digest of the new random secret.
    pub secret_sha256: Vec<u8>,
    /// The last characters of the secret.
    pub ending: String,
}

/// The API keys, in a unit of work.
pub struct ApiKeys<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl ApiKeys<'_> {
    /// Makes a key.
    pub async fn create(&mut self, new: NewApiKey) -> Result<ApiKey, StoreError> {
        let created = self.unit.now();
        let id = ApiKeyId::new(self.unit.shared().entropy.as_ref(), created);
        self.unit
            .execute(
                "INSERT INTO api_keys (id, account, name, role, secret_sha256, ending, created) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![
                    id,
                    new.account,
                    &new.name,
                    new.role.as_str(),
                    new.secret_sha256,
                    &new.ending,
                    created,
                ],
            )
            .await?;
        Ok(ApiKey {
            id,
            account: new.account,
            name: new.name,
            role: new.role,
            ending: new.ending,
            created,
            last_used: None,
        })
    }

    /// All keys, the newest first.
    pub async fn list(&mut self) -> Result<Vec<ApiKey>, StoreError> {
        let sql = "SELECT id AS key_id, account, name AS key_name, role AS key_role, ending, \
                   created AS made, last_used FROM api_keys ORDER BY created DESC, id DESC";
        let rows = self.unit.rows(sql, values![]).await?;
        rows.iter().map(ApiKey::read).collect()
    }

    /// The key of this secret and for whom it acts, unless the account is disabled.
    pub async fn find(
        &mut self,
        secret_sha256: &[u8],
    ) -> Result<Option<(ApiKey, Account)>, StoreError> {
        let row = self
            .unit
            .row(
                concat!(
                    "SELECT ",
                    account_columns!(),
                    ", api_keys.id AS key_id, account, api_keys.name AS key_name, \
                     api_keys.role AS key_role, ending, api_keys.created AS made, last_used \
                     FROM api_keys JOIN accounts ON accounts.id = api_keys.account \
                     WHERE secret_sha256 = $1 AND disabled IS NULL"
                ),
                values![secret_sha256],
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some((ApiKey::read(&row)?, Account::read(&row)?)))
    }

    /// Takes note that a key was used now.
    pub async fn used(&mut self, id: ApiKeyId) -> Result<(), StoreError> {
        let now = self.unit.now();
        let sql = "UPDATE api_keys SET last_used = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, now]).await?;
        Ok(())
    }

    /// Takes a key back, and returns what it was; `None` when there was none.
    pub async fn delete(&mut self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError> {
        let sql = "DELETE FROM api_keys WHERE id = $1 RETURNING id AS key_id, account, \
                   name AS key_name, role AS key_role, ending, created AS made, last_used";
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(ApiKey::read).transpose()
    }
}

impl ApiKey {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("key_id")?,
            account: row.parse("account")?,
            name: row.text("key_name")?,
            role: row.parse("key_role")?,
            ending: row.text("ending")?,
            created: row.time("made")?,
            last_used: row.optional_time("last_used")?,
        })
    }
}
