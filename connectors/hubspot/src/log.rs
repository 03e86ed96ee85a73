//! Calls and tasks are written, many at once where they piled up, and changed.

use std::collections::BTreeMap;

use http::Method;
use linecard_crm::{AdviceCode, EntryKey, Failure, LateParts, LogEntry, Logged};
use linecard_http::Purpose;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::{Api, objects};
use crate::body;
use crate::call::{self, BODY};
use crate::draft::{Draft, Presence};
use crate::envelope::Envelope;
use crate::kind::{self, Kind};
use crate::known::Known;
use crate::record::Object;
use crate::refusal::Refusal;

/// The greatest number of records in a batch.
pub(crate) const MOST_AT_ONCE: usize = 100;

/// How often a record that was not taken is written again without what was wrong with it: as
/// often as there are things it can go without.
const MOST_MENDS: usize = 8;

/// What became of a batch. A 207 has its failures inside a success.
#[derive(Deserialize)]
struct Batch {
    results: Vec<Object>,
    #[serde(default)]
    errors: Vec<Envelope>,
    /// Why nothing of it was written.
    #[serde(skip)]
    whole: Option<Refusal>,
}

/// Writes one record of an activity.
pub(crate) async fn write(api: &Api, mut draft: Draft) -> Result<Logged, Failure> {
    let path = objects(draft.kind, "");
    let mut presence = Presence::default();
    for _ in 0..MOST_MENDS {
        let created: Result<Object, Refusal> = api
            .write(Purpose::Journal, Method::POST, &path, &draft.input())
            .await;
        match created {
            Ok(created) if created.id.is_empty() => {
                return Err(Failure::unknown(AdviceCode::AnswerUnclear));
            }
            Ok(created) => {
                return Ok(Logged {
                    id: created.id,
                    without: draft.without,
                });
            }
            Err(refusal) => draft.mend(api, refusal, &mut presence).await?,
        }
    }
    Err(Failure::refused(AdviceCode::KeepsRefusing))
}

/// A call of a batch: its place among those that were asked for, its key, and what is sent.
struct Waiting<'a> {
    place: usize,
    key: &'a EntryKey,
    draft: Draft,
}

/// Writes many calls with one request. Those that were not taken and can be mended go together in
/// another one.
pub(crate) async fn write_many(
    api: &Api,
    known: &Known,
    entries: &[LogEntry],
) -> Result<Vec<Result<Logged, Failure>>, Failure> {
    let mut told: BTreeMap<usize, Result<Logged, Failure>> = BTreeMap::new();
    let mut first = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        let key = &entry.key;
        match call::draft(api, known, entry).await {
            Ok(draft) => first.push(Waiting { place, key, draft }),
            Err(failure) => {
                told.insert(place, Err(failure));
            }
        }
    }
    let mut presence = Presence::default();
    let mut waiting = vec![first];
    while let Some(sent) = waiting.pop() {
        if sent.is_empty() {
            continue;
        }
        let batch = match create_batch(api, &sent).await {
            Ok(batch) => batch,
            // One wrong input kept the others from being written, and it is not told which.
            Err(refusal) if is_of_one(&refusal) && sent.len() > 1 => {
                waiting.extend(halves(sent));
                continue;
            }
            Err(refusal) if is_of_one(&refusal) => Batch::refusing(refusal),
            // Nothing has become of any of them.
            Err(refusal) if told.is_empty() && waiting.is_empty() => return Err(refusal.into()),
            Err(refusal) => {
                let failure = Failure::from(refusal);
                for one in sent.into_iter().chain(waiting.drain(..).flatten()) {
                    told.insert(one.place, Err(failure.clone()));
                }
                break;
            }
        };
        let mut again = Vec::new();
        for mut one in sent {
            let refusal = match batch.fate(one.key) {
                Fate::Written(id) => {
                    let without = one.draft.without;
                    told.insert(one.place, Ok(Logged { id, without }));
                    continue;
                }
                Fate::Refused(refusal) => refusal,
                Fate::Untold => Refusal::Failed(Failure::unknown(AdviceCode::AnswerUnclear)),
            };
            match one.draft.mend(api, refusal, &mut presence).await {
                Ok(()) => again.push(one),
                Err(failure) => {
                    told.insert(one.place, Err(failure));
                }
            }
        }
        waiting.push(again);
    }
    Ok(told.into_values().collect())
}

