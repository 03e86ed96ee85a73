//! Finds every row in which a number stands, and every row that is about it.

use std::collections::BTreeMap;

use linecard_call::Call;
use linecard_number::Reading;

use super::tables::{ALL, CONTACTS, ENTRIES, Fate, JOBS, NOTES, TASKS, Table};
use super::{NumberData, NumberPlace, Sought, Trace};
use crate::database::{Row, Statement, Value, values};
use crate::{ContactId, StoreError};

/// How many rows are read at once.
const PAGE: i64 = 200;
/// By how many of its last digits a call with a number is found that was written without area code.
const LOCAL_DIGITS: usize = 6;
/// How many rows one statement asks for at most.
const AT_ONCE: usize = 400;

/// Rows by where they are; each stands there once.
pub(super) type Traces = BTreeMap<(NumberPlace, String), Trace>;

impl NumberData<'_> {
    /// Every row in which the number stands, or that is about it.
    pub async fn find(&mut self, sought: Sought<'_>) -> Result<Vec<Trace>, StoreError> {
        let mut traces = Traces::new();
        for table in &ALL {
            self.look_through(table, sought, &mut traces).await?;
        }
        self.add_what_hangs_on_calls(&mut traces).await?;
        self.add_contacts(sought, &mut traces).await?;
        Ok(traces.into_values().collect())
    }

    async fn look_through(
        &mut self,
        table: &Table,
        sought: Sought<'_>,
        traces: &mut Traces,
    ) -> Result<(), StoreError> {
        let national = sought.phone.national.as_str();
        let local = national.len().saturating_sub(LOCAL_DIGITS);
        let local = format!("%{}%", national.get(local..).unwrap_or(national));
        let is_calls = table.place == NumberPlace::Calls;
        let mut after = String::new();
        loop {
            let mut statement = Statement::new("SELECT ");
            table.columns(&mut statement);
            statement.sql(" FROM ").sql(table.name).sql(" WHERE (");
            table.may_hold(&mut statement, national);
            if is_calls {
                statement.sql(" OR searched LIKE ").value(&local);
            }
            statement.sql(") AND ").sql(table.key).sql(" > ");
            statement.value(&after);
            statement.sql(" ORDER BY ").sql(table.key).sql(" LIMIT ");
            statement.value(PAGE);
            let rows = self.unit.rows_of(statement).await?;
            for row in &rows {
                let mut trace = table.trace(row)?;
                after.clone_from(&trace.key);
                let is_about = is_calls && is_with(&trace, sought)?;
                let mut texts = table.texts.iter().filter_map(|it| trace.texts.get(it));
                if is_about || texts.any(|text| sought.phone.is_in(text)) {
                    trace.goes |= is_about;
                    traces.insert((table.place, trace.key.clone()), trace);
                }
            }
            // A table whose rows share a key is short: it is read as often as it has keys.
            if rows.len() < usize::try_from(PAGE).unwrap_or(usize::MAX) {
                return Ok(());
            }
        }
    }

    /// Entries, notes, tasks and jobs of calls that go.
    async fn add_what_hangs_on_calls(&mut self, traces: &mut Traces) -> Result<(), StoreError> {
        let calls: Vec<String> = traces
            .values()
            .filter(|trace| trace.place == NumberPlace::Calls && trace.goes)
            .map(|trace| trace.key.clone())
            .collect();
        let entries = self.rows_with(&ENTRIES, "call", &calls).await?;
        let keys: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        let subjects: Vec<String> = calls
            .iter()
            .map(|call| format!("{{\"call\":\"{call}\"}}"))
            .chain(keys.iter().map(|key| format!("{{\"entry\":\"{key}\"}}")))
            .collect();
        let mut found = entries;
        found.extend(self.rows_with(&TASKS, "call", &calls).await?);
        found.extend(self.rows_with(&NOTES, "entry_key", &keys).await?);
        found.extend(self.rows_with(&JOBS, "subject", &subjects).await?);
        for mut trace in found {
            trace.goes = true;
            traces.insert((trace.place, trace.key.clone()), trace);
        }
        Ok(())
    }

    /// Contacts that have the number.
    async fn add_contacts(
        &mut self,
        sought: Sought<'_>,
        traces: &mut Traces,
    ) -> Result<(), StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT DISTINCT contact FROM contact_numbers WHERE e164 = $1",
                values![sought.phone.e164.as_str()],
            )
            .await?;
        let ids: Vec<String> = rows
            .iter()
            .map(|row| row.text("contact"))
            .collect::<Result<_, _>>()?;
        for mut trace in self.rows_with(&CONTACTS, "id", &ids).await? {
            let id: ContactId = trace.key.parse().map_err(|_| StoreError::Unreadable {
                column: "id",
                words: "it is no id of a contact".to_owned(),
            })?;
            if let Some(contact) = self.unit.contacts().get(id).await? {
                let (of_it, others): (Vec<_>, Vec<_>) = contact
                    .numbers
                    .iter()
                    .partition(|number| number.e164.as_ref() == Some(&sought.phone.e164));
                trace.goes = others.is_empty();
                let written: Vec<_> = of_it.iter().map(|it| it.written.as_str()).collect();
                trace.texts.insert("numbers", written.join(", "));
            }
            traces.insert((trace.place, trace.key.clone()), trace);
        }
        Ok(())
    }

    /// The rows of a table whose `column` is one of `wanted`.
    async fn rows_with(
        &mut self,
        table: &Table,
        column: &'static str,
        wanted: &[String],
    ) -> Result<Vec<Trace>, StoreError> {
        let mut found = Vec::new();
        for some in wanted.chunks(AT_ONCE) {
            let mut statement = Statement::new("SELECT ");
            table.columns(&mut statement);
            statement.sql(" FROM ").sql(table.name).sql(" WHERE ");
            statement.sql(column).sql(" IN (");
            for (place, value) in some.iter().enumerate() {
                statement.sql(if place == 0 { "" } else { ", " });
                statement.value(Value::from(value));
            }
            statement.sql(")");
            for row in &self.unit.rows_of(statement).await? {
                found.push(table.trace(row)?);
            }
        }
        Ok(found)
    }
}

impl Table {
    fn trace(&self, row: &Row) -> Result<Trace, StoreError> {
        let mut texts = BTreeMap::new();
        for column in self.texts.iter().chain(self.shown) {
            if let Some(text) = row.optional_text(column)? {
                texts.insert(*column, text);
            }
        }
        Ok(Trace {
            place: self.place,
            key: row.text(self.key)?,
            goes: self.fate == Fate::Deleted,
            texts,
        })
    }
}

/// Whether it is a call with the number.
fn is_with(trace: &Trace, sought: Sought<'_>) -> Result<bool, StoreError> {
    let body = trace.texts.get("body").map_or("", String::as_str);
    let call: Call = serde_json::from_str(body).map_err(|error| StoreError::Unreadable {
        column: "body",
        words: error.to_string(),
    })?;
    Ok(match call.read_outside(sought.plan) {
        Reading::Phone(phone) => phone.e164 == sought.phone.e164,
        _ => false,
    })
}
