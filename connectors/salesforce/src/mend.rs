//! A Task that Salesforce did not take is written without what was wrong with it, when the call
//! says enough without that.
//!
//! A person who was merged into another is followed there; a lead that was converted is the
//! contact that it became. Rules of the organisation, missing rights and required fields are not
//! mended: an admin has to read of those.

use linecard_crm::{Advice, AdviceCode, Failure, LeftOut, PersonNeeded, Without};
use linecard_http::Purpose;
use serde::Deserialize;

use crate::api::Api;
use crate::escape;
use crate::refusal::{Refusal, Rejection};
use crate::task::{KEY, Task};

/// How far a merged person is followed.
const MOST_MERGES: usize = 5;

/// A Task on its way, and what it already goes without.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) task: Task,
    pub(crate) without: Vec<Without>,
}

impl Draft {
    pub(crate) fn new(task: Task) -> Self {
        Self {
            task,
            without: Vec::new(),
        }
    }

    /// Leaves `field` out and says so; `false` if it was not there.
    fn leave_out(&mut self, field: &str, words: &str) -> bool {
        let left = self.task.leave_out(field);
        if left {
            let what = match field {
                "OwnerId" => LeftOut::Owner,
                "WhoId" => LeftOut::Who,
                "WhatId" => LeftOut::Account,
                _ => LeftOut::Field,
            };
            self.without.push(Without {
                what,
                words: words.to_owned(),
            });
        }
        left
    }
}

/// Makes the draft one that Salesforce can take, or tells what became of it for good.
pub(crate) async fn mend(api: &Api, draft: &mut Draft, refusal: Refusal) -> Result<(), Failure> {
    match refusal {
        Refusal::UnknownField { words } => {
            let fields = quoted(&words);
            without_fields(draft, fields, &words)
        }
        Refusal::Rejected(rejection) => rejected(api, draft, rejection).await,
        refusal => Err(refusal.into()),
    }
}

async fn rejected(api: &Api, draft: &mut Draft, rejection: Rejection) -> Result<(), Failure> {
    let Rejection { words, fields, .. } = &rejection;
    match rejection.code.as_str() {
        "INACTIVE_OWNER_OR_USER" if draft.leave_out("OwnerId", words) => Ok(()),
        "ENTITY_IS_DELETED" | "INVALID_CROSS_REFERENCE_KEY" | "MALFORMED_ID" | "NOT_FOUND" => {
            gone(api, draft, fields, words).await
        }
        "CANNOT_UPDATE_CONVERTED_LEAD" => converted(api, draft, words).await,
        "FIELD_INTEGRITY_EXCEPTION" => {
            let links = ["WhatId", "WhoId"];
            let named = links
                .into_iter()
                .find(|link| fields.iter().any(|it| it == link));
            // A lead with anything beside it: the account goes, not the person.
            let left = named.is_some_and(|link| draft.leave_out(link, words))
                || named.is_none() && draft.leave_out("WhatId", words);
            if left { Ok(()) } else { refused(words) }
        }
        "INVALID_FIELD_FOR_INSERT_UPDATE" => {
            let named = if fields.is_empty() {
                listed(words)
            } else {
                fields.clone()
            };
            without_fields(draft, named, words)
        }
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" => without_fields(draft, fields.clone(), words),
        _ => refused(words),
    }
}

fn refused(words: &str) -> Result<(), Failure> {
    Err(Failure::refused(words.to_owned()))
}

/// Without fields that this organisation hides, does not have or fills otherwise. Without the
/// field of our key a call could be written twice: that one is for a person to open.
fn without_fields(draft: &mut Draft, fields: Vec<String>, words: &str) -> Result<(), Failure> {
    if fields.iter().any(|field| field == KEY) {
        return Err(Failure::needs_person(PersonNeeded::Permission, words)
            .advising(Advice::about(AdviceCode::CallKeyField, KEY)));
    }
    let mut left = false;
    for field in fields {
        left |= draft.leave_out(&field, words);
    }
    if left { Ok(()) } else { refused(words) }
}

#[derive(Deserialize)]
struct Target {
    #[serde(default, rename = "IsDeleted")]
    is_deleted: bool,
    #[serde(default, rename = "MasterRecordId")]
    master: Option<String>,
}