async fn create_batch(api: &Api, sent: &[Waiting<'_>]) -> Result<Batch, Refusal> {
    let inputs: Vec<Value> = sent
        .iter()
        .map(|one| {
            let mut input = one.draft.input();
            // Comes back with the result or the error that this input led to.
            input["objectWriteTraceId"] = one.key.as_str().into();
            input
        })
        .collect();
    let path = objects(Kind::Call, "/batch/create");
    let body = json!({"inputs": inputs});
    api.write(Purpose::Journal, Method::POST, &path, &body)
        .await
}

fn halves(mut sent: Vec<Waiting<'_>>) -> [Vec<Waiting<'_>>; 2] {
    let second = sent.split_off(sent.len() / 2);
    [second, sent]
}

/// Whether one wrong input can have kept the others from being written.
fn is_of_one(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Properties { .. }
            | Refusal::NotThere { .. }
            | Refusal::Exists { .. }
            | Refusal::Unexplained { .. }
            | Refusal::Failed(Failure::Refused { .. })
    )
}

/// What became of one call of a batch.
#[derive(Debug, PartialEq)]
enum Fate {
    Written(String),
    Refused(Refusal),
    Untold,
}

impl Batch {
    /// A batch of one that was refused as a whole.
    fn refusing(refusal: Refusal) -> Self {
        Self {
            results: Vec::new(),
            errors: Vec::new(),
            whole: Some(refusal),
        }
    }

    fn fate(&self, key: &EntryKey) -> Fate {
        if let Some(refusal) = &self.whole {
            return Fate::Refused(refusal.clone());
        }
        let written = self.results.iter().find(|object| is_of(object, key));
        if let Some(object) = written.filter(|object| !object.id.is_empty()) {
            return Fate::Written(object.id.clone());
        }
        let traced = |error: &&Envelope| error.trace() == Some(key.as_str());
        if let Some(error) = self.errors.iter().find(traced) {
            return Fate::Refused(error.of_input());
        }
        // Without a trace: everything that was written tells whose it is, so this one was not.
        let all_told = self.results.iter().all(|object| whose(object).is_some());
        match self.errors.as_slice() {
            [error] if all_told => Fate::Refused(error.of_input()),
            _ => Fate::Untold,
        }
    }
}

fn is_of(object: &Object, key: &EntryKey) -> bool {
    whose(object).as_ref() == Some(key)
}

/// The key of the call that a result is of: from its trace, or from its body.
fn whose(object: &Object) -> Option<EntryKey> {
    let traced = object.trace.clone().map(EntryKey::new);
    traced.or_else(|| object.text(BODY).and_then(body::key))
}

/// Brings the call to hold what came late. Its body is read right before, so that what people
/// wrote there stays: HubSpot has no precondition for a change. The other properties stay.
pub(crate) async fn amend(
    api: &Api,
    id: &str,
    entry: &LogEntry,
    before: &LateParts,
) -> Result<(), Failure> {
    let path = objects(Kind::Call, &format!("/{}", kind::id(id)?));
    let stands = api.get(Purpose::Journal, &path, &[("properties", BODY)]);
    let stands: Object = match stands.await {
        Err(Refusal::NotThere { words }) => return Err(Failure::refused(words)),
        stands => stands?,
    };
    let present = stands.text(BODY).unwrap_or_default();
    let mut draft = call::amended(entry, before, present);
    let mut presence = Presence::default();
    for _ in 0..MOST_MENDS {
        let change = json!({"properties": draft.properties});
        let changed: Result<Object, Refusal> = api
            .write(Purpose::Journal, Method::PATCH, &path, &change)
            .await;
        match changed {
            Ok(_) => return Ok(()),
            Err(Refusal::NotThere { words }) => return Err(Failure::refused(words)),
            Err(refusal) => draft.mend(api, refusal, &mut presence).await?,
        }
    }
    Err(Failure::refused(AdviceCode::KeepsRefusing))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(json: Value) -> Batch {
        serde_json::from_value(json).unwrap()
    }

    fn fate(batch: &Batch, key: &str) -> &'static str {
        match batch.fate(&EntryKey::new(key)) {
            Fate::Written(_) => "written",
            Fate::Refused(_) => "refused",
            Fate::Untold => "untold",
        }
    }

    #[test]
    fn x6_every_call_of_a_batch_has_its_own_fate() {
        let batch = batch(json!({
            "results": [
                {"id": "1", "objectWriteTraceId": "a", "properties": {}},
                {"id": "2", "properties": {"hs_call_body": "<p>linecard: b</p>"}},
            ],
            "errors": [{"message": "no", "context": {"objectWriteTraceId": ["c"]}}],
        }));
        for (key, expected) in [("a", "written"), ("b", "written"), ("c", "refused")] {
            assert_eq!(fate(&batch, key), expected, "{key}");
        }
    }

    #[test]
    fn x6_a_call_that_nobody_tells_of_is_looked_up_before_it_is_written_again() {
        let nothing = batch(json!({"results": []}));
        assert_eq!(fate(&nothing, "a"), "untold");
        let nameless = batch(json!({
            "results": [{"id": "1", "properties": {}}], "errors": [{"message": "no"}],
        }));
        assert_eq!(fate(&nameless, "a"), "untold");
    }
}
