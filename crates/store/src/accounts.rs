//! The people who sign in.

use std::collections::HashMap;

use jiff::Timestamp;
use linecard_number::Extension;

use crate::database::{Row, values};
use crate::word::words;
use crate::{AccountId, StoreError, UnitOfWork};

/// What a person may do. The greater may all that the lesser may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Takes calls.
    Agent,
    /// Sees everybody's calls, the figures and the health; changes nothing of the set-up.
    Supervisor,
    /// Sets Linecard up.
    Admin,
}

words!(Role { Agent = "agent", Supervisor = "supervisor", Admin = "admin" });

/// The columns of an [`Account`]; the table is named, because others are joined to it.
macro_rules! account_columns {
    () => {
        "accounts.id, accounts.email, accounts.name, accounts.role, accounts.extension, \
         accounts.language, accounts.created, accounts.disabled, accounts.last_sign_in, \
         accounts.version, (SELECT COUNT(*) FROM second_factors \
         WHERE second_factors.account = accounts.id AND confirmed IS NOT NULL) AS second_factor"
    };
}
pub(crate) use account_columns;

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
    /// Since when the person may not sign in.
    pub disabled: Option<Timestamp>,
    /// When the person signed in last.
    pub last_sign_in: Option<Timestamp>,
    /// Whether a code of a second factor is asked for at the sign-in.
    pub second_factor: bool,
    /// Counts the changes, so that two admins do not overwrite each other.
    pub version: i64,
}

/// Another one: the account was changed, disabled or enabled, or a session of it began or ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessMark {
    version: i64,
    sessions: u64,
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

/// What an admin may change of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountChange {
    /// The e-mail address.
    pub email: String,
    /// The name for people.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// The person's phone.
    pub extension: Option<Extension>,
    /// The language tag.
    pub language: Option<String>,
}

/// An account could not be changed; nothing was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeAccountError {
    /// Another account has the e-mail address.
    #[error("there is already an account with this e-mail address")]
    EmailTaken,
    /// Somebody else changed or removed it since it was read.
    #[error("somebody else changed it meanwhile: load it again")]
    Conflict,
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
                concat!(
                    "INSERT INTO accounts (id, email, folded_email, name, role, extension, \
                     language, password_hash, created) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
                     ON CONFLICT (folded_email) DO NOTHING RETURNING ",
                    account_columns!()
                ),
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
                concat!(
                    "SELECT ",
                    account_columns!(),
                    " FROM accounts WHERE id = $1"
                ),
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
                concat!(
                    "SELECT ",
                    account_columns!(),
                    " FROM accounts WHERE folded_email = $1"
                ),
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
                concat!(
                    "SELECT ",
                    account_columns!(),
                    " FROM accounts ORDER BY created, id"
                ),
                values![],
            )
            .await?;
        rows.iter().map(Account::read).collect()
    }

    /// What changes when the access of an account does, of every account.
    pub async fn access_marks(&mut self) -> Result<HashMap<AccountId, AccessMark>, StoreError> {
        let sql = "SELECT id, version, (SELECT COUNT(*) FROM sessions \
                   WHERE sessions.account = accounts.id) AS sessions FROM accounts";
        let rows = self.unit.rows(sql, values![]).await?;
        let mark = |row: &Row| {
            let mark = AccessMark {
                version: row.int("version")?,
                sessions: row.count("sessions")?,
            };
            Ok((row.parse("id")?, mark))
        };
        rows.iter().map(mark).collect()
    }

    /// How many accounts there are; none before the first set-up.
    pub async fn count(&mut self) -> Result<u64, StoreError> {
        let row = self
            .unit
            .row("SELECT COUNT(*) AS accounts FROM accounts", values![])
            .await?;
        row.map_or(Ok(0), |row| row.count("accounts"))
    }

    /// How many admins may sign in.
    pub async fn admins(&mut self) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) AS admins FROM accounts \
                   WHERE role = 'admin' AND disabled IS NULL";
        let row = self.unit.row(sql, values![]).await?;
        row.map_or(Ok(0), |row| row.count("admins"))
    }

    /// Changes an account, if its version is still `version`, and counts it up.
    pub async fn change(
        &mut self,
        id: AccountId,
        version: i64,
        change: &AccountChange,
    ) -> Result<(), ChangeAccountError> {
        if let Some(other) = self.by_email(&change.email).await?
            && other.id != id
        {
            return Err(ChangeAccountError::EmailTaken);
        }
        let changed = self
            .unit
            .execute(
                "UPDATE accounts SET email = $3, folded_email = $4, name = $5, role = $6, \
                 extension = $7, language = $8, version = version + 1 \
                 WHERE id = $1 AND version = $2",
                values![
                    id,
                    version,
                    &change.email,
                    fold(&change.email),
                    &change.name,
                    change.role.as_str(),
                    change.extension.as_ref(),
                    change.language.as_deref(),
                ],
            )
            .await?;
        if changed == 0 {
            return Err(ChangeAccountError::Conflict);
        }
        Ok(())
    }

    /// Lets nobody sign in with the account since `since`; `None` lets them again. What the
    /// account has open is ended separately.
    pub async fn set_disabled(
        &mut self,
        id: AccountId,
        since: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE accounts SET disabled = $2, version = version + 1 WHERE id = $1";
        self.unit.execute(sql, values![id, since]).await?;
        Ok(())
    }

    /// Takes note that the person signed in now.
    pub async fn signed_in(&mut self, id: AccountId) -> Result<(), StoreError> {
        let now = self.unit.now();
        let sql = "UPDATE accounts SET last_sign_in = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, now]).await?;
        Ok(())
    }

    /// Removes an account with its sessions, links, API keys and second factor. What it did stays
    /// in the audit log.
    pub async fn delete(&mut self, id: AccountId) -> Result<(), StoreError> {
        let sql = "DELETE FROM accounts WHERE id = $1";
        self.unit.execute(sql, values![id]).await?;
        Ok(())
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
            disabled: row.optional_time("disabled")?,
            last_sign_in: row.optional_time("last_sign_in")?,
            second_factor: row.flag("second_factor")?,
            version: row.int("version")?,
        })
    }
}

/// What is the same for every spelling of an e-mail address.
fn fold(email: &str) -> String {
    email.trim().to_lowercase()
}
