//! Somebody to be called back (X10): a planned call, which a portal shows as a to-do.
//!
//! `crm.activity.todo.add` has no place for a key, so a lost answer could not be cleared up.

use linecard_crm::{Failure, FollowUp, Logged};
use linecard_http::Purpose;
use serde_json::json;

use crate::activity::{Draft, id};
use crate::api::Api;
use crate::family::{Families, Family, ID, List};
use crate::log;
use crate::row::Row;

/// Gives a person something to do. A planned call names the number, which is read first.
pub(crate) async fn add(
    api: &Api,
    families: &Families,
    task: &FollowUp,
) -> Result<Logged, Failure> {
    let module = task.who.module;
    let who = id(&task.who)?;
    let commands = |family: Family| {
        let list = List::new(module, vec![("@", ID, json!([who]))]);
        vec![family.list(&list)]
    };
    let (family, fates) = families.batch(api, Purpose::Journal, commands).await?;
    let mut phone = None;
    for fate in fates {
        let rows = family.rows(&fate?)?;
        phone = rows
            .iter()
            .filter_map(|fields| Row::read(module, family, fields))
            .find_map(|row| row.numbers().into_iter().next());
    }
    let phone = phone.map(|one| one.number).unwrap_or_default();
    log::write(api, Draft::of_task(task, &phone)?).await
}

/// The id of the planned call, if it was written.
pub(crate) async fn find(api: &Api, task: &FollowUp) -> Result<Option<String>, Failure> {
    let mut found = log::find(api, &[&task.key]).await?;
    Ok(found.remove(&task.key))
}
