//! Which records are gone: deleted, merged into others, or leads that became contacts (F10).

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{AdviceCode, Deletion, Failure, Module, RecordRef};
use linecard_http::Purpose;
use serde::Deserialize;

use crate::api::{Api, Page};
use crate::changed::list;
use crate::describe::Layouts;
use crate::find::Error;
use crate::readable::short;
use crate::tail::written;
use crate::{escape, links, search};

/// Ids in one query.
const MOST_IDS: usize = 200;

/// From so many held records on it costs less to ask for all deletions than for each record.
const FEW: usize = MOST_IDS;

/// Deleted records are purged after 15 days; a longer look back would miss some.
const KEPT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// By how much our clock and Salesforce's may differ, and how long a deletion can be under way.
const OVERLAP: SignedDuration = SignedDuration::from_mins(5);

/// Bounds an answer that names itself as its next page.
const MOST_PAGES: usize = 1_000;

#[derive(Deserialize)]
struct Fate {
    #[serde(rename = "Id")]
    id: String,
    #[serde(default, rename = "IsDeleted")]
    is_deleted: bool,
    #[serde(default, rename = "MasterRecordId")]
    master: Option<String>,
    #[serde(default, rename = "IsConverted")]
    is_converted: bool,
    #[serde(default, rename = "ConvertedContactId")]
    contact: Option<String>,
}

/// Which of `held` are gone.
pub(crate) async fn deleted(
    api: &Api,
    layouts: &Layouts,
    module: Module,
    since: Timestamp,
    held: &[String],
) -> Result<Vec<Deletion>, Error> {
    let oldest = api.now().checked_sub(KEPT).unwrap_or(Timestamp::MIN);
    if layouts.of(module).is_none() || held.is_empty() {
        return Ok(Vec::new());
    }
    if held.len() <= FEW || since < oldest {
        each(api, layouts, module, held).await
    } else {
        all(api, layouts, module, since, held).await
    }
}

/// Asks for each held record; one that is not even among the deleted was purged.
async fn each(
    api: &Api,
    layouts: &Layouts,
    module: Module,
    held: &[String],
) -> Result<Vec<Deletion>, Error> {
    let mut gone = Vec::new();
    for some in held.chunks(MOST_IDS) {
        let Some(ids) = list(some) else {
            continue;
        };
        let soql = format!("{} WHERE Id IN ({ids})", select(layouts, module));
        let page = api.query_all::<Fate>(Purpose::Sync, &soql).await?;
        let fates: BTreeMap<String, Fate> = page
            .records
            .into_iter()
            .map(|fate| (short(&fate.id).to_owned(), fate))
            .collect();
        for id in some.iter().filter(|id| escape::is_id(id)) {
            match fates.get(short(id)) {
                Some(fate) => gone.extend(deletion(module, id, fate)),
                None => gone.push(Deletion {
                    at: at(module, id),
                    merged_into: None,
                }),
            }
        }
    }
    Ok(gone)
}

/// Asks for all deletions since.
async fn all(
    api: &Api,
    layouts: &Layouts,
    module: Module,
    since: Timestamp,
    held: &[String],
) -> Result<Vec<Deletion>, Error> {
    let held: BTreeMap<&str, &String> = held.iter().map(|id| (short(id), id)).collect();
    let since = written(since.checked_sub(OVERLAP).unwrap_or(Timestamp::MIN));
    let is_gone = match search::condition(module, layouts) {
        Some(_) => "(IsDeleted=true OR IsConverted=true)",
        None => "IsDeleted=true",
    };
    let soql = format!(
        "{} WHERE {is_gone} AND SystemModstamp >= {since} ORDER BY SystemModstamp, Id",
        select(layouts, module)
    );
    let mut gone = Vec::new();
    let mut page: Page<Fate> = api.query_all(Purpose::Sync, &soql).await?;
    for _ in 0..MOST_PAGES {
        for fate in &page.records {
            if let Some(id) = held.get(short(&fate.id)) {
                gone.extend(deletion(module, id, fate));
            }
        }
        let Some(next) = page.next else {
            return Ok(gone);
        };
        page = api.next(Purpose::Sync, &next).await?;
    }
    Err(Error::Failed(Failure::refused(AdviceCode::EndlessList)))
}

fn select(layouts: &Layouts, module: Module) -> String {
    let layout = layouts.of(module);
    let wanted = [
        "IsDeleted",
        "MasterRecordId",
        "IsConverted",
        "ConvertedContactId",
    ];
    let fields: Vec<&str> = wanted
        .into_iter()
        .filter(|field| layout.is_some_and(|layout| layout.has(field)))
        .collect();
    let fields: Vec<&str> = ["Id"].into_iter().chain(fields).collect();
    format!("SELECT {} FROM {}", fields.join(","), links::object(module))
}

fn deletion(module: Module, id: &str, fate: &Fate) -> Option<Deletion> {
    let target = |module, id: &Option<String>| {
        let id = id.as_deref().filter(|id| escape::is_id(id))?;
        Some(at(module, id))
    };
    let merged_into = if fate.is_deleted {
        target(module, &fate.master)
    } else if fate.is_converted {
        target(Module::Contact, &fate.contact)
    } else {
        return None;
    };
    Some(Deletion {
        at: at(module, id),
        merged_into,
    })
}

fn at(module: Module, id: &str) -> RecordRef {
    RecordRef {
        module,
        id: id.to_owned(),
    }
}
