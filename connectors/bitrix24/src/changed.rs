//! What changed, page by page, and records by their ids (F10, F19).

use std::collections::BTreeMap;

use linecard_crm::{AdviceCode, Changes, Cursor, Failure, Module, Person};
use linecard_http::Purpose;
use serde_json::{Value, json};
use url::Url;

use crate::api::Api;
use crate::command::{Command, MOST, reference};
use crate::cursor::Position;
use crate::family::{Condition, Families, Family, ID, List, MODIFIED, STATUS};
use crate::find::company_names;
use crate::row::{CONVERTED, Row};

/// The size of a page. It cannot be changed.
const PAGE: usize = 50;

/// Pages in one batch, each going on where the one before ended. More would take longer than a
/// request may.
const CHAIN: usize = 10;

/// The next of what changed.
pub(crate) async fn changed(
    api: &Api,
    families: &Families,
    portal: &Url,
    module: Module,
    cursor: Option<&Cursor>,
) -> Result<Changes, Failure> {
    let mut position = Position::of(cursor);
    let counts = position.is_start() && position.since.is_none();
    // One page shows whether there is more than a little.
    let many = if position.after == 0 { 1 } else { CHAIN };
    let commands = |family| chain(family, module, &position, many, counts);
    let (family, fates) = families.batch(api, Purpose::Sync, commands).await?;
    let mut fates = fates.into_iter();
    if counts {
        position.total = fates.next().transpose()?.and_then(|given| given.total);
    }
    let mut rows: Vec<Value> = Vec::new();
    let mut more = true;
    for fate in fates {
        let given = fate?;
        position.began(given.at.unwrap_or_else(|| api.now()));
        let page = family.rows(&given)?;
        more = page.len() >= PAGE;
        rows.extend(page);
        // What follows refers to a record that is not there.
        if !more {
            break;
        }
    }
    let read = read_rows(family, module, &rows);
    let last = read.iter().map(Row::id).max();
    if more && last.is_none_or(|last| last <= position.after) {
        return Err(Failure::retry(AdviceCode::AnswerUnclear));
    }
    Ok(Changes {
        changed: people(api, families, portal, &read).await?,
        total: position.total,
        next: position.past(last, more).cursor(),
        more,
    })
}

/// The pages after `position`, and before them, where it `counts`, how many records there are.
fn chain(
    family: Family,
    module: Module,
    position: &Position,
    many: usize,
    counts: bool,
) -> Vec<Command> {
    let conditions = |after: Value| {
        let mut conditions = alive(module);
        if let Some(since) = position.since {
            // With an offset in digits: a time that a portal cannot read matches nothing.
            let since = since.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string();
            conditions.push((">=", MODIFIED, json!(since)));
        }
        conditions.push((">", ID, after));
        conditions
    };
    let mut commands = Vec::with_capacity(many + 1);
    if counts {
        commands.push(family.list(&List {
            counts: true,
            ids_only: true,
            ..List::new(module, alive(module))
        }));
    }
    commands.push(family.list(&List::new(module, conditions(json!(position.after)))));
    for _ in 1..many {
        let path = family.path(PAGE - 1, ID);
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let after = reference(commands.len() - 1, &path);
        commands.push(family.list(&List::new(module, conditions(json!(after)))));
    }
    commands
}

/// A lead that became a contact is gone as a lead.
pub(crate) fn alive(module: Module) -> Vec<Condition> {
    match module {
        Module::Lead => vec![("!", STATUS, json!(CONVERTED))],
        Module::Contact | Module::Account => Vec::new(),
    }
}

/// The records with these ids that are still there.
pub(crate) async fn read(
    api: &Api,
    families: &Families,
    portal: &Url,
    module: Module,
    ids: &[String],
) -> Result<Vec<Person>, Failure> {
    let ids: Vec<u64> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    let pages: Vec<&[u64]> = ids.chunks(PAGE).collect();
    let mut found = Vec::with_capacity(ids.len());
    for pages in pages.chunks(MOST) {
        let commands = |family: Family| {
            let page = |ids: &&[u64]| {
                let mut conditions = alive(module);
                conditions.push(("@", ID, json!(ids)));
                family.list(&List::new(module, conditions))
            };
            pages.iter().map(page).collect()
        };
        let (family, fates) = families.batch(api, Purpose::Sync, commands).await?;
        let mut rows = Vec::new();
        for fate in fates {
            rows.extend(family.rows(&fate?)?);
        }
        let read = read_rows(family, module, &rows);
        found.extend(people(api, families, portal, &read).await?);
    }
    Ok(found)
}

fn read_rows(family: Family, module: Module, rows: &[Value]) -> Vec<Row<'_>> {
    rows.iter()
        .filter_map(|fields| Row::read(module, family, fields))
        .collect()
}

/// The records as a phonebook wants them, with their companies' names.
async fn people(
    api: &Api,
    families: &Families,
    portal: &Url,
    rows: &[Row<'_>],
) -> Result<Vec<Person>, Failure> {
    let mut companies: Vec<u64> = rows.iter().filter_map(Row::company_id).collect();
    companies.sort_unstable();
    companies.dedup();
    let names: BTreeMap<u64, String> =
        company_names(api, families, Purpose::Sync, &companies).await?;
    Ok(rows
        .iter()
        .map(|row| {
            let company = row.company_id().and_then(|id| names.get(&id).cloned());
            row.person(company, portal)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_of_a_chain_goes_on_where_the_one_before_ends() {
        let position = Position {
            after: 200,
            ..Position::default()
        };
        let commands = chain(Family::Item, Module::Contact, &position, 3, false);
        assert_eq!(commands[0].params["filter"], json!({">id": 200}));
        assert_eq!(
            commands[1].params["filter"],
            json!({">id": "$result[0][items][49][id]"})
        );
        assert_eq!(
            commands[2].params["filter"],
            json!({">id": "$result[1][items][49][id]"})
        );
        let commands = chain(Family::Classic, Module::Contact, &position, 2, false);
        assert_eq!(
            commands[1].params["filter"],
            json!({">ID": "$result[0][49][ID]"})
        );
    }

    #[test]
    fn f19_a_first_reading_counts_and_a_later_one_asks_since_when() {
        let first = chain(Family::Item, Module::Lead, &Position::default(), 1, true);
        assert_eq!(
            (first[0].params["start"].clone(), first.len()),
            (json!(0), 2)
        );
        assert_eq!(
            first[1].params["filter"],
            json!({">id": 0, "!stageId": "CONVERTED"})
        );
        let later = Position {
            since: "2026-05-01T07:25:37Z".parse().ok(),
            ..Position::default()
        };
        let later = chain(Family::Item, Module::Contact, &later, 1, false);
        assert_eq!(
            later[0].params["filter"],
            json!({">id": 0, ">=updatedTime": "2026-05-01T07:25:37+00:00"})
        );
    }
}
