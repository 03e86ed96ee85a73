//! The people who sign in.

use jiff::Timestamp;
use linecard_number::Extension;

use crate::database::{Row, values};
use crate::word::words;
use crate::{AccountId, StoreError, UnitOfWork};

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Sets Linecard up.
    Admin,
    /// Takes calls.
    Agent,
}

words!(Role { Admin = "admin", Agent = "agent" });

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Names it.
    pub id: AccountId,
    /// The e-mail address, written as it was entered.
    pub email: String,
    /// The name for people.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// The person's phone.
    pub extension: Option<Extension>,
    /// The language tag the person chose: `en`, `zh-CN`.
    pub language: Option<String>,
    /// When it was made.
    pub created: Timestamp,
}

/// An account to be made. No `Debug`: it may hold a password's hash.
#[derive(Clone)]
pub struct NewAccount {
    /// The e-mail address; no two accounts have the same, whatever its upper and lower case.
    pub email: String,
    /// The name for people.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// The person's phone.
    pub extension: Option<Extension>,
    /// The language tag.
    pub language: Option<String>,
    /// The password's hash in the PHC string format (argon2id); without one, the person signs
    /// in by link.
    pub password_hash: Option<String>,
}

/// An account could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateAccountError {
    /// Another account has the e-mail address; nothing was changed.
    #[error("there is already an account with this e-mail address")]
    EmailTaken,
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The accounts, in a unit of work.
pub struct Accounts<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Accounts<'_> {
    /// Makes an account.
    pub async fn create(&mut self, new: NewAccount) -> Result<Account, CreateAccountError> {
        let created = self.unit.now();
        let id = AccountId::new(self.unit.shared().entropy.as_ref(), created);
        let row = self
            .unit
            .row(
                "INSERT INTO accounts \
                 (id, email, folded_email, name, role, extension, language, password_hash, created) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
                 ON CONFLICT (folded_email) DO NOTHING \
                 RETURNING id, email, name, role, extension, language, created",
                values![
                    id,
                    &new.email,
                    fold(&new.email),
                    new.name,
                    new.role.as_str(),
                    new.extension.as_ref(),
                    new.language,
                    new.password_hash,
                    created,
                ],
            )
            .await?;
        let row = row.ok_or(CreateAccountError::EmailTaken)?;
        Ok(Account::read(&row)?)
    }

    /// The account with this id.
    pub async fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let row = self
            .unit
            .row(
                "SELECT id, email, name, role, extension, language, created \
                 FROM accounts WHERE id = $1",
                values![id],
            )
            .await?;
        row.as_ref().map(Account::read).transpose()
    }

    /// The account with this e-mail address, in upper or lower case.
    pub async fn by_email(&mut self, email: &str) -> Result<Option<Account>, StoreError> {
        let row = self
            .unit
            .row(
                "SELECT id, email, name, role, extension, language, created \
                 FROM accounts WHERE folded_email = $1",
                values![fold(email)],
            )
            .await?;
        row.as_ref().map(Account::read).transpose()
    }

    /// All accounts, the oldest first.
    pub async fn list(&mut self) -> Result<Vec<Account>, StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT id, email, name, role, extension, language, created \
                 FROM accounts ORDER BY created, id",
                values![],
            )
            .await?;
        rows.iter().map(Account::read).collect()
    }

    /// How many accounts there are; none before the first set-up.
    pub async fn count(&mut self) -> Result<u64, StoreError> {
        let row = self
            .unit
            .row("SELECT COUNT(*) AS accounts FROM accounts", values![])
            .await?;
        row.map_or(Ok(0), |row| row.count("accounts"))
    }

    /// The hash of the password; `None` when there is no such account or it has no password.
    pub async fn password_hash(&mut self, id: AccountId) -> Result<Option<String>, StoreError> {
        let row = self
            .unit
            .row(
                "SELECT password_hash FROM accounts WHERE id = $1",
                values![id],
            )
            .await?;
        row.map_or(Ok(None), |row| row.optional_text("password_hash"))
    }

    /// Replaces the hash of the password.
    pub async fn set_password_hash(&mut self, id: AccountId, hash: &str) -> Result<(), StoreError> {
        let sql = "UPDATE accounts SET password_hash = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, hash]).await?;
        Ok(())
    }

    /// Replaces the language tag.
    pub async fn set_language(
        &mut self,
        id: AccountId,
        language: Option<&str>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE accounts SET language = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, language]).await?;
        Ok(())
    }
}

impl Account {
    pub(crate) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            email: row.text("email")?,
            name: row.text("name")?,
            role: row.parse("role")?,
            extension: row.optional_parse("extension")?,
            language: row.optional_text("language")?,
            created: row.time("created")?,
        })
    }
}

/// What is the same for every spelling of an e-mail address.
fn fold(email: &str) -> String {
    email.trim().to_lowercase()
}
