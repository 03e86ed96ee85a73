//! Calls are written as activities, changed, and found again by their key.

use std::collections::BTreeMap;

use linecard_crm::{AdviceCode, EntryKey, Failure, LateParts, LeftOut, LogEntry, Logged, Words};
use linecard_http::Purpose;
use serde_json::{Value, json};

use crate::activity::{self, Draft, ORIGINATOR};
use crate::api::Api;
use crate::bindings;
use crate::command::{Command, MOST, looks_like_reference, reference};
use crate::php;
use crate::refusal::Refusal;

/// How many calls go with one request: a batch takes fifty commands, and a call and its link to
/// the company are two.
pub(crate) const MOST_AT_ONCE: usize = MOST / 2;

/// How often an activity that was not taken is written again without what was wrong with it: as
/// often as there are things it can go without.
const MOST_MENDS: usize = 3;

/// Writes one activity.
pub(crate) async fn write(api: &Api, mut draft: Draft) -> Result<Logged, Failure> {
    for _ in 0..MOST_MENDS {
        match attempt(api, &mut draft).await? {
            Ok(id) => {
                return Ok(Logged {
                    id: id.to_string(),
                    without: draft.without,
                });
            }
            Err(refusal) => mend(api, &mut draft, refusal).await?,
        }
    }
    Err(Failure::refused(AdviceCode::KeepsRefusing))
}