/// A record that the Task names is not there any more. Salesforce does not always say which one.
async fn gone(api: &Api, draft: &mut Draft, fields: &[String], words: &str) -> Result<(), Failure> {
    for link in ["WhoId", "WhatId"] {
        let may_be = fields.is_empty() || fields.iter().any(|field| field == link);
        let Some(id) = draft.task.text(link).filter(|_| may_be).map(str::to_owned) else {
            continue;
        };
        match whereabouts(api, &id).await? {
            Whereabouts::There => {}
            Whereabouts::Merged(master) => {
                draft.task.set(link, master);
                return Ok(());
            }
            Whereabouts::Gone => {
                draft.leave_out(link, words);
                return Ok(());
            }
        }
    }
    // Both are there: it is the owner, or a person whom the user may not see.
    let named = ["OwnerId", "WhoId", "WhatId"]
        .into_iter()
        .find(|field| fields.iter().any(|it| it == field))
        .unwrap_or("OwnerId");
    if draft.leave_out(named, words) {
        Ok(())
    } else {
        refused(words)
    }
}

enum Whereabouts {
    There,
    Merged(String),
    Gone,
}

async fn whereabouts(api: &Api, id: &str) -> Result<Whereabouts, Failure> {
    let Some(object) = object_of(id) else {
        return Ok(Whereabouts::Gone);
    };
    let mut at = id.to_owned();
    for _ in 0..MOST_MERGES {
        let soql = format!(
            "SELECT Id,IsDeleted,MasterRecordId FROM {object} WHERE Id='{}'",
            escape::id(&at)?
        );
        let found = match api.query_all::<Target>(Purpose::Journal, &soql).await {
            Ok(page) => page.records.into_iter().next(),
            // The user may not read such records; then it is gone for us.
            Err(Refusal::Rejected(_) | Refusal::UnknownField { .. }) => None,
            Err(refusal) => return Err(refusal.into()),
        };
        match found {
            Some(target) if !target.is_deleted && at == id => return Ok(Whereabouts::There),
            Some(target) if !target.is_deleted => return Ok(Whereabouts::Merged(at)),
            Some(Target {
                master: Some(master),
                ..
            }) => at = master,
            Some(_) | None => return Ok(Whereabouts::Gone),
        }
    }
    Ok(Whereabouts::Gone)
}

#[derive(Deserialize)]
struct Lead {
    #[serde(default, rename = "ConvertedContactId")]
    contact: Option<String>,
}

/// A lead that became a contact.
async fn converted(api: &Api, draft: &mut Draft, words: &str) -> Result<(), Failure> {
    let Some(id) = draft.task.text("WhoId") else {
        return refused(words);
    };
    let soql = format!(
        "SELECT ConvertedContactId FROM Lead WHERE Id='{}'",
        escape::id(id)?
    );
    let found = api.query::<Lead>(Purpose::Journal, &soql).await?;
    match found
        .records
        .into_iter()
        .next()
        .and_then(|lead| lead.contact)
    {
        Some(contact) => draft.task.set("WhoId", contact),
        None => {
            draft.leave_out("WhoId", words);
        }
    }
    Ok(())
}

/// The object whose ids begin like this one (Object Reference, "Object Key Prefixes").
fn object_of(id: &str) -> Option<&'static str> {
    match id.get(..3)? {
        "001" => Some("Account"),
        "003" => Some("Contact"),
        "00Q" => Some("Lead"),
        _ => None,
    }
}

/// `No such column 'Shoe__c' on sobject of type Task`.
fn quoted(words: &str) -> Vec<String> {
    let name = words.split('\'').nth(1);
    name.map(str::to_owned).into_iter().collect()
}

/// `Unable to create/update fields: CallType, Priority. Please check …`.
fn listed(words: &str) -> Vec<String> {
    words
        .split_once("fields:")
        .and_then(|(_, rest)| rest.split('.').next())
        .into_iter()
        .flat_map(|names| names.split(','))
        .map(|name| name.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_at_fault_are_read_from_salesforces_words() {
        assert_eq!(
            quoted("INVALID_FIELD: No such column 'Shoe__c' on sobject of type Task"),
            ["Shoe__c"]
        );
        assert!(quoted("INVALID_FIELD: something else").is_empty());
        assert_eq!(
            listed("X: Unable to create/update fields: CallType, Priority. Please check"),
            ["CallType", "Priority"]
        );
        assert!(listed("something else").is_empty());
    }
}
