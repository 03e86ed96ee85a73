//! Writing calls, one or a hundred at once, and changing what came later.

use std::slice;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use linecard_crm::{
    Advice, AdviceCode, Failure, LateParts, LeftOut, LogEntry, Logged, Module, Without, Words,
};
use linecard_http::Purpose;
use serde_json::{Map, Value, json};

use crate::api::Api;
use crate::ask::Ask;
use crate::call::{self, LongDuration, Manner};
use crate::layout::{Layout, Layouts};
use crate::listing::Listing;
use crate::modules::{CALLS, is_id};
use crate::row::Row;
use crate::text;
use crate::written::{Item, Turned, Written};

/// The fields without which a call could not be written or found again.
pub(crate) const NEEDED: [&str; 5] = [
    "Subject",
    "Call_Type",
    "Call_Start_Time",
    "Call_Duration",
    "Description",
];

/// How many records one write takes.
pub(crate) const BULK: usize = 100;

/// How often a call is written again without something that Zoho did not take.
const MOST_TRIES: usize = 6;

/// Writes calls.
pub(crate) struct Writer<'a> {
    pub(crate) api: &'a Api,
    pub(crate) layouts: &'a Layouts,
    /// Whether the organisation's workflows run.
    pub(crate) workflows: bool,
    /// Whether Zoho turned down a duration in minutes alone before.
    pub(crate) long_in_hours: &'a AtomicBool,
}

