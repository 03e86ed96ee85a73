//! A call as an activity of type call (REST documentation, "crm.activity.add").
//!
//! `ORIGINATOR_ID` names the product and `ORIGIN_ID` holds the entry's key: by them it is found
//! again after an answer was lost, at once and without an index.
//!
//! The text is plain: `DESCRIPTION_TYPE` 1. As bb-code or HTML a name such as `<5503308>` would
//! vanish.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use linecard_crm::{
    Advice, AdviceCode, CallDirection, CallOutcome, Failure, FollowUp, LateParts, LeftOut,
    LogEntry, RecordRef, Without,
    text::{fit, one},
};
use serde_json::{Value, json};

use crate::command::Command;
use crate::family::number;

/// `ORIGINATOR_ID` of everything that comes from here.
pub(crate) const ORIGINATOR: &str = "linecard";

const SUBJECT_LENGTH: usize = 255;
/// The column is a MySQL `TEXT`: 65,535 bytes.
const DESCRIPTION_BYTES: usize = 60_000;
/// `TYPE_ID` of a call.
const CALL: u8 = 2;
/// `DESCRIPTION_TYPE` of a plain text.
const PLAIN: u8 = 1;

const INBOUND: u8 = 1;
const OUTBOUND: u8 = 2;

/// By when somebody is to be called back on the day that is due.
const EVENING: i8 = 18;

/// An activity to be written, and what it goes without.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    fields: Value,
    /// The company that the call is shown at too.
    pub(crate) company: Option<u64>,
    pub(crate) without: Vec<Without>,
}

impl Draft {
    /// A call that was.
    pub(crate) fn of_call(entry: &LogEntry) -> Result<Self, Failure> {
        let who = id(&entry.who)?;
        let direction = match entry.direction {
            CallDirection::Inbound => INBOUND,
            CallDirection::Outbound => OUTBOUND,
        };
        // A missed call stays open: somebody has to call back.
        let is_missed =
            entry.direction == CallDirection::Inbound && entry.outcome != CallOutcome::Answered;
        let ended = i64::try_from(entry.talk_seconds)
            .ok()
            .and_then(|seconds| {
                entry
                    .started
                    .checked_add(SignedDuration::from_secs(seconds))
                    .ok()
            })
            .unwrap_or(entry.started);
        let company = match &entry.account {
            Some(account) if *account != entry.who => Some(id(account)?),
            _ => None,
        };
        let mut fields = json!({
            "TYPE_ID": CALL,
            "SUBJECT": subject(&entry.subject),
            "RESPONSIBLE_ID": user(&entry.owner)?,
            "DIRECTION": direction,
            "COMPLETED": if is_missed { "N" } else { "Y" },
            "START_TIME": written(entry.started, &entry.zone),
            "END_TIME": written(ended, &entry.zone),
            "DESCRIPTION": description(entry),
            "DESCRIPTION_TYPE": PLAIN,
            "PRIORITY": 2,
            "NOTIFY_TYPE": 0,
            "ORIGINATOR_ID": ORIGINATOR,
            "ORIGIN_ID": entry.key.as_str(),
        });
        about(&mut fields, &entry.who, who, &entry.outside);
        Ok(Self {
            fields,
            company,
            without: Vec::new(),
        })
    }

    /// A call to be made: a planned one, which the portal shows as a to-do of its day.
    pub(crate) fn of_task(task: &FollowUp, phone: &str) -> Result<Self, Failure> {
        let due = task
            .due
            .at(EVENING, 0, 0, 0)
            .to_zoned(task.zone.clone())
            .map_err(|error| {
                Failure::refused(Advice::about(AdviceCode::NotSendable, error.to_string()))
            })?;
        let due = written(due.timestamp(), &task.zone);
        let mut fields = json!({
            "TYPE_ID": CALL,
            "SUBJECT": subject(&task.subject),
            "RESPONSIBLE_ID": user(&task.owner)?,
            "DIRECTION": OUTBOUND,
            "COMPLETED": "N",
            "START_TIME": due,
            "END_TIME": due,
            "DESCRIPTION": fit(&task.description, DESCRIPTION_BYTES, char::len_utf8),
            "DESCRIPTION_TYPE": PLAIN,
            "PRIORITY": 2,
            "NOTIFY_TYPE": 0,
            "ORIGINATOR_ID": ORIGINATOR,
            "ORIGIN_ID": task.key.as_str(),
        });
        about(&mut fields, &task.who, id(&task.who)?, phone);
        Ok(Self {
            fields,
            company: None,
            without: Vec::new(),
        })
    }

