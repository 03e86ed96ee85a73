//! Calls and things to do are written as Tasks, changed, and found again by their key.

use std::collections::BTreeMap;

use linecard_crm::{AdviceCode, EntryKey, Failure, LateParts, LogEntry, Logged};
use linecard_http::Purpose;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api::Api;
use crate::mend::{Draft, mend};
use crate::refusal::{self, Problem, Refusal};
use crate::task::{self, KEY, Task};
use crate::{escape, row};

/// The greatest number of records in a collection (REST API Developer Guide, "Create Multiple
/// Records").
pub(crate) const MOST_AT_ONCE: usize = 200;

/// How often a Task that was not taken is written again without what was wrong with it: as often
/// as there are things it can go without, and a merge.
const MOST_MENDS: usize = 6;

/// How often a Task is read again because somebody has changed it meanwhile.
const MOST_MEETINGS: usize = 3;

/// The longest list of keys in one query, in bytes of its address. Salesforce takes 16,384 with
/// all headers.
const LONGEST_LIST: usize = 11_000;

#[derive(Deserialize)]
struct Created {
    id: String,
}

#[derive(Serialize)]
struct Collection {
    #[serde(rename = "allOrNone")]
    all_or_none: bool,
    records: Vec<Value>,
}

/// What became of one record of a collection.
#[derive(Deserialize)]
struct Fate {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    success: bool,
    #[serde(default)]
    errors: Vec<Problem>,
}

/// What of a Task is looked at before its text is changed.
#[derive(Deserialize)]
struct Standing {
    #[serde(rename = "Description")]
    description: Option<String>,
    #[serde(rename = "LastModifiedDate")]
    modified: Option<String>,
}

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "Id")]
    id: String,
    #[serde(rename = "CallObject")]
    key: Option<String>,
}

/// Writes one Task.
pub(crate) async fn write(api: &Api, task: Task) -> Result<Logged, Failure> {
    let mut draft = Draft::new(task);
    for _ in 0..=MOST_MENDS {
        let created: Result<Created, Refusal> = api
            .post(Purpose::Journal, "sobjects/Task", &draft.task, &[])
            .await;
        match created {
            Ok(created) => {
                return Ok(Logged {
                    id: created.id,
                    without: draft.without,
                });
            }
            Err(refusal) => mend(api, &mut draft, refusal).await?,
        }
    }
    Err(never_taken())
}

/// Writes many with one request. Those that were not taken and can be mended go together in
/// another one.
pub(crate) async fn write_many(
    api: &Api,
    tasks: Vec<Result<Task, Failure>>,
) -> Result<Vec<Result<Logged, Failure>>, Failure> {
    let mut told: BTreeMap<usize, Result<Logged, Failure>> = BTreeMap::new();
    let mut waiting: Vec<(usize, Draft)> = Vec::with_capacity(tasks.len());
    for (place, task) in tasks.into_iter().enumerate() {
        match task {
            Ok(task) => waiting.push((place, Draft::new(task))),
            Err(failure) => {
                told.insert(place, Err(failure));
            }
        }
    }
    for round in 0..=MOST_MENDS {
        if waiting.is_empty() {
            break;
        }
        let sent = std::mem::take(&mut waiting);
        let fates = match collection(api, &sent).await {
            Ok(fates) => fates,
            // Nothing has become of any of them.
            Err(failure) if round == 0 && told.is_empty() => return Err(failure),
            Err(failure) => {
                told.extend(
                    sent.into_iter()
                        .map(|(place, _)| (place, Err(failure.clone()))),
                );
                break;
            }
        };
        for ((place, mut draft), fate) in sent.into_iter().zip(fates) {
            let refusal = match fate {
                Fate {
                    id: Some(id),
                    success: true,
                    ..
                } => {
                    let without = draft.without;
                    told.insert(place, Ok(Logged { id, without }));
                    continue;
                }
                Fate { errors, .. } => refusal::of_record(errors, api.now()),
            };
            match mend(api, &mut draft, refusal).await {
                Ok(()) => waiting.push((place, draft)),
                Err(failure) => {
                    told.insert(place, Err(failure));
                }
            }
        }
    }
    for (place, _) in waiting {
        told.insert(place, Err(never_taken()));
    }
    Ok(told.into_values().collect())
}

async fn collection(api: &Api, drafts: &[(usize, Draft)]) -> Result<Vec<Fate>, Failure> {
    let records = drafts.iter().map(|(_, draft)| draft.task.in_collection());
    let body = Collection {
        all_or_none: false,
        records: records.collect(),
    };
    let fates: Vec<Fate> = api
        .post(Purpose::Journal, "composite/sobjects", &body, &[])
        .await?;
    if fates.len() == drafts.len() {
        return Ok(fates);
    }
    Err(Failure::unknown(AdviceCode::AnswerUnclear))
}

