//! Troubles that people were told of, until they were told that they are over (X7).

use jiff::Timestamp;
use linecard_crm::Words;

use crate::database::{Row, values};
use crate::said;
use crate::{StoreError, UnitOfWork};

/// A trouble that people are told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// What is in trouble, and how: always the same for the same.
    pub key: String,
    /// How: `link_down`, `backlog`.
    pub kind: String,
    /// The name of what is in trouble.
    pub name: String,
    /// The page of the Console where it is put right: a path.
    pub page: String,
    /// How much: the percent of a quota, the number of refused entries.
    pub amount: Option<u64>,
    /// What was said: the other side's words, and what Linecard knows about it.
    pub words: Option<Words>,
    /// Since when it is so.
    pub since: Timestamp,
    /// When people were to be told.
    pub raised: Timestamp,
    /// Whether mail about it was sent.
    pub mailed: bool,
    /// When it was over; `None`: it is not.
    pub ended: Option<Timestamp>,
    /// The name of the node that looks after it: it alone mails, and says that it is over.
    pub node: String,
    /// When that node said last that it does.
    pub looked: Timestamp,
}

/// The alerts, in a unit of work.
pub struct Alerts<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Alerts<'_> {
    /// All of them, the oldest first, those among them that are over and not told of yet.
    pub async fn list(&mut self) -> Result<Vec<Alert>, StoreError> {
        let sql = "SELECT * FROM alerts ORDER BY raised, alert_key";
        let rows = self.unit.rows(sql, values![]).await?;
        rows.iter().map(Alert::read).collect()
    }

    /// Keeps that people are to be told. `false`: they are already, and nothing was changed.
    pub async fn raise(&mut self, alert: &Alert) -> Result<bool, StoreError> {
        let amount = alert.amount.map(|it| i64::try_from(it).unwrap_or(i64::MAX));
        let added = self
            .unit
            .execute(
                "INSERT INTO alerts (alert_key, kind, name, page, amount, words, since, raised, \
                 mailed, node, looked, advice) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11) \
                 ON CONFLICT (alert_key) DO NOTHING",
                values![
                    &alert.key,
                    &alert.kind,
                    &alert.name,
                    &alert.page,
                    amount,
                    alert.words.as_deref(),
                    alert.since,
                    alert.raised,
                    &alert.node,
                    alert.looked,
                    said::advice(alert.words.as_ref())?,
                ],
            )
            .await?;
        Ok(added == 1)
    }

    /// `node` looks after its alerts for another while, and after those of nodes that have not
    /// since `lapsed`.
    pub async fn look_after(&mut self, node: &str, lapsed: Timestamp) -> Result<(), StoreError> {
        let now = self.unit.now();
        let sql = "UPDATE alerts SET node = $1, looked = $2 WHERE node = $1 OR looked < $3";
        self.unit.execute(sql, values![node, now, lapsed]).await?;
        Ok(())
    }

    /// Keeps that a trouble is over. `false`: it was before, or there was none.
    pub async fn end(&mut self, key: &str) -> Result<bool, StoreError> {
        let now = self.unit.now();
        let sql = "UPDATE alerts SET ended = $2 WHERE alert_key = $1 AND ended IS NULL";
        Ok(self.unit.execute(sql, values![key, now]).await? == 1)
    }

    /// Mail that it is so was sent.
    pub async fn mailed(&mut self, key: &str) -> Result<(), StoreError> {
        let sql = "UPDATE alerts SET mailed = 1 WHERE alert_key = $1";
        self.unit.execute(sql, values![key]).await?;
        Ok(())
    }

    /// Nobody needs to be told of it any more.
    pub async fn forget(&mut self, key: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM alerts WHERE alert_key = $1";
        self.unit.execute(sql, values![key]).await?;
        Ok(())
    }
}

impl Alert {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.text("alert_key")?,
            kind: row.text("kind")?,
            name: row.text("name")?,
            page: row.text("page")?,
            amount: row.optional_count("amount")?,
            words: said::words(row, "words")?,
            since: row.time("since")?,
            raised: row.time("raised")?,
            mailed: row.flag("mailed")?,
            ended: row.optional_time("ended")?,
            node: row.text("node")?,
            looked: row.time("looked")?,
        })
    }
}