    pub(crate) fn fields(&self) -> &Value {
        &self.fields
    }

    pub(crate) fn command(&self) -> Command {
        Command::new("crm.activity.add", json!({"fields": self.fields}))
    }

    /// Gives it to another user, because the portal did not take the owner.
    pub(crate) fn without_owner(&mut self, user: &str, words: String) {
        self.fields["RESPONSIBLE_ID"] = user.into();
        self.without.push(Without {
            what: LeftOut::Owner,
            words,
        });
    }

    /// Puts it at the company, because the person is gone. Tells whether there is one.
    pub(crate) fn without_person(&mut self, words: String) -> bool {
        let Some(company) = self.company.take() else {
            return false;
        };
        let at = number(linecard_crm::Module::Account);
        self.fields["OWNER_TYPE_ID"] = at.into();
        self.fields["OWNER_ID"] = company.into();
        let with = &mut self.fields["COMMUNICATIONS"][0];
        with["ENTITY_TYPE_ID"] = at.into();
        with["ENTITY_ID"] = company.into();
        self.without.push(Without {
            what: LeftOut::Who,
            words,
        });
        true
    }

    /// Writes it without the link to the company.
    pub(crate) fn without_company(&mut self, words: String) {
        self.company = None;
        self.without.push(Without {
            what: LeftOut::Account,
            words,
        });
    }
}

/// Whose page it stands at, and with whom it was: exactly one for a call.
fn about(fields: &mut Value, who: &RecordRef, id: u64, phone: &str) {
    let kind = number(who.module);
    let phone = if phone.trim().is_empty() { "?" } else { phone };
    fields["OWNER_TYPE_ID"] = kind.into();
    fields["OWNER_ID"] = id.into();
    fields["COMMUNICATIONS"] = json!([
        {"TYPE": "PHONE", "VALUE": phone, "ENTITY_TYPE_ID": kind, "ENTITY_ID": id}
    ]);
}

/// The text: description, note, disposition and recording, a paragraph each.
pub(crate) fn description(entry: &LogEntry) -> String {
    entry.text_within(DESCRIPTION_BYTES, char::len_utf8)
}

/// The same where `present` stands there and `before` is what came late and was written so far.
pub(crate) fn amended(entry: &LogEntry, before: &LateParts, present: &str) -> String {
    entry.amended(before, present, DESCRIPTION_BYTES, char::len_utf8)
}

/// One line. A portal refuses an empty one.
fn subject(text: &str) -> &str {
    let text = fit(text, SUBJECT_LENGTH, one);
    if text.trim().is_empty() { "Call" } else { text }
}

/// The id of a record as a number.
pub(crate) fn id(at: &RecordRef) -> Result<u64, Failure> {
    at.id
        .parse()
        .map_err(|_| Failure::refused(Advice::about(AdviceCode::ForeignId, at.id.as_str())))
}

fn user(id: &str) -> Result<u64, Failure> {
    id.parse()
        .map_err(|_| Failure::refused(Advice::about(AdviceCode::ForeignId, id)))
}

