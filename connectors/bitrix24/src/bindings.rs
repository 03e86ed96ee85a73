//! On whose pages an activity stands (REST documentation, "crm.activity.binding.*").

use std::collections::BTreeSet;

use linecard_crm::{Failure, LogEntry, Module};
use linecard_http::Purpose;
use serde_json::{Value, json};

use crate::activity::id;
use crate::api::Api;
use crate::command::Command;
use crate::family::number;
use crate::php;

/// Shows an activity at a company too. `activity` is its id, or stands for it inside a batch.
pub(crate) fn add(activity: &str, company: u64) -> Command {
    change(
        "crm.activity.binding.add",
        activity,
        (number(Module::Account), company),
    )
}

fn change(method: &'static str, activity: &str, (kind, record): (u64, u64)) -> Command {
    Command::new(
        method,
        json!({"activityId": activity, "entityTypeId": kind, "entityId": record}),
    )
}

/// Moves an activity to the entry's person and company (X3). It is shown at the new ones before
/// it is taken from the old: a portal keeps the last page that an activity has.
pub(crate) async fn reassign(api: &Api, activity: &str, entry: &LogEntry) -> Result<(), Failure> {
    let params = json!({"activityId": activity});
    let list = Command::new("crm.activity.binding.list", params);
    let given = api.call(Purpose::Journal, &list).await?;
    let now: BTreeSet<(u64, u64)> = php::values(&given.result)
        .into_iter()
        .filter_map(binding)
        .collect();
    let mut wanted = BTreeSet::from([(number(entry.who.module), id(&entry.who)?)]);
    if let Some(account) = &entry.account {
        wanted.insert((number(account.module), id(account)?));
    }
    let added = wanted
        .difference(&now)
        .map(|at| change("crm.activity.binding.add", activity, *at));
    let removed = now
        .difference(&wanted)
        .map(|at| change("crm.activity.binding.delete", activity, *at));
    let commands: Vec<Command> = added.chain(removed).collect();
    if commands.is_empty() {
        return Ok(());
    }
    for fate in api.batch(Purpose::Journal, &commands).await? {
        fate?;
    }
    Ok(())
}

fn binding(given: &Value) -> Option<(u64, u64)> {
    Some((
        php::id(given.get("entityTypeId")?)?,
        php::id(given.get("entityId")?)?,
    ))
}