/// Sends it, with its link to the company in the same request where there is one. The outer
/// failure is one of the request, the inner one of the activity.
async fn attempt(api: &Api, draft: &mut Draft) -> Result<Result<u64, Refusal>, Failure> {
    let add = draft.command();
    let Some(company) = draft.company else {
        return Ok(api
            .call(Purpose::Journal, &add)
            .await
            .and_then(|given| new_id(&given.result)));
    };
    if looks_like_reference(draft.fields()) {
        let given = match api.call(Purpose::Journal, &add).await {
            Ok(given) => given,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let id = match new_id(&given.result) {
            Ok(id) => id,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let link = bindings::add(&id.to_string(), company);
        if let Err(refusal) = api.call(Purpose::Journal, &link).await {
            // The call stands there: its own answer counts.
            draft.without_company(Failure::from(refusal).words().to_owned());
        }
        return Ok(Ok(id));
    }
    let link = bindings::add(&reference(0, &[]), company);
    let mut fates = api.batch(Purpose::Journal, &[add, link]).await?.into_iter();
    let added = fates.next().transpose();
    let linked = fates.next().transpose();
    let id = match added {
        Ok(given) => new_id(&given.unwrap_or_default().result),
        Err(refusal) => Err(refusal),
    };
    if id.is_ok()
        && let Err(refusal) = linked
    {
        draft.without_company(Failure::from(refusal).words().to_owned());
    }
    Ok(id)
}

/// The answer to a new record is its id. Without one nobody knows what became of it.
pub(crate) fn new_id(result: &Value) -> Result<u64, Refusal> {
    php::id(result).ok_or_else(|| Refusal::Failed(Failure::unknown(AdviceCode::AnswerUnclear)))
}

/// Takes out of the draft what the portal did not take, or fails.
async fn mend(api: &Api, draft: &mut Draft, refusal: Refusal) -> Result<(), Failure> {
    let mended =
        |what: LeftOut, draft: &Draft| draft.without.iter().any(|without| without.what == what);
    match refusal {
        Refusal::Responsible { words } if !mended(LeftOut::Owner, draft) => {
            let user = api.webhook().await?.user;
            draft.without_owner(&user, words);
            Ok(())
        }
        Refusal::Binding { words } => {
            if draft.without_person(words.clone()) {
                Ok(())
            } else {
                Err(Failure::refused(words))
            }
        }
        refusal => Err(refusal.into()),
    }
}

/// Writes many with one request. One that was not taken and can be mended is written again by
/// itself, and so is one whose text a batch would take for a reference.
pub(crate) async fn write_many(
    api: &Api,
    drafts: Vec<Result<Draft, Failure>>,
) -> Result<Vec<Result<Logged, Failure>>, Failure> {
    let mut told: Vec<Option<Result<Logged, Failure>>> = Vec::with_capacity(drafts.len());
    let mut alone: Vec<(usize, Draft)> = Vec::new();
    let mut together: Vec<(usize, Draft)> = Vec::new();
    for (place, draft) in drafts.into_iter().enumerate() {
        told.push(None);
        match draft {
            Ok(draft) if looks_like_reference(draft.fields()) => alone.push((place, draft)),
            Ok(draft) => together.push((place, draft)),
            Err(failure) => tell(&mut told, place, Err(failure)),
        }
    }
    for some in together.chunks(MOST_AT_ONCE) {
        for (place, fate) in batch(api, some).await? {
            match fate {
                Ok(logged) => tell(&mut told, place, Ok(logged)),
                Err((mut draft, refusal)) => match mend(api, &mut draft, refusal).await {
                    Ok(()) => alone.push((place, draft)),
                    Err(failure) => tell(&mut told, place, Err(failure)),
                },
            }
        }
    }
    for (place, draft) in alone {
        let fate = write(api, draft).await;
        tell(&mut told, place, fate);
    }
    let untold = || Err(Failure::unknown(AdviceCode::AnswerUnclear));
    Ok(told
        .into_iter()
        .map(|fate| fate.unwrap_or_else(untold))
        .collect())
}

fn tell(told: &mut [Option<Result<Logged, Failure>>], place: usize, fate: Result<Logged, Failure>) {
    if let Some(slot) = told.get_mut(place) {
        *slot = Some(fate);
    }
}

/// What became of one draft: written, or refused and to be mended.
type Fate = Result<Logged, (Draft, Refusal)>;

async fn batch(api: &Api, drafts: &[(usize, Draft)]) -> Result<Vec<(usize, Fate)>, Failure> {
    let mut commands: Vec<Command> = drafts.iter().map(|(_, draft)| draft.command()).collect();
    let mut links = Vec::new();
    for (place, (_, draft)) in drafts.iter().enumerate() {
        if let Some(company) = draft.company {
            links.push(place);
            commands.push(bindings::add(&reference(place, &[]), company));
        }
    }
    let mut fates = api.batch(Purpose::Journal, &commands).await?;
    let linked = fates.split_off(drafts.len().min(fates.len()));
    let mut unlinked: BTreeMap<usize, Refusal> = links
        .into_iter()
        .zip(linked)
        .filter_map(|(place, fate)| Some((place, fate.err()?)))
        .collect();
    Ok(drafts
        .iter()
        .zip(fates)
        .enumerate()
        .map(|(index, ((place, draft), fate))| {
            let mut draft = draft.clone();
            let fate = match fate.and_then(|given| new_id(&given.result)) {
                Ok(id) => {
                    if let Some(refusal) = unlinked.remove(&index) {
                        draft.without_company(Failure::from(refusal).words().to_owned());
                    }
                    Ok(Logged {
                        id: id.to_string(),
                        without: draft.without,
                    })
                }
                Err(refusal) => Err((draft, refusal)),
            };
            (*place, fate)
        })
        .collect())
}

/// After a lost answer: looks at once whether the calls stand there. One that does was written, and
/// nothing has to wait. Of one that does not the first request may still be under way: only after
/// [`Crm::settles_after`](linecard_crm::Crm::settles_after) it is known not to have been written.
pub(crate) async fn after_lost_answer(
    api: &Api,
    entries: &[LogEntry],
    words: Words,
) -> Result<Vec<Result<Logged, Failure>>, Failure> {
    let keys: Vec<&EntryKey> = entries.iter().map(|entry| &entry.key).collect();
    let lost = Failure::unknown(words);
    let Ok(mut found) = find(api, &keys).await else {
        return Err(lost);
    };
    if found.is_empty() {
        return Err(lost);
    }
    Ok(keys
        .into_iter()
        .map(|key| found.remove(key).map(Logged::whole).ok_or(lost.clone()))
        .collect())
}

/// Brings what came late into the text. It is read right before, so that what people wrote there
/// stays: Bitrix24 has no precondition for a change.
pub(crate) async fn amend(
    api: &Api,
    id: &str,
    entry: &LogEntry,
    before: &LateParts,
) -> Result<(), Failure> {
    let get = Command::new("crm.activity.get", json!({"id": id}));
    let stands = api.call(Purpose::Journal, &get).await?.result;
    let present = stands.get("DESCRIPTION").and_then(Value::as_str);
    let present = present.unwrap_or_default();
    let text = activity::amended(entry, before, present);
    if text == present {
        return Ok(());
    }
    let params = json!({"id": id, "fields": {"DESCRIPTION": text}});
    let update = Command::new("crm.activity.update", params);
    api.call(Purpose::Journal, &update).await?;
    Ok(())
}

/// The ids of those keys that were written, up to fifty with one request.
pub(crate) async fn find(
    api: &Api,
    keys: &[&EntryKey],
) -> Result<BTreeMap<EntryKey, String>, Failure> {
    let mut found = BTreeMap::new();
    for some in keys.chunks(MOST) {
        let commands: Vec<Command> = some.iter().map(|key| by_key(key)).collect();
        let fates = api.batch(Purpose::Journal, &commands).await?;
        for (key, fate) in some.iter().zip(fates) {
            if let Some(id) = id_of(&fate?.result, key)? {
                found.insert((*key).clone(), id);
            }
        }
    }
    Ok(found)
}

fn by_key(key: &EntryKey) -> Command {
    Command::new(
        "crm.activity.list",
        json!({
            "filter": {"ORIGINATOR_ID": ORIGINATOR, "ORIGIN_ID": key.as_str()},
            "select": ["ID", "ORIGINATOR_ID", "ORIGIN_ID"],
            "order": {"ID": "ASC"}, "start": -1
        }),
    )
}

/// The id of the activity that holds the key. A portal drops a filter that it does not know and
/// then lists everything, so the key is compared here too.
fn id_of(result: &Value, key: &EntryKey) -> Result<Option<String>, Failure> {
    if !matches!(result, Value::Array(_) | Value::Object(_)) {
        return Err(Failure::retry(AdviceCode::AnswerUnclear));
    }
    let holds = |activity: &&Value| {
        activity.get("ORIGINATOR_ID").and_then(Value::as_str) == Some(ORIGINATOR)
            && activity.get("ORIGIN_ID").and_then(Value::as_str) == Some(key.as_str())
    };
    let found = php::values(result).into_iter().find(holds);
    Ok(found
        .and_then(|activity| php::id(activity.get("ID")?))
        .map(|id| id.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x6_a_list_that_is_not_filtered_gives_no_false_hit() {
        let key = EntryKey::new("key-1");
        let other = json!([
            {"ID": "1", "ORIGINATOR_ID": "linecard", "ORIGIN_ID": "key-12"},
            {"ID": "2", "ORIGINATOR_ID": null, "ORIGIN_ID": "key-1"}
        ]);
        assert_eq!(id_of(&other, &key), Ok(None));
        let ours = json!([{"ID": "3", "ORIGINATOR_ID": "linecard", "ORIGIN_ID": "key-1"}]);
        assert_eq!(id_of(&ours, &key), Ok(Some("3".to_owned())));
    }

    #[test]
    fn x6_an_answer_that_is_no_list_does_not_mean_that_nothing_was_written() {
        assert!(id_of(&json!(null), &EntryKey::new("key-1")).is_err());
        assert_eq!(id_of(&json!([]), &EntryKey::new("key-1")), Ok(None));
    }
}