/// With the offset of the organisation's zone, so that no portal has to guess it.
fn written(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

#[cfg(test)]
mod tests {
    use linecard_crm::{EntryKey, Module};

    use super::*;

    fn at(module: Module, id: &str) -> RecordRef {
        RecordRef {
            module,
            id: id.to_owned(),
        }
    }

    fn entry() -> LogEntry {
        LogEntry {
            key: EntryKey::new("key-1"),
            subject: "Extension Call".to_owned(),
            description: "Call: from <5503308>".to_owned(),
            direction: CallDirection::Inbound,
            outcome: CallOutcome::Answered,
            started: "2026-05-01T23:30:00Z".parse().unwrap(),
            zone: TimeZone::get("Asia/Shanghai").unwrap(),
            talk_seconds: 93,
            outside: "+14155550134".to_owned(),
            extension: "101".to_owned(),
            owner: "4".to_owned(),
            who: at(Module::Contact, "7"),
            account: Some(at(Module::Account, "3")),
            late: LateParts::default(),
        }
    }

    fn written(entry: &LogEntry) -> Value {
        Draft::of_call(entry).unwrap().fields
    }

    #[test]
    fn e2_e9_e11_a_call_is_an_activity_of_its_agent_with_start_end_and_direction() {
        assert_eq!(
            written(&entry()),
            json!({
                "OWNER_TYPE_ID": 3, "OWNER_ID": 7, "TYPE_ID": 2, "SUBJECT": "Extension Call",
                "RESPONSIBLE_ID": 4, "DIRECTION": 1, "COMPLETED": "Y",
                "START_TIME": "2026-05-02T07:30:00+08:00", "END_TIME": "2026-05-02T07:31:33+08:00",
                "DESCRIPTION": "Call: from <5503308>", "DESCRIPTION_TYPE": 1, "PRIORITY": 2,
                "NOTIFY_TYPE": 0, "ORIGINATOR_ID": "linecard", "ORIGIN_ID": "key-1",
                "COMMUNICATIONS": [{"TYPE": "PHONE", "VALUE": "+14155550134",
                                    "ENTITY_TYPE_ID": 3, "ENTITY_ID": 7}]
            })
        );
    }

    #[test]
    fn a_missed_call_stays_an_open_to_do_and_an_outbound_one_does_not() {
        let mut missed = entry();
        missed.outcome = CallOutcome::NotAnswered;
        missed.talk_seconds = 0;
        assert_eq!(written(&missed)["COMPLETED"], "N");
        missed.outcome = CallOutcome::Busy;
        assert_eq!(written(&missed)["COMPLETED"], "N");
        missed.direction = CallDirection::Outbound;
        assert_eq!(written(&missed)["COMPLETED"], "Y");
    }

    #[test]
    fn a_person_who_is_gone_leaves_the_call_at_the_company() {
        let mut draft = Draft::of_call(&entry()).unwrap();
        assert!(draft.without_person("gone".to_owned()));
        assert_eq!(
            (
                draft.fields["OWNER_TYPE_ID"].clone(),
                draft.fields["OWNER_ID"].clone()
            ),
            (json!(4), json!(3))
        );
        assert_eq!(draft.fields["COMMUNICATIONS"][0]["ENTITY_ID"], 3);
        assert!(!draft.without_person("gone too".to_owned()));
    }

    #[test]
    fn long_texts_are_cut_and_an_empty_subject_is_none() {
        let mut entry = entry();
        entry.subject = "😀".repeat(300);
        entry.description = "😀".repeat(20_000);
        let fields = written(&entry);
        let length = |name: &str| fields[name].as_str().map(|text| text.chars().count());
        assert_eq!(
            (length("SUBJECT"), length("DESCRIPTION")),
            (Some(255), Some(15_000))
        );
        entry.subject = " ".to_owned();
        assert_eq!(written(&entry)["SUBJECT"], "Call");
    }

    #[test]
    fn what_is_no_id_is_never_sent() {
        let mut bad = entry();
        bad.who.id = "7&fields[OWNER_ID]=8".to_owned();
        assert!(Draft::of_call(&bad).is_err());
        let mut bad = entry();
        bad.owner = "x".to_owned();
        assert!(Draft::of_call(&bad).is_err());
    }

    #[test]
    fn x10_a_follow_up_is_a_planned_call_of_its_day() {
        let task = FollowUp {
            key: EntryKey::new("task-1"),
            subject: "Call back".to_owned(),
            description: String::new(),
            due: jiff::civil::date(2026, 5, 4),
            zone: TimeZone::get("Asia/Shanghai").unwrap(),
            owner: "4".to_owned(),
            who: at(Module::Lead, "9"),
        };
        let fields = Draft::of_task(&task, "").unwrap().fields;
        assert_eq!(fields["START_TIME"], "2026-05-04T18:00:00+08:00");
        assert_eq!(
            (fields["COMPLETED"].clone(), fields["OWNER_TYPE_ID"].clone()),
            (json!("N"), json!(1))
        );
        assert_eq!(fields["COMMUNICATIONS"][0]["VALUE"], "?");
    }
}