impl Writer<'_> {
    /// Writes one call; without what Zoho does not take, if it can do without.
    pub(crate) async fn log(&self, entry: &LogEntry) -> Result<Logged, Failure> {
        let layout = self.layout().await?;
        let mut manner = Manner::whole(self.long());
        let mut without = Vec::new();
        for _ in 0..MOST_TRIES {
            let record = call::record(entry, &layout, &manner)?;
            let turned = match self.write(&[record]).await?.pop() {
                Some(Ok(id)) => return Ok(Logged { id, without }),
                Some(Err(turned)) => turned,
                None => return Err(unanswered()),
            };
            without.extend(self.mend(entry, &mut manner, turned)?);
        }
        Err(Failure::refused(without.pop().map_or_else(
            || AdviceCode::KeepsRefusing.into(),
            |without: Without| Words::from(without.words),
        )))
    }

    /// Writes up to [`BULK`] calls at once. One that is turned down and can do without what Zoho
    /// did not take is written again alone.
    pub(crate) async fn log_many(
        &self,
        entries: &[LogEntry],
    ) -> Result<Vec<Result<Logged, Failure>>, Failure> {
        let layout = self.layout().await?;
        let manner = Manner::whole(self.long());
        let mut told: Vec<Option<Result<Logged, Failure>>> = Vec::with_capacity(entries.len());
        let mut records = Vec::with_capacity(entries.len());
        for entry in entries {
            match call::record(entry, &layout, &manner) {
                Ok(record) => {
                    records.push(record);
                    told.push(None);
                }
                Err(failure) => told.push(Some(Err(failure))),
            }
        }
        let mut written = if records.is_empty() {
            Vec::new().into_iter()
        } else {
            self.write(&records).await?.into_iter()
        };
        let mut results = Vec::with_capacity(entries.len());
        for (entry, told) in entries.iter().zip(told) {
            let result = match told {
                Some(failure) => failure,
                None => match written.next() {
                    Some(Ok(id)) => Ok(Logged::whole(id)),
                    Some(Err(turned)) if self.is_mendable(entry, &turned) => self.log(entry).await,
                    Some(Err(turned)) => Err(turned.into()),
                    None => Err(unanswered()),
                },
            };
            results.push(result);
        }
        Ok(results)
    }

    /// Changes what may change of a written call. Its text is read right before, so that what
    /// people wrote there stays: Zoho has no precondition for a change.
    pub(crate) async fn amend(
        &self,
        id: &str,
        entry: &LogEntry,
        before: &LateParts,
    ) -> Result<(), Failure> {
        if !is_id(id) {
            return Err(not_an_id(id));
        }
        let layout = self.layout().await?;
        let present = self.description(id).await?;
        let text = text::amended(entry, before, &present);
        let mut fields = call::amendment(entry, text, &layout);
        for _ in 0..MOST_TRIES {
            let ask = Ask::put(
                Purpose::Journal,
                &format!("{CALLS}/{id}"),
                &self.body(slice::from_ref(&fields)),
            )?;
            match self.results(&ask).await?.pop() {
                Some(Ok(_)) => return Ok(()),
                // The description tells it all the same.
                Some(Err(Turned::Field { name, .. }))
                    if name != "Description" && fields.remove(&name).is_some() => {}
                Some(Err(turned)) => return Err(turned.into()),
                None => return Err(unanswered()),
            }
        }
        Err(unanswered())
    }

    /// The description of a call as it stands there.
    async fn description(&self, id: &str) -> Result<String, Failure> {
        let ask = Ask::get(Purpose::Journal, format!("{CALLS}/{id}")).with("fields", "Description");
        let found = self.api.read::<Listing>(&ask).await?;
        let call = found.and_then(|found| found.data.into_iter().next());
        let Some(call) = call else {
            return Err(Failure::refused(AdviceCode::RecordGone));
        };
        Ok(Row(&call)
            .text("Description")
            .unwrap_or_default()
            .to_owned())
    }

    /// Moves a written call to another record.
    pub(crate) async fn reassign(&self, id: &str, entry: &LogEntry) -> Result<(), Failure> {
        if !is_id(id) {
            return Err(not_an_id(id));
        }
        let ask = Ask::put(
            Purpose::Journal,
            &format!("{CALLS}/{id}"),
            &self.body(&[call::reassignment(entry)?]),
        )?;
        match self.results(&ask).await?.pop() {
            Some(Ok(_)) => Ok(()),
            Some(Err(turned)) => Err(turned.into()),
            None => Err(unanswered()),
        }
    }

    async fn layout(&self) -> Result<Arc<Layout>, Failure> {
        Ok(self.layouts.of(self.api, CALLS, Purpose::Journal).await?)
    }

    fn long(&self) -> LongDuration {
        if self.long_in_hours.load(Ordering::Relaxed) {
            LongDuration::Hours
        } else {
            LongDuration::Minutes
        }
    }

    async fn write(
        &self,
        records: &[Map<String, Value>],
    ) -> Result<Vec<Result<String, Turned>>, Failure> {
        let ask = Ask::post(Purpose::Journal, CALLS, &self.body(records))?;
        self.results(&ask).await
    }

    async fn results(&self, ask: &Ask) -> Result<Vec<Result<String, Turned>>, Failure> {
        let written = self.api.read::<Written>(ask).await?;
        Ok(written
            .map(|written| written.data.iter().map(Item::result).collect())
            .unwrap_or_default())
    }

    fn body(&self, records: &[Map<String, Value>]) -> Value {
        body(records, self.workflows)
    }

    fn is_mendable(&self, entry: &LogEntry, turned: &Turned) -> bool {
        let mut manner = Manner::whole(self.long());
        self.mend(entry, &mut manner, turned.clone()).is_ok()
    }

    /// Changes how the call is written so that it can be taken, and says what it is then written
    /// without. Fails with Zoho's words when nothing helps.
    fn mend(
        &self,
        entry: &LogEntry,
        manner: &mut Manner,
        turned: Turned,
    ) -> Result<Option<Without>, Failure> {
        let Turned::Field { name, words } = turned else {
            return Err(turned.into());
        };
        let what = match name.as_str() {
            "Call_Duration" if manner.long == LongDuration::Minutes => {
                self.long_in_hours.store(true, Ordering::Relaxed);
                manner.long = LongDuration::Hours;
                return Ok(None);
            }
            "Owner" => LeftOut::Owner,
            "What_Id" | "$se_module" if entry.who.module == Module::Contact => LeftOut::Account,
            "Who_Id" | "What_Id" | "$se_module" => LeftOut::Who,
            needed if NEEDED.contains(&needed) => return Err(Failure::refused(words)),
            _ if manner.without_fields.contains(&name) => return Err(Failure::refused(words)),
            _ => {
                manner.without_fields.push(name);
                return Ok(Some(Without {
                    what: LeftOut::Field,
                    words,
                }));
            }
        };
        if manner.without.contains(&what) {
            return Err(Failure::refused(words));
        }
        manner.without.push(what);
        Ok(Some(Without { what, words }))
    }
}

/// The body of a write. An empty `trigger` keeps the organisation's workflows from running.
pub(crate) fn body(records: &[Map<String, Value>], workflows: bool) -> Value {
    if workflows {
        json!({"data": records})
    } else {
        json!({"data": records, "trigger": []})
    }
}

/// Zoho took the request and did not tell of every record.
fn not_an_id(id: &str) -> Failure {
    Failure::refused(Advice::about(AdviceCode::ForeignId, id))
}

fn unanswered() -> Failure {
    Failure::unknown(AdviceCode::AnswerUnclear)
}
