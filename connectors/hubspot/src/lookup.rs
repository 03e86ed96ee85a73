//! What was written is found again after its answer was lost.
//!
//! The search lags behind, so it is not asked: the activities of a person are read by way of the
//! person's associations, which are up to date at once, and their bodies tell by our key which
//! entry each is of. Only where the person is gone, so that nothing stands at them any more, the
//! search by time has to do.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use linecard_crm::{AdviceCode, EntryKey, Failure, RecordRef};
use linecard_http::Purpose;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::{Api, VERSION, objects};
use crate::body;
use crate::kind::{self, Kind};
use crate::record::{Found, Object, Paging};
use crate::refusal::Refusal;
use crate::search;

/// The greatest number of records in one batch.
const MOST_AT_ONCE: usize = 100;

/// The greatest number of groups of one search.
const MOST_GROUPS: usize = 5;

/// Pages of 500 associations of one person each: more than anybody is called.
const MOST_PAGES: usize = 200;

/// What is looked for: the key, where it stands, and when it was.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) key: EntryKey,
    pub(crate) who: RecordRef,
    pub(crate) at: Timestamp,
}

#[derive(Deserialize)]
struct Associations {
    results: Vec<OfOne>,
    #[serde(default)]
    errors: Vec<Value>,
}

#[derive(Deserialize)]
struct OfOne {
    from: From_,
    to: Vec<To>,
    #[serde(default)]
    paging: Option<Paging>,
}

#[derive(Deserialize)]
struct From_ {
    id: String,
}

#[derive(Deserialize)]
struct To {
    #[serde(rename = "toObjectId")]
    id: Value,
}

/// The ids of those that stand there, by key. `kind` is calls or tasks, and `text` the property
/// that holds their body.
pub(crate) async fn find(
    api: &Api,
    kind: Kind,
    text: &str,
    wanted: &[Wanted],
) -> Result<BTreeMap<EntryKey, String>, Failure> {
    let mut found = BTreeMap::new();
    let mut at_people: BTreeSet<u64> = BTreeSet::new();
    let mut seen: BTreeSet<(Kind, String)> = BTreeSet::new();
    for person in [Kind::Contact, Kind::Company, Kind::Lead] {
        let ids: BTreeSet<String> = wanted
            .iter()
            .filter(|one| Kind::from(one.who.module) == person)
            .filter(|one| kind::id(&one.who.id).is_ok())
            .map(|one| one.who.id.clone())
            .collect();
        for ids in ids.into_iter().collect::<Vec<_>>().chunks(MOST_AT_ONCE) {
            let (activities, people) = associated(api, person, kind, ids).await?;
            at_people.extend(activities);
            seen.extend(people.into_iter().map(|id| (person, id)));
        }
    }
    let missing =
        |found: &BTreeMap<EntryKey, String>| wanted.iter().any(|one| !found.contains_key(&one.key));
    // Ids grow with time, so what was written last is most likely in the first batch.
    let newest: Vec<u64> = at_people.into_iter().rev().collect();
    for ids in newest.chunks(MOST_AT_ONCE) {
        if !missing(&found) {
            return Ok(found);
        }
        take(&mut found, wanted, text, read(api, kind, text, ids).await?);
    }
    let unseen: Vec<&Wanted> = wanted
        .iter()
        .filter(|one| !found.contains_key(&one.key))
        .filter(|one| !seen.contains(&(one.who.module.into(), one.who.id.clone())))
        .collect();
    for some in unseen.chunks(MOST_GROUPS) {
        let objects = by_time(api, kind, text, some).await?;
        take(&mut found, wanted, text, objects);
    }
    Ok(found)
}

fn take(
    found: &mut BTreeMap<EntryKey, String>,
    wanted: &[Wanted],
    text: &str,
    objects: Vec<Object>,
) {
    for object in objects {
        let Some(key) = object.text(text).and_then(body::key) else {
            continue;
        };
        if wanted.iter().any(|one| one.key == key) && !object.id.is_empty() {
            found.entry(key).or_insert(object.id);
        }
    }
}

/// The activities that stand at these people, and which of the people are there.
async fn associated(
    api: &Api,
    from: Kind,
    to: Kind,
    ids: &[String],
) -> Result<(Vec<u64>, Vec<String>), Failure> {
    let path = format!(
        "/crm/associations/{VERSION}/{}/{}/batch/read",
        from.path(),
        to.path()
    );
    let mut activities = Vec::new();
    let mut people = Vec::new();
    let mut inputs: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
    for _ in 0..MOST_PAGES {
        if inputs.is_empty() {
            return Ok((activities, people));
        }
        let body = json!({"inputs": inputs});
        let answer: Associations = match api.post_read(Purpose::Journal, &path, &body).await {
            Ok(answer) => answer,
            // None of them is there.
            Err(Refusal::NotThere { .. }) => return Ok((activities, people)),
            Err(refusal) => return Err(refusal.into()),
        };
        inputs = Vec::new();
        people.extend(answer.errors.iter().flat_map(with_none));
        for one in answer.results {
            activities.extend(one.to.iter().filter_map(To::number));
            if let Some(after) = one.paging.and_then(Paging::after) {
                inputs.push(json!({"id": one.from.id, "after": after}));
            }
            people.push(one.from.id);
        }
    }
    Err(Failure::refused(AdviceCode::EndlessList))
}

/// Somebody who is there, and at whom nothing stands, can be told among the errors.
fn with_none(error: &Value) -> Vec<String> {
    let category = error.get("subCategory").and_then(Value::as_str);
    let ids = error
        .pointer("/context/fromObjectId")
        .and_then(Value::as_array);
    ids.into_iter()
        .flatten()
        .filter(|_| category.is_some_and(|name| name.contains("NO_ASSOCIATIONS_FOUND")))
        .filter_map(|id| id.as_str().map(str::to_owned))
        .collect()
}

impl To {
    /// A number or a text, by the version of the API.
    fn number(&self) -> Option<u64> {
        self.id
            .as_u64()
            .or_else(|| self.id.as_str().and_then(|id| id.parse().ok()))
    }
}

async fn read(api: &Api, kind: Kind, text: &str, ids: &[u64]) -> Result<Vec<Object>, Failure> {
    let inputs: Vec<Value> = ids.iter().map(|id| json!({"id": id.to_string()})).collect();
    let body = json!({"inputs": inputs, "properties": [text]});
    let found: Found = api
        .post_read(Purpose::Journal, &objects(kind, "/batch/read"), &body)
        .await?;
    Ok(found.results)
}

/// Activities at these very times.
async fn by_time(
    api: &Api,
    kind: Kind,
    text: &str,
    wanted: &[&Wanted],
) -> Result<Vec<Object>, Failure> {
    let groups: Vec<Value> = wanted
        .iter()
        .map(|one| {
            let millis = one.at.as_millisecond().to_string();
            search::all(&[search::filter("hs_timestamp", "EQ", &millis)])
        })
        .collect();
    let body = search::body(&groups, &[text], &[], 200);
    let found: Found = api.search(Purpose::Journal, kind, &body).await?;
    Ok(found.results)
}
