//! At whose records a written call stands (Associations, "Associate records").

use std::collections::BTreeSet;

use linecard_crm::{Failure, LogEntry, Module};
use linecard_http::Purpose;

use crate::api::{Api, objects};
use crate::kind::{self, Kind};
use crate::known::Known;
use crate::record::Object;
use crate::refusal::Refusal;

/// Moves a call to the entry's person and company (X3). It is put at the new ones before it is
/// taken from the old: a change that is cut in the middle leaves it where somebody sees it. What
/// else it stands at, such as a deal, stays.
pub(crate) async fn reassign(
    api: &Api,
    known: &Known,
    id: &str,
    entry: &LogEntry,
) -> Result<(), Failure> {
    let call = format!("/{}", kind::id(id)?);
    let account = entry
        .account
        .as_ref()
        .filter(|account| account.module == Module::Account);
    let mut wanted = BTreeSet::new();
    for at in [Some(&entry.who), account].into_iter().flatten() {
        wanted.insert((Kind::from(at.module), kind::id(&at.id)?.to_owned()));
    }
    let mut kinds = vec![Kind::Contact, Kind::Company];
    if known.has_leads(api, Purpose::Journal).await? {
        kinds.push(Kind::Lead);
    }
    let now = standing(api, &call, &kinds).await?;
    for (kind, record) in wanted.difference(&now) {
        let link = format!("{call}/associations/default/{}/{record}", kind.path());
        let link = objects(Kind::Call, &link);
        match api.put(Purpose::Journal, &link).await {
            Err(Refusal::NotThere { words }) => return Err(Failure::refused(words)),
            told => told?,
        }
    }
    for (kind, record) in now.difference(&wanted) {
        let link = format!("{call}/associations/{}/{record}", kind.path());
        match api
            .delete(Purpose::Journal, &objects(Kind::Call, &link))
            .await
        {
            // Somebody else has just taken it away.
            Err(Refusal::NotThere { .. }) => {}
            told => told?,
        }
    }
    Ok(())
}

/// The records of these kinds that a call stands at.
async fn standing(
    api: &Api,
    call: &str,
    kinds: &[Kind],
) -> Result<BTreeSet<(Kind, String)>, Failure> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.path()).collect();
    let names = names.join(",");
    let path = objects(Kind::Call, call);
    let asked = [("associations", names.as_str())];
    let found: Object = match api.get(Purpose::Journal, &path, &asked).await {
        Err(Refusal::NotThere { words }) => return Err(Failure::refused(words)),
        found => found?,
    };
    let mut standing = BTreeSet::new();
    for kind in kinds {
        let linked = found.associations.get(kind.path());
        for record in linked.map(|linked| &linked.results).into_iter().flatten() {
            standing.insert((*kind, kind::id(&record.id)?.to_owned()));
        }
    }
    Ok(standing)
}
