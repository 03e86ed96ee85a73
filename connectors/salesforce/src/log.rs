//! A call as a Task of type Call (Object Reference, "Task").
//!
//! Salesforce has no idempotency key for creating a record. `CallObject`, a text that may be
//! filtered by, holds ours: after a lost answer the Task is looked up by it.

use linecard_crm::{CallDirection, CallOutcome, EntryKey, Failure, LogEntry, Module};
use serde::{Deserialize, Serialize};

use crate::api::Api;
use crate::escape;

const SUBJECT_LENGTH: usize = 255;
const DESCRIPTION_LENGTH: usize = 32_000;
/// `CallDurationInSeconds` has up to eight digits.
const LONGEST_CALL: u64 = 99_999_999;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Task<'a> {
    subject: &'a str,
    description: &'a str,
    #[serde(rename = "TaskSubtype")]
    subtype: &'a str,
    call_type: &'a str,
    call_duration_in_seconds: u64,
    call_disposition: &'a str,
    call_object: &'a str,
    status: &'a str,
    /// A date without time, in the zone of who reads it.
    activity_date: String,
    owner_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    who_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_id: Option<&'a str>,
}

#[derive(Deserialize)]
struct Created {
    id: String,
}

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "Id")]
    id: String,
}

#[derive(Deserialize)]
struct Status {
    #[serde(rename = "ApiName")]
    name: String,
    #[serde(default, rename = "IsClosed")]
    is_closed: bool,
}

/// The first closed status of a Task; organisations may have their own.
pub(crate) async fn closed_status(api: &Api) -> Result<String, Failure> {
    let soql = "SELECT ApiName,IsClosed,SortOrder FROM TaskStatus ORDER BY SortOrder";
    let closed = match api.query::<Status>(soql).await {
        Ok(page) => page.records.into_iter().find(|status| status.is_closed),
        // The user may not see them; a new organisation's is the best guess.
        Err(Failure::Refused { .. }) => None,
        Err(failure) => return Err(failure),
    };
    Ok(closed.map_or_else(|| "Completed".to_owned(), |status| status.name))
}

pub(crate) async fn log(api: &Api, status: &str, entry: &LogEntry) -> Result<String, Failure> {
    let task = task(entry, status)?;
    let created: Created = api.post("sobjects/Task", &task).await?;
    Ok(created.id)
}

pub(crate) async fn find_logged(api: &Api, key: &EntryKey) -> Result<Option<String>, Failure> {
    let soql = format!(
        "SELECT Id FROM Task WHERE CallObject='{}' LIMIT 2",
        escape::soql(key.as_str())
    );
    let found = api.query::<Found>(&soql).await?;
    Ok(found.records.into_iter().next().map(|task| task.id))
}

fn task<'a>(entry: &'a LogEntry, status: &'a str) -> Result<Task<'a>, Failure> {
    let who = escape::id(&entry.who.id)?;
    let account = entry
        .account
        .as_ref()
        .map(|account| escape::id(&account.id))
        .transpose()?;
    // Salesforce refuses a Task that links a lead and anything else.
    let (who_id, what_id) = match entry.who.module {
        Module::Contact => (Some(who), account),
        Module::Lead => (Some(who), None),
        Module::Account => (None, Some(who)),
    };
    Ok(Task {
        subject: cut(&entry.subject, SUBJECT_LENGTH),
        description: cut(&entry.description, DESCRIPTION_LENGTH),
        subtype: "Call",
        call_type: match entry.direction {
            CallDirection::Inbound => "Inbound",
            CallDirection::Outbound => "Outbound",
        },
        call_duration_in_seconds: entry.talk_seconds.min(LONGEST_CALL),
        call_disposition: match entry.outcome {
            CallOutcome::Answered => "Answered",
            CallOutcome::NotAnswered => "No answer",
            CallOutcome::Busy => "Busy",
        },
        call_object: entry.key.as_str(),
        status,
        activity_date: entry
            .started
            .to_zoned(entry.zone.clone())
            .date()
            .to_string(),
        owner_id: escape::id(&entry.owner)?,
        who_id,
        what_id,
    })
}

/// The beginning of `text` that fits. Salesforce counts as UTF-16 does.
fn cut(text: &str, length: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find_map(|(at, character)| {
        used += character.len_utf16();
        (used > length).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use linecard_crm::{LateParts, RecordRef};

    use super::*;

    fn at(module: Module, id: &str) -> RecordRef {
        RecordRef {
            module,
            id: id.to_owned(),
        }
    }

    fn entry(who: RecordRef) -> LogEntry {
        LogEntry {
            key: EntryKey::new("key-1"),
            subject: "Extension Call".to_owned(),
            description: "Call: ...".to_owned(),
            direction: CallDirection::Inbound,
            outcome: CallOutcome::Answered,
            started: "2026-05-01T23:30:00Z".parse().unwrap(),
            zone: TimeZone::get("Asia/Shanghai").unwrap(),
            talk_seconds: 93,
            outside: "+14155550134".to_owned(),
            extension: "101".to_owned(),
            owner: "005000000000001AAA".to_owned(),
            who,
            account: Some(at(Module::Account, "001000000000001AAA")),
            late: LateParts::default(),
        }
    }

    fn written(entry: &LogEntry) -> serde_json::Value {
        serde_json::to_value(task(entry, "Completed").unwrap()).unwrap()
    }

    #[test]
    fn e2_e9_a_call_is_a_task_of_type_call_of_its_agent() {
        let written = written(&entry(at(Module::Contact, "003000000000001AAA")));
        assert_eq!(
            written,
            serde_json::json!({
                "Subject": "Extension Call", "Description": "Call: ...", "TaskSubtype": "Call",
                "CallType": "Inbound", "CallDurationInSeconds": 93, "CallDisposition": "Answered",
                "CallObject": "key-1", "Status": "Completed", "ActivityDate": "2026-05-02",
                "OwnerId": "005000000000001AAA", "WhoId": "003000000000001AAA",
                "WhatId": "001000000000001AAA"
            })
        );
    }

    #[test]
    fn a_lead_is_never_linked_together_with_an_account() {
        let written = written(&entry(at(Module::Lead, "00Q000000000001AAA")));
        assert_eq!(written["WhoId"], "00Q000000000001AAA");
        assert!(written.get("WhatId").is_none());
    }

    #[test]
    fn an_account_is_what_a_call_is_about_not_who() {
        let written = written(&entry(at(Module::Account, "001000000000002AAA")));
        assert_eq!(written["WhatId"], "001000000000002AAA");
        assert!(written.get("WhoId").is_none());
    }

    #[test]
    fn e11_the_date_is_that_of_the_organisations_zone() {
        let mut entry = entry(at(Module::Contact, "003000000000001AAA"));
        entry.zone = TimeZone::UTC;
        assert_eq!(written(&entry)["ActivityDate"], "2026-05-01");
    }

    #[test]
    fn long_texts_are_cut_to_what_salesforce_takes() {
        let mut entry = entry(at(Module::Contact, "003000000000001AAA"));
        entry.subject = "😀".repeat(200);
        entry.description = "界".repeat(40_000);
        let written = written(&entry);
        assert_eq!(
            written["Subject"].as_str().map(|text| text.chars().count()),
            Some(127)
        );
        assert_eq!(
            written["Description"]
                .as_str()
                .map(|text| text.chars().count()),
            Some(32_000)
        );
    }

    #[test]
    fn what_is_no_id_is_never_sent() {
        let bad = entry(at(Module::Contact, "003' OR Id != '"));
        assert!(task(&bad, "Completed").is_err());
    }
}
