//! A call, or something to do, as a Task (Object Reference, "Task").
//!
//! Salesforce has no idempotency key for creating a record. `CallObject`, a text that may be
//! filtered by, holds ours: after a lost answer the Task is looked up by it. So the description
//! needs no line for it; it holds the entry's text and what came late.

use linecard_crm::text::fit;
use linecard_crm::{
    Advice, AdviceCode, CallDirection, CallOutcome, EntryKey, Failure, FollowUp, LateParts,
    LogEntry, Module, RecordRef,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::escape;

const SUBJECT_LENGTH: usize = 255;
const DESCRIPTION_LENGTH: usize = 32_000;
/// `CallDurationInSeconds` has up to eight digits.
const LONGEST_CALL: u64 = 99_999_999;

/// The field that holds our key.
pub(crate) const KEY: &str = "CallObject";

/// A Task that is not written yet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub(crate) struct Task(Map<String, Value>);

impl Task {
    /// The Task of a call; `status` is what a finished one is called.
    pub(crate) fn of_call(entry: &LogEntry, status: &str) -> Result<Self, Failure> {
        let account = entry.account.as_ref();
        let mut task = Self::about(&entry.who, account, &entry.owner)?;
        task.set(KEY, key(&entry.key)?);
        task.set("Subject", subject(&entry.subject));
        task.set("Description", description(entry));
        task.set("TaskSubtype", "Call");
        let direction = match entry.direction {
            CallDirection::Inbound => "Inbound",
            CallDirection::Outbound => "Outbound",
        };
        task.set("CallType", direction);
        let seconds = entry.talk_seconds.min(LONGEST_CALL);
        task.set("CallDurationInSeconds", seconds);
        let outcome = match entry.outcome {
            CallOutcome::Answered => "Answered",
            CallOutcome::NotAnswered => "No answer",
            CallOutcome::Busy => "Busy",
        };
        task.set("CallDisposition", outcome);
        task.set("Status", status);
        // A date without time, in the zone of who reads it.
        let day = entry.started.to_zoned(entry.zone.clone()).date();
        task.set("ActivityDate", day.to_string());
        Ok(task)
    }

    /// The Task that reminds somebody; its status is the organisation's own for a new one.
    pub(crate) fn to_do(follow_up: &FollowUp) -> Result<Self, Failure> {
        let mut task = Self::about(&follow_up.who, None, &follow_up.owner)?;
        task.set(KEY, key(&follow_up.key)?);
        task.set("Subject", subject(&follow_up.subject));
        let text = fit(&follow_up.description, DESCRIPTION_LENGTH, char::len_utf16);
        task.set("Description", text);
        task.set("TaskSubtype", "Task");
        task.set("ActivityDate", follow_up.due.to_string());
        Ok(task)
    }

    /// What a Task is about, and whose it is.
    pub(crate) fn about(
        who: &RecordRef,
        account: Option<&RecordRef>,
        owner: &str,
    ) -> Result<Self, Failure> {
        let mut task = Self(Map::new());
        let id = escape::id(&who.id)?;
        match who.module {
            Module::Contact => {
                task.set("WhoId", id);
                if let Some(account) = account {
                    task.set("WhatId", escape::id(&account.id)?);
                }
            }
            // Salesforce refuses a Task that links a lead and anything else.
            Module::Lead => task.set("WhoId", id),
            Module::Account => task.set("WhatId", id),
        }
        // An owner that is no id of Salesforce's is left to Salesforce, which says why not.
        if !owner.is_empty() {
            task.set("OwnerId", escape::id(owner)?);
        }
        Ok(task)
    }

    pub(crate) fn set(&mut self, field: &str, value: impl Into<Value>) {
        self.0.insert(field.to_owned(), value.into());
    }

    /// Leaves a field out; whether it was there.
    pub(crate) fn leave_out(&mut self, field: &str) -> bool {
        self.0.remove(field).is_some()
    }

    /// The text of a field.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.0.get(field)?.as_str()
    }

    /// The same as an element of a collection, which names its object.
    pub(crate) fn in_collection(&self) -> Value {
        let mut fields = self.0.clone();
        let attributes = Map::from_iter([("type".to_owned(), Value::from("Task"))]);
        fields.insert("attributes".to_owned(), attributes.into());
        Value::Object(fields)
    }
}

/// What a call's Task says, late parts included.
pub(crate) fn description(entry: &LogEntry) -> String {
    entry.text_within(DESCRIPTION_LENGTH, char::len_utf16)
}

/// The same where `present` stands there and `before` is what came late and was written so far.
pub(crate) fn amended(entry: &LogEntry, before: &LateParts, present: &str) -> String {
    entry.amended(before, present, DESCRIPTION_LENGTH, char::len_utf16)
}

/// Salesforce counts as UTF-16 does.
fn subject(text: &str) -> &str {
    fit(text, SUBJECT_LENGTH, char::len_utf16)
}

/// A key that had to be cut would no longer be found.
fn key(key: &EntryKey) -> Result<&str, Failure> {
    let key = key.as_str();
    if key.is_empty() || fit(key, SUBJECT_LENGTH, char::len_utf16) != key {
        return Err(Failure::refused(Advice::about(
            AdviceCode::NotSendable,
            KEY,
        )));
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

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

    fn written(entry: &LogEntry) -> Value {
        serde_json::to_value(Task::of_call(entry, "Completed").unwrap()).unwrap()
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
        let length = |field: &str| written[field].as_str().map(|text| text.chars().count());
        assert_eq!(length("Subject"), Some(127));
        assert_eq!(length("Description"), Some(32_000));
    }

    #[test]
    fn what_is_no_id_is_never_sent() {
        let bad = entry(at(Module::Contact, "003' OR Id != '"));
        assert!(Task::of_call(&bad, "Completed").is_err());
    }

    #[test]
    fn a_key_that_would_be_cut_is_refused() {
        let mut long = entry(at(Module::Contact, "003000000000001AAA"));
        long.key = EntryKey::new("k".repeat(256));
        assert!(Task::of_call(&long, "Completed").is_err());
    }

    #[test]
    fn x10_a_follow_up_is_due_on_its_day_and_no_call() {
        let task = Task::to_do(&FollowUp {
            key: EntryKey::new("task-1"),
            subject: "Call back".to_owned(),
            description: "Missed Call".to_owned(),
            due: date(2026, 5, 2),
            zone: TimeZone::UTC,
            owner: "005000000000001AAA".to_owned(),
            who: at(Module::Lead, "00Q000000000001AAA"),
        })
        .unwrap();
        assert_eq!(
            serde_json::to_value(&task).unwrap(),
            serde_json::json!({
                "Subject": "Call back", "Description": "Missed Call", "TaskSubtype": "Task",
                "CallObject": "task-1", "ActivityDate": "2026-05-02",
                "OwnerId": "005000000000001AAA", "WhoId": "00Q000000000001AAA"
            })
        );
    }
}