fn never_taken() -> Failure {
    Failure::refused(AdviceCode::KeepsRefusing)
}

/// Brings what came late into the Task's text. Whoever changes the Task between our reading and
/// our writing is not written over: Salesforce turns the change down, and it is read again.
pub(crate) async fn amend(
    api: &Api,
    id: &str,
    entry: &LogEntry,
    before: &LateParts,
) -> Result<(), Failure> {
    let resource = format!("sobjects/Task/{}", escape::id(id)?);
    let fields = [("fields", "Description,LastModifiedDate")];
    for _ in 0..MOST_MEETINGS {
        let stands: Standing = api.get(Purpose::Journal, &resource, &fields).await?;
        let present = stands.description.unwrap_or_default();
        let text = task::amended(entry, before, &present);
        if text == present {
            return Ok(());
        }
        let change = json!({"Description": text});
        let modified = stands.modified.as_deref().and_then(row::moment);
        let changed = api
            .patch_unmodified(Purpose::Journal, &resource, &change, modified)
            .await;
        match changed {
            Err(Refusal::Modified { .. }) => {}
            changed => return Ok(changed?),
        }
    }
    Err(Failure::retry(AdviceCode::ChangedEachTime))
}

/// Moves the Task to another person or account. What it no longer is about is taken out.
pub(crate) async fn reassign(api: &Api, id: &str, entry: &LogEntry) -> Result<(), Failure> {
    let resource = format!("sobjects/Task/{}", escape::id(id)?);
    let about = Task::about(&entry.who, entry.account.as_ref(), "")?;
    let change = json!({"WhoId": about.text("WhoId"), "WhatId": about.text("WhatId")});
    Ok(api.patch(Purpose::Journal, &resource, &change).await?)
}

/// The ids of the Tasks that hold these keys. SOQL is up to date at once, unlike the search.
pub(crate) async fn find<'a>(
    api: &Api,
    keys: impl Iterator<Item = &'a EntryKey>,
) -> Result<BTreeMap<EntryKey, String>, Failure> {
    let mut found = BTreeMap::new();
    for list in lists(keys.map(EntryKey::as_str)) {
        let soql = format!("SELECT Id,{KEY} FROM Task WHERE {KEY} IN ({list}) ORDER BY Id");
        let mut page = api.query::<Found>(Purpose::Journal, &soql).await?;
        loop {
            for task in page.records {
                // SOQL takes texts for equal that differ in case; the caller knows its keys.
                if let Some(key) = task.key {
                    found.entry(EntryKey::new(key)).or_insert(task.id);
                }
            }
            let Some(next) = page.next else {
                break;
            };
            page = api.next(Purpose::Journal, &next).await?;
        }
    }
    Ok(found)
}

/// Lists of quoted keys that fit into an address each.
fn lists<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut lists: Vec<String> = Vec::new();
    let mut used = LONGEST_LIST;
    let mut count = MOST_AT_ONCE;
    for key in keys {
        // Each quote and comma is three bytes in an address.
        let length = key.len() + 9;
        let quoted = format!("'{}'", escape::soql(key));
        match lists.last_mut() {
            Some(list) if used + length <= LONGEST_LIST && count < MOST_AT_ONCE => {
                list.push(',');
                list.push_str(&quoted);
                used += length;
                count += 1;
            }
            _ => {
                lists.push(quoted);
                used = length;
                count = 1;
            }
        }
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x6_two_hundred_keys_of_usual_length_are_one_query() {
        let keys: Vec<String> = (0..200)
            .map(|n| format!("01906b2e-7c1f-7000-8000-{n:012}"))
            .collect();
        assert_eq!(lists(keys.iter().map(String::as_str)).len(), 1);
        assert_eq!(lists(std::iter::empty()), Vec::<String>::new());
        assert_eq!(lists(["a", "b'"].into_iter()), [r"'a','b\''"]);
    }

    #[test]
    fn longer_keys_and_more_of_them_are_several_queries() {
        let long: Vec<String> = (0..200).map(|n| format!("{n:0100}")).collect();
        let split = lists(long.iter().map(String::as_str));
        assert_eq!(split.len(), 2);
        assert!(split.iter().all(|list| list.len() <= LONGEST_LIST));
        let many: Vec<String> = (0..201).map(|n| n.to_string()).collect();
        assert_eq!(lists(many.iter().map(String::as_str)).len(), 2);
    }
}
