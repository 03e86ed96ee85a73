//! What changed, page by page, and records by their ids (F5, F10, F19).

use linecard_crm::{Advice, AdviceCode, Changes, Cursor, Failure, Module, Person};
use linecard_http::Purpose;

use crate::api::Api;
use crate::cursor::{Mark, Position};
use crate::describe::Layouts;
use crate::find::{Error, Fields};
use crate::row::Row;
use crate::{escape, links, search};

/// As many records as Salesforce answers at once.
const PAGE: usize = 2_000;

/// Ids in one query: 5 kB of the 16 kB that an address may have.
const MOST_IDS: usize = 200;

/// The next page of what changed.
pub(crate) async fn changed(
    api: &Api,
    layouts: &Layouts,
    module: Module,
    cursor: Option<&Cursor>,
) -> Result<Changes, Error> {
    let mut position = Position::of(cursor);
    let Some(fields) = Row::fields(module, layouts) else {
        return Ok(Changes {
            changed: Vec::new(),
            next: position.cursor(),
            more: false,
            total: Some(0),
        });
    };
    let object = links::object(module);
    let counts = counting(module, layouts);
    if position.is_start() {
        let soql = format!("SELECT COUNT() FROM {object}{}", condition(&[counts]));
        let page = api.query::<Fields>(Purpose::Sync, &soql).await?;
        position.total = Some(page.total);
    }
    let after = position.condition();
    let soql = format!(
        "SELECT {} FROM {object}{} ORDER BY SystemModstamp, Id LIMIT {PAGE}",
        fields.join(","),
        condition(&[counts, after.as_deref()]),
    );
    let page = api.query::<Fields>(Purpose::Sync, &soql).await?;
    let rows: Vec<Row> = page
        .records
        .iter()
        .filter_map(|fields| Row::read(fields, layouts))
        .collect();
    // Salesforce may answer fewer records than asked for when they are wide.
    let more = page.next.is_some() || page.records.len() >= PAGE;
    let last = rows.last().and_then(|row| {
        Some(Mark {
            stamp: row.modified()?,
            id: row.id().to_owned(),
        })
    });
    if more && last.is_none() {
        return Err(Error::Failed(Failure::refused(Advice::about(
            AdviceCode::NotShown,
            object,
        ))));
    }
    let base = api.base();
    Ok(Changes {
        changed: rows.iter().map(|row| row.whole(&base)).collect(),
        next: position.past(last, more, api.now()).cursor(),
        more,
        total: position.total,
    })
}

/// The records with these ids that are still there.
pub(crate) async fn read(
    api: &Api,
    layouts: &Layouts,
    module: Module,
    ids: &[String],
) -> Result<Vec<Person>, Error> {
    let Some(fields) = Row::fields(module, layouts) else {
        return Ok(Vec::new());
    };
    let object = links::object(module);
    let mut people = Vec::with_capacity(ids.len());
    for some in ids.chunks(MOST_IDS) {
        let Some(list) = list(some) else {
            continue;
        };
        let these = format!("Id IN ({list})");
        let soql = format!(
            "SELECT {} FROM {object}{}",
            fields.join(","),
            condition(&[counting(module, layouts), Some(&these)])
        );
        let page = api.query::<Fields>(Purpose::Sync, &soql).await?;
        let base = api.base();
        let rows = page
            .records
            .iter()
            .filter_map(|fields| Row::read(fields, layouts));
        people.extend(rows.map(|row| row.whole(&base)));
    }
    Ok(people)
}

/// Ids for `IN (…)`; what is no id is passed over.
pub(crate) fn list(ids: &[String]) -> Option<String> {
    let quoted: Vec<String> = ids
        .iter()
        .filter(|id| escape::is_id(id))
        .map(|id| format!("'{id}'"))
        .collect();
    (!quoted.is_empty()).then(|| quoted.join(","))
}

/// Which records of a module a phonebook wants. A person account comes as its contact.
fn counting(module: Module, layouts: &Layouts) -> Option<&'static str> {
    let has_people = layouts
        .of(module)
        .is_some_and(|layout| layout.has("IsPersonAccount"));
    if module == Module::Account && has_people {
        return Some("IsPersonAccount=false");
    }
    search::condition(module, layouts)
}

fn condition(parts: &[Option<&str>]) -> String {
    let parts: Vec<&str> = parts.iter().copied().flatten().collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", parts.join(" AND "))
    }
}
