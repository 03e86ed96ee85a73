//! The calls that a person looks for, the newest first, page by page.
//!
//! A page is found in two steps: first start and id of its calls, off one index and nothing beside
//! it; then the rows of those few. What narrows most leads: the legs of an extension, then the
//! entries of a state, then the calls of a queue.

use std::collections::HashMap;

use jiff::Timestamp;
use linecard_call::{Direction, Outcome};
use linecard_number::Extension;

use super::{Calls, StoredCall, columns};
use crate::contacts::containing;
use crate::database::{Statement, Value};
use crate::{EntryState, StoreError, StoredCallId};

/// Which calls. What is not said narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallFilter {
    /// Those that started then or later.
    pub since: Option<Timestamp>,
    /// Those that started before then.
    pub until: Option<Timestamp>,
    /// Who called whom.
    pub direction: Option<Direction>,
    /// How they ended.
    pub outcome: Option<Outcome>,
    /// An extension that took part.
    pub extension: Option<Extension>,
    /// The queue they waited in last.
    pub queue: Option<String>,
    /// Digits of the outside party's number: one of these is a part of it.
    pub digits: Vec<String>,
    /// A part of the name of who it was with, in the CRM or as it came over the line.
    pub person: Option<String>,
    /// What became of it in the CRMs.
    pub journal: Option<JournalFilter>,
}

/// What became of a call in the CRMs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalFilter {
    /// An entry is in this state, for this reason where one is given; with
    /// [`CallFilter::extension`], that extension's entry.
    Entry {
        /// How far it has come.
        state: EntryState,
        /// A stable word for why.
        reason: Option<String>,
    },
    /// There is no entry.
    None,
}

/// The table whose index is walked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Legs,
    Entries,
    Calls,
}

impl Calls<'_> {
    /// At most `limit` calls that the filter lets through, the newest first; those before the call
    /// with this start and id where `before` is given.
    pub async fn find_page(
        &mut self,
        filter: &CallFilter,
        before: Option<(Timestamp, StoredCallId)>,
        limit: usize,
    ) -> Result<Vec<StoredCall>, StoreError> {
        let rows = self.unit.rows_of(filter.statement(before, limit)).await?;
        let ids: Vec<StoredCallId> = rows
            .iter()
            .map(|row| row.parse("id"))
            .collect::<Result<_, _>>()?;
        let mut calls = self.several(&ids).await?;
        Ok(ids.iter().filter_map(|id| calls.remove(id)).collect())
    }

    async fn several(
        &mut self,
        ids: &[StoredCallId],
    ) -> Result<HashMap<StoredCallId, StoredCall>, StoreError> {
        let mut calls = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(super::ROWS_AT_ONCE) {
            let ids = ids.iter().map(|id| Value::from(*id)).collect();
            let sql = "SELECT id, phone_system, body, reconciled FROM calls WHERE id IN";
            for row in &self.unit.rows_in(sql, ids, "").await? {
                let call = StoredCall::read(row)?;
                calls.insert(call.id, call);
            }
        }
        Ok(calls)
    }
}

impl CallFilter {
    fn lead(&self) -> Lead {
        match (&self.extension, &self.journal) {
            (Some(_), _) => Lead::Legs,
            (None, Some(JournalFilter::Entry { .. })) => Lead::Entries,
            (None, _) => Lead::Calls,
        }
    }

    fn statement(&self, before: Option<(Timestamp, StoredCallId)>, limit: usize) -> Statement {
        let lead = self.lead();
        let mut statement = Statement::new(match lead {
            Lead::Legs => "SELECT lead.started, lead.call AS id FROM call_legs AS lead",
            // Two agents' entries about one call are one call.
            Lead::Entries => "SELECT DISTINCT lead.started, lead.call AS id FROM entries AS lead",
            Lead::Calls => "SELECT lead.started, lead.id FROM calls AS lead",
        });
        if lead != Lead::Calls && self.reads_calls() {
            statement.sql(" JOIN calls ON calls.id = lead.call");
        }
        statement.sql(" WHERE 1 = 1");
        self.lead_on(lead, &mut statement);
        if let Some(since) = self.since {
            statement.sql(" AND lead.started >= ").value(since);
        }
        if let Some(until) = self.until {
            statement.sql(" AND lead.started < ").value(until);
        }
        let id = if lead == Lead::Calls {
            "lead.id"
        } else {
            "lead.call"
        };
        if let Some((started, last)) = before {
            statement.sql(" AND (lead.started, ").sql(id).sql(") < (");
            statement.value(started).sql(", ").value(last).sql(")");
        }
        self.narrow(lead, &mut statement);
        statement.sql(" ORDER BY lead.started DESC, ").sql(id);
        statement.sql(" DESC LIMIT ");
        statement.value(i64::try_from(limit).unwrap_or(i64::MAX));
        statement
    }

    /// Whether columns of the calls themselves are compared.
    fn reads_calls(&self) -> bool {
        self.direction.is_some()
            || self.outcome.is_some()
            || self.queue.is_some()
            || self.person.is_some()
            || !self.digits.is_empty()
    }

