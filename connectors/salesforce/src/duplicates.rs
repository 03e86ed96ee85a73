//! What a duplicate rule of the organisation found: is one of them the caller?
//!
//! Rules compare names and addresses too, and loosely. A record counts as the caller's only when
//! it holds the very number, so that no call lands at somebody else.

use linecard_crm::{Module, Record};
use linecard_http::Purpose;
use linecard_number::{Phone, Plan};

use crate::api::Api;
use crate::describe::Layouts;
use crate::find::{Error, Fields};
use crate::refusal::Duplicates;
use crate::row::Row;
use crate::{escape, links};

/// The most records that are looked at.
const MOST: usize = 20;

/// The best of the matches that holds `phone`.
pub(crate) async fn same(
    api: &Api,
    layouts: &Layouts,
    plan: &Plan,
    phone: &Phone,
    duplicates: &Duplicates,
) -> Result<Option<Record>, Error> {
    let base = api.base();
    for module in [Module::Contact, Module::Lead, Module::Account] {
        let Some(fields) = Row::fields(module, layouts) else {
            continue;
        };
        let object = links::object(module);
        let ids: Vec<String> = duplicates
            .matches
            .iter()
            .filter(|(of, id)| of == object && escape::is_id(id))
            .take(MOST)
            .map(|(_, id)| format!("'{id}'"))
            .collect();
        if ids.is_empty() {
            continue;
        }
        let soql = format!(
            "SELECT {} FROM {object} WHERE Id IN ({})",
            fields.join(","),
            ids.join(",")
        );
        let page = api.query::<Fields>(Purpose::Call, &soql).await?;
        let found = page.records.iter().find_map(|fields| {
            let row = Row::read(fields, layouts)?;
            let number = row.number(plan, phone)?;
            Some(row.record(number, &base))
        });
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
