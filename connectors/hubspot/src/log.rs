//! Calls and tasks are written, many at once where they piled up, and changed.

use http::Method;
use linecard_crm::{EntryKey, Failure, LogEntry, Logged};
use linecard_http::Purpose;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::{Api, objects};
use crate::body;
use crate::call::{self, BODY};
use crate::draft::Draft;
use crate::kind::{self, Kind};
use crate::known::Known;
use crate::record::Object;
use crate::refusal::{Envelope, Refusal};

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
}

/// Writes one record of an activity.
pub(crate) async fn write(api: &Api, mut draft: Draft) -> Result<Logged, Failure> {
    let path = objects(draft.kind, "");
    for _ in 0..MOST_MENDS {
        let created: Result<Object, Refusal> = api
            .write(Purpose::Journal, Method::POST, &path, &draft.input())
            .await;
        match created {
            Ok(created) if created.id.is_empty() => {
                return Err(Failure::Unknown {
                    words: "HubSpot's answer has no id".to_owned(),
                });
            }
            Ok(created) => {
                return Ok(Logged {
                    id: created.id,
                    without: draft.without,
                });
            }
            Err(refusal) => draft.mend(api, refusal).await?,
        }
    }
    Err(Failure::Refused {
        words: "HubSpot went on refusing the record, for another reason each time".to_owned(),
    })
}

/// Writes many calls with one request. Those that were not taken are tried one by one, so that
/// each is mended or has its own reason.
pub(crate) async fn write_many(
    api: &Api,
    known: &Known,
    entries: &[LogEntry],
) -> Result<Vec<Result<Logged, Failure>>, Failure> {
    let mut drafts = Vec::with_capacity(entries.len());
    for entry in entries {
        drafts.push(call::draft(api, known, entry).await);
    }
    let inputs: Vec<Value> = entries
        .iter()
        .zip(&drafts)
        .filter_map(|(entry, draft)| {
            let mut input = draft.as_ref().ok()?.input();
            // Comes back with the result or the error that this input led to.
            input["objectWriteTraceId"] = entry.key.as_str().into();
            Some(input)
        })
        .collect();
    let batch = if inputs.is_empty() {
        Batch {
            results: Vec::new(),
            errors: Vec::new(),
        }
    } else {
        let path = objects(Kind::Call, "/batch/create");
        let body = json!({"inputs": inputs});
        match api
            .write(Purpose::Journal, Method::POST, &path, &body)
            .await
        {
            Ok(batch) => batch,
            Err(refusal) if is_of_one(&refusal) => return singly(api, drafts).await,
            Err(refusal) => return Err(refusal.into()),
        }
    };
    let mut told = Vec::with_capacity(entries.len());
    for (entry, draft) in entries.iter().zip(drafts) {
        told.push(match draft {
            Err(failure) => Err(failure),
            Ok(draft) => match batch.fate(&entry.key) {
                Fate::Written(id) => Ok(Logged::whole(id)),
                Fate::Refused => write(api, draft).await,
                Fate::Untold => Err(Failure::Unknown {
                    words: "HubSpot did not tell what became of this call".to_owned(),
                }),
            },
        });
    }
    Ok(told)
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

async fn singly(
    api: &Api,
    drafts: Vec<Result<Draft, Failure>>,
) -> Result<Vec<Result<Logged, Failure>>, Failure> {
    let mut told = Vec::with_capacity(drafts.len());
    for draft in drafts {
        told.push(match draft {
            Ok(draft) => write(api, draft).await,
            Err(failure) => Err(failure),
        });
    }
    Ok(told)
}

/// What became of one call of a batch.
enum Fate {
    Written(String),
    Refused,
    Untold,
}

impl Batch {
    fn fate(&self, key: &EntryKey) -> Fate {
        let written = self.results.iter().find(|object| is_of(object, key));
        if let Some(object) = written.filter(|object| !object.id.is_empty()) {
            return Fate::Written(object.id.clone());
        }
        let refused = self
            .errors
            .iter()
            .any(|error| error.trace() == Some(key.as_str()));
        // Without a trace: everything that was written tells whose it is, so this one was not.
        let all_told = self.results.iter().all(|object| whose(object).is_some());
        if refused || (!self.errors.is_empty() && all_told) {
            Fate::Refused
        } else {
            Fate::Untold
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

/// Brings the call to hold what came late. The body is written whole: description, late parts and
/// key; the other properties stay.
pub(crate) async fn amend(api: &Api, id: &str, entry: &LogEntry) -> Result<(), Failure> {
    let path = objects(Kind::Call, &format!("/{}", kind::id(id)?));
    let mut draft = call::amended(entry);
    for _ in 0..MOST_MENDS {
        let change = json!({"properties": draft.properties});
        let changed: Result<Object, Refusal> = api
            .write(Purpose::Journal, Method::PATCH, &path, &change)
            .await;
        match changed {
            Ok(_) => return Ok(()),
            Err(Refusal::NotThere { words }) => return Err(Failure::Refused { words }),
            Err(refusal) => draft.mend(api, refusal).await?,
        }
    }
    Err(Failure::Refused {
        words: "HubSpot went on refusing the change, for another reason each time".to_owned(),
    })
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
            Fate::Refused => "refused",
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
