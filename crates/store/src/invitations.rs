//! How far the invitations of people have come, and the mail they go out by.
//!
//! Whoever asks for a mail writes that down in the transaction that invites; a worker takes what is
//! due, one at a time. Taking puts the next attempt off, so that a mail whose sender was killed is
//! tried again, and two nodes do not send the same one.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::database::{Row, values};
use crate::{AccountId, StoreError, UnitOfWork};

/// How far somebody's invitation has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invited {
    /// Until when the newest sign-in link works; `None`: there is none, or it was used.
    pub link_until: Option<Timestamp>,
    /// The mail, where one was asked for.
    pub mail: Option<InvitationMail>,
}

/// An invitation by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationMail {
    /// When an admin asked for it.
    pub asked: Timestamp,
    /// When it is tried; `None`: it was sent, or given up.
    pub due: Option<Timestamp>,
    /// When a mail server took it.
    pub sent: Option<Timestamp>,
    /// Why the last attempt failed: a stable word.
    pub problem: Option<String>,
    /// The same in the words of the mail server, or of the network.
    pub words: Option<String>,
}

/// An invitation that is to be mailed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueInvitation {
    /// Whose.
    pub account: AccountId,
    /// When it was asked for.
    pub asked: Timestamp,
    /// Which attempt this is, from 1.
    pub attempt: u64,
    /// Why the attempt before failed.
    pub problem: Option<String>,
}

/// The invitations, in a unit of work.
pub struct Invitations<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Invitations<'_> {
    /// Keeps that an invitation is to be mailed, now and as often as it takes.
    pub async fn ask(&mut self, account: AccountId) -> Result<(), StoreError> {
        let now = self.unit.now();
        let sql = "INSERT INTO invitation_mails (account, asked, due) VALUES ($1, $2, $2) \
                   ON CONFLICT (account) DO UPDATE SET asked = excluded.asked, attempts = 0, \
                   due = excluded.due, sent = NULL, problem = NULL, words = NULL";
        self.unit.execute(sql, values![account, now]).await?;
        Ok(())
    }

    /// Takes the next one that is due. It is due again at `again`, unless its end is told before.
    /// What concerns people who have signed in meanwhile, or who may not, is left.
    pub async fn take(&mut self, again: Timestamp) -> Result<Option<DueInvitation>, StoreError> {
        let now = self.unit.now();
        let row = self
            .unit
            .row(
                "UPDATE invitation_mails SET attempts = attempts + 1, due = $2 \
                 WHERE due <= $1 AND account = ( \
                   SELECT mail.account FROM invitation_mails AS mail \
                   JOIN accounts ON accounts.id = mail.account \
                   WHERE mail.due <= $1 AND accounts.disabled IS NULL \
                   AND accounts.last_sign_in IS NULL \
                   ORDER BY mail.due, mail.account LIMIT 1) \
                 RETURNING account, asked, attempts, problem",
                values![now, again],
            )
            .await?;
        row.map(|row| {
            Ok(DueInvitation {
                account: row.parse("account")?,
                asked: row.time("asked")?,
                attempt: row.count("attempts")?,
                problem: row.optional_text("problem")?,
            })
        })
        .transpose()
    }

    /// A mail server has taken it.
    pub async fn sent(&mut self, mail: &DueInvitation) -> Result<(), StoreError> {
        let now = self.unit.now();
        let sql = "UPDATE invitation_mails SET sent = $3, due = NULL, problem = NULL, \
                   words = NULL WHERE account = $1 AND asked = $2";
        let values = values![mail.account, mail.asked, now];
        self.unit.execute(sql, values).await?;
        Ok(())
    }

    /// It was not taken. It is tried again at `due`; `None`: no more.
    pub async fn failed(
        &mut self,
        mail: &DueInvitation,
        due: Option<Timestamp>,
        (problem, words): (&str, &str),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE invitation_mails SET due = $3, problem = $4, words = $5 \
                   WHERE account = $1 AND asked = $2";
        let values = values![mail.account, mail.asked, due, problem, words];
        self.unit.execute(sql, values).await?;
        Ok(())
    }

    /// No mail goes out at all, for this reason: all that wait are tried again at `due`, and those
    /// that were asked for before `oldest` no more.
    pub async fn all_failed(
        &mut self,
        due: Timestamp,
        oldest: Timestamp,
        (problem, words): (&str, &str),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE invitation_mails SET problem = $3, words = $4, \
                   due = CASE WHEN asked < $2 THEN NULL ELSE $1 END WHERE due IS NOT NULL";
        let values = values![due, oldest, problem, words];
        self.unit.execute(sql, values).await?;
        Ok(())
    }

    /// Has all that were not sent tried again now, those that were given up too: mail goes another
    /// way from now on.
    pub async fn try_again(&mut self) -> Result<(), StoreError> {
        let now = self.unit.now();
        let sql = "UPDATE invitation_mails SET asked = $1, attempts = 0, due = $1 \
                   WHERE sent IS NULL";
        self.unit.execute(sql, values![now]).await?;
        Ok(())
    }

    /// No mail is to go there any more.
    pub async fn forget(&mut self, account: AccountId) -> Result<(), StoreError> {
        let sql = "DELETE FROM invitation_mails WHERE account = $1";
        self.unit.execute(sql, values![account]).await?;
        Ok(())
    }

    /// How far the invitation of `account` has come.
    pub async fn of(&mut self, account: AccountId) -> Result<Invited, StoreError> {
        let sql = "SELECT MAX(expires) AS expires FROM sign_in_links WHERE account = $1";
        let link = self.unit.row(sql, values![account]).await?;
        let sql = "SELECT * FROM invitation_mails WHERE account = $1";
        let mail = self.unit.row(sql, values![account]).await?;
        Ok(Invited {
            link_until: match link {
                Some(row) => row.optional_time("expires")?,
                None => None,
            },
            mail: mail.as_ref().map(InvitationMail::read).transpose()?,
        })
    }

    /// The same of everybody who has a link or was to get a mail.
    pub async fn list(&mut self) -> Result<HashMap<AccountId, Invited>, StoreError> {
        let sql = "SELECT account, MAX(expires) AS expires FROM sign_in_links \
                   WHERE account IS NOT NULL GROUP BY account";
        let links = self.unit.rows(sql, values![]).await?;
        let sql = "SELECT * FROM invitation_mails";
        let mails = self.unit.rows(sql, values![]).await?;
        let mut all: HashMap<AccountId, Invited> = HashMap::new();
        for row in &links {
            let invited = all.entry(row.parse("account")?).or_default();
            invited.link_until = row.optional_time("expires")?;
        }
        for row in &mails {
            let invited = all.entry(row.parse("account")?).or_default();
            invited.mail = Some(InvitationMail::read(row)?);
        }
        Ok(all)
    }
}

impl InvitationMail {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            asked: row.time("asked")?,
            due: row.optional_time("due")?,
            sent: row.optional_time("sent")?,
            problem: row.optional_text("problem")?,
            words: row.optional_text("words")?,
        })
    }
}