    /// What the walked index begins with.
    fn lead_on(&self, lead: Lead, statement: &mut Statement) {
        match (lead, &self.extension, &self.journal) {
            (Lead::Legs, Some(extension), _) => {
                statement.sql(" AND lead.extension = ").value(extension);
            }
            (Lead::Entries, _, Some(JournalFilter::Entry { state, reason })) => {
                statement.sql(" AND lead.state = ").value(state.as_str());
                if let Some(reason) = reason {
                    statement.sql(" AND lead.reason = ").value(reason);
                }
            }
            _ => {}
        }
    }

    /// Everything that the walked index does not begin with.
    fn narrow(&self, lead: Lead, statement: &mut Statement) {
        let column = |of_lead, joined| if lead == Lead::Calls { of_lead } else { joined };
        if let Some(direction) = self.direction {
            let name = column(" AND lead.direction = ", " AND calls.direction = ");
            statement.sql(name).value(columns::direction(direction));
        }
        if let Some(outcome) = self.outcome {
            let name = column(" AND lead.outcome = ", " AND calls.outcome = ");
            statement.sql(name).value(columns::outcome(outcome));
        }
        if let Some(queue) = &self.queue {
            let name = column(" AND lead.queue = ", " AND calls.queue = ");
            statement.sql(name).value(columns::queue(queue));
        }
        let searched = column("lead.searched LIKE ", "calls.searched LIKE ");
        for (place, digits) in self.digits.iter().enumerate() {
            statement.sql(if place == 0 { " AND (" } else { " OR " });
            statement.sql(searched).value(containing(digits));
        }
        if !self.digits.is_empty() {
            statement.sql(")");
        }
        if let Some(person) = &self.person {
            let pattern = containing(&columns::name(person));
            statement.sql(" AND (").sql(searched);
            statement.value(pattern.as_str()).sql(" ESCAPE '\\' OR ");
            statement.sql(column("lead.id", "calls.id"));
            statement
                .sql(" IN (SELECT call FROM entries WHERE person IS NOT NULL AND person LIKE ");
            statement.value(pattern).sql(" ESCAPE '\\'))");
        }
        self.narrow_to_entries(lead, statement);
    }

    fn narrow_to_entries(&self, lead: Lead, statement: &mut Statement) {
        let id = if lead == Lead::Calls {
            "lead.id"
        } else {
            "lead.call"
        };
        match &self.journal {
            Some(JournalFilter::Entry { state, reason }) if lead != Lead::Entries => {
                statement.sql(" AND EXISTS (SELECT 1 FROM entries WHERE entries.call = ");
                statement.sql(id).sql(" AND entries.state = ");
                statement.value(state.as_str());
                if let Some(reason) = reason {
                    statement.sql(" AND entries.reason = ").value(reason);
                }
                if let Some(extension) = &self.extension {
                    statement.sql(" AND entries.extension = ").value(extension);
                }
                statement.sql(")");
            }
            Some(JournalFilter::None) => {
                statement.sql(" AND NOT EXISTS (SELECT 1 FROM entries WHERE entries.call = ");
                statement.sql(id);
                if let Some(extension) = &self.extension {
                    statement.sql(" AND entries.extension = ").value(extension);
                }
                statement.sql(")");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Database;

    /// How `SQLite` finds what the filter lets through, a step each.
    async fn plan(filter: &CallFilter) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("linecard.db").display());
        let (database, _) = Database::open(&url, None).await.unwrap();
        let mut transaction = database.read().await.unwrap();
        let before = Some((
            Timestamp::UNIX_EPOCH,
            "01900000-0000-7000-8000-000000000001".parse().unwrap(),
        ));
        let statement = filter.statement(before, 50).explained();
        let rows = transaction.rows_of(statement).await.unwrap();
        rows.iter().map(|row| row.text("detail").unwrap()).collect()
    }

    #[tokio::test]
    async fn x12_whatever_the_list_is_narrowed_to_one_index_is_walked_in_its_order() {
        let all = CallFilter::default;
        let entry = |reason: Option<&str>| JournalFilter::Entry {
            state: EntryState::Skipped,
            reason: reason.map(str::to_owned),
        };
        for (filter, index) in [
            (all(), "calls_by_start"),
            (
                CallFilter {
                    direction: Some(Direction::Inbound),
                    outcome: Some(Outcome::Failed),
                    digits: vec!["4711".to_owned()],
                    person: Some("eve".to_owned()),
                    journal: Some(JournalFilter::None),
                    ..all()
                },
                "calls_by_start",
            ),
            (
                CallFilter {
                    extension: Some("101".parse().unwrap()),
                    journal: Some(entry(Some("nobody"))),
                    outcome: Some(Outcome::Missed),
                    ..all()
                },
                "call_legs_by_extension",
            ),
            (
                CallFilter {
                    journal: Some(entry(Some("not_bound"))),
                    ..all()
                },
                "entries_by_start",
            ),
        ] {
            let plan = plan(&filter).await;
            let walks = |step: &String| {
                step.starts_with("SEARCH lead")
                    && step.contains("COVERING INDEX")
                    && step.contains(index)
            };
            assert!(plan.iter().any(walks), "{filter:?}: {plan:?}");
            let sorts = |step: &String| step.contains("TEMP B-TREE");
            assert!(!plan.iter().any(sorts), "{filter:?}: {plan:?}");
        }
    }
}
