//! Everything that outlives a restart: records and grants, in memory and in the journal.

use std::io;
use std::path::PathBuf;

use super::grants::{Grant, Grants};
use super::journal::{self, Journal, Line};
use super::record_id::RecordId;
use super::records::{Record, Records};
use super::sobjects::schema::Object;

/// The customer's organisation.
#[derive(Debug, Default)]
pub(crate) struct Organisation {
    pub(crate) records: Records,
    pub(crate) grants: Grants,
    journal: Journal,
}

impl Organisation {
    /// Opens the file, or begins with the seeds when there is none or it is empty.
    pub(crate) fn open(path: Option<PathBuf>, seeds: Vec<Record>) -> io::Result<Self> {
        let mut organisation = Self::default();
        let lines = path.as_deref().map_or(Ok(Vec::new()), journal::read)?;
        for line in lines {
            match line {
                Line::Record(record) => organisation.records.put(record),
                Line::Grant(grant) => organisation.grants.put(grant),
            }
        }
        if organisation.records.is_empty() {
            for record in seeds {
                organisation.records.put(record);
            }
        }
        if let Some(path) = path {
            organisation.journal = Journal::create(path, &organisation.lines())?;
        }
        Ok(organisation)
    }

    /// Writes the record.
    pub(crate) fn put(&mut self, record: Record) -> io::Result<()> {
        self.journal.append(&Line::Record(record.clone()))?;
        self.records.put(record);
        Ok(())
    }

    /// Writes the grant.
    pub(crate) fn put_grant(&mut self, grant: Grant) -> io::Result<()> {
        self.journal.append(&Line::Grant(grant.clone()))?;
        self.grants.put(grant);
        Ok(())
    }

    /// Changes every grant.
    pub(crate) fn change_grants(&mut self, change: impl Fn(&mut Grant)) -> io::Result<()> {
        for mut grant in self.grants.all().to_vec() {
            change(&mut grant);
            self.put_grant(grant)?;
        }
        Ok(())
    }

    /// Puts the records back to the seeds. Grants stay.
    pub(crate) fn reset(&mut self, seeds: Vec<Record>) -> io::Result<()> {
        self.records = Records::default();
        for record in seeds {
            self.records.put(record);
        }
        let lines = self.lines();
        self.journal.replace(&lines)
    }

    /// Puts the records back to what they were.
    pub(crate) fn restore(&mut self, records: Records) -> io::Result<()> {
        self.records = records;
        let lines = self.lines();
        self.journal.replace(&lines)
    }

    /// Forgets a record, as the recycle bin does at last.
    pub(crate) fn purge(&mut self, id: &RecordId) -> io::Result<()> {
        self.records.purge(id);
        let lines = self.lines();
        self.journal.replace(&lines)
    }

    /// The id of the organisation itself.
    pub(crate) fn id(&self) -> RecordId {
        self.records.of(Object::Organization).next().map_or_else(
            || RecordId::numbered(Object::Organization.schema().prefix, 0),
            |organization| organization.id.clone(),
        )
    }

    /// The active user of this name who may sign in.
    pub(crate) fn user(&self, username: &str) -> Option<&Record> {
        self.records.of(Object::User).find(|user| {
            user.text("Username").eq_ignore_ascii_case(username)
                && user.is_true("IsActive")
                && user.text("UserType") == "Standard"
        })
    }

    fn lines(&self) -> Vec<Line> {
        let records = self.records.all().cloned().map(Line::Record);
        let grants = self.grants.all().iter().cloned().map(Line::Grant);
        records.chain(grants).collect()
    }
}
