//! A call as a record of the module Calls.
//!
//! The rules are those of Zoho's "Kaizen 38" and of recorded answers. A contact is linked by
//! `Who_Id`; a lead or an account by `What_Id` together with `$se_module`. A call is written once,
//! after it ended: type, owner and start of a completed call can never be changed.

use linecard_crm::{
    Advice, AdviceCode, CallDirection, CallOutcome, Failure, LeftOut, LogEntry, Module,
};
use serde_json::{Map, Value, json};

use crate::layout::Layout;
use crate::modules::{self, is_id};
use crate::text;

/// How many characters a subject takes where the organisation does not tell.
const SUBJECT_LENGTH: usize = 255;
/// The same for a number.
const NUMBER_LENGTH: usize = 50;

/// How a duration of an hour and more is written. The vendor's guide does not say which one Zoho
/// reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LongDuration {
    /// `125:04`
    Minutes,
    /// `02:05:04`
    Hours,
}

/// What a call is written without, and in which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manner {
    pub(crate) without: Vec<LeftOut>,
    /// Fields that Zoho did not take, by their names.
    pub(crate) without_fields: Vec<String>,
    pub(crate) long: LongDuration,
}

impl Manner {
    pub(crate) fn whole(long: LongDuration) -> Self {
        Self {
            without: Vec::new(),
            without_fields: Vec::new(),
            long,
        }
    }

    fn leaves_out(&self, what: LeftOut) -> bool {
        self.without.contains(&what)
    }
}

/// The record.
pub(crate) fn record(
    entry: &LogEntry,
    layout: &Layout,
    manner: &Manner,
) -> Result<Map<String, Value>, Failure> {
    let mut fields = Map::new();
    let mut set = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    let subject_length = layout.length("Subject", SUBJECT_LENGTH);
    set("Subject", text::cut(&entry.subject, subject_length).into());
    set("Call_Type", call_type(entry).into());
    set("Call_Start_Time", start(entry).into());
    set(
        "Call_Duration",
        duration(entry.talk_seconds, manner.long).into(),
    );
    set("Description", text::of_call(entry).into());
    let number_field = match entry.direction {
        CallDirection::Inbound => "Caller_ID",
        CallDirection::Outbound => "Dialled_Number",
    };
    if layout.surely_has(number_field) {
        set(
            number_field,
            text::cut(&entry.outside, NUMBER_LENGTH).into(),
        );
    }
    if !manner.leaves_out(LeftOut::Owner) {
        set("Owner", reference(&entry.owner)?);
    }
    link(&mut fields, entry, manner)?;
    late(&mut fields, entry, layout);
    for name in &manner.without_fields {
        fields.remove(name);
    }
    Ok(fields)
}

/// What of a written call may change later: its description, and its result where the
/// organisation's list offers it.
pub(crate) fn amendment(entry: &LogEntry, text: String, layout: &Layout) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("Description".to_owned(), text.into());
    late(&mut fields, entry, layout);
    fields
}

/// Whom a written call is with, from now on. What it no longer is about is taken out.
pub(crate) fn reassignment(entry: &LogEntry) -> Result<Map<String, Value>, Failure> {
    let mut fields = Map::new();
    for name in ["Who_Id", "What_Id"] {
        fields.insert(name.to_owned(), Value::Null);
    }
    link(&mut fields, entry, &Manner::whole(LongDuration::Minutes))?;
    Ok(fields)
}

fn late(fields: &mut Map<String, Value>, entry: &LogEntry, layout: &Layout) {
    if let Some(disposition) = entry.late.disposition.as_deref()
        && layout.offers("Call_Result", disposition)
    {
        fields.insert("Call_Result".to_owned(), disposition.into());
    }
    if let Some(recording) = &entry.late.recording
        && layout.surely_has("Voice_Recording__s")
    {
        fields.insert("Voice_Recording__s".to_owned(), recording.as_str().into());
    }
}

fn link(fields: &mut Map<String, Value>, entry: &LogEntry, manner: &Manner) -> Result<(), Failure> {
    let who = (!manner.leaves_out(LeftOut::Who)).then_some(&entry.who);
    let account = entry
        .account
        .as_ref()
        .filter(|_| !manner.leaves_out(LeftOut::Account));
    // A call is about one record at most; the person counts more than the company.
    let about = match who.map(|who| who.module) {
        Some(Module::Lead | Module::Account) => who,
        Some(Module::Contact) => {
            fields.insert("Who_Id".to_owned(), reference(&entry.who.id)?);
            account
        }
        None => account,
    };
    if let Some(about) = about {
        fields.insert("What_Id".to_owned(), reference(&about.id)?);
        fields.insert("$se_module".to_owned(), modules::name(about.module).into());
    }
    Ok(())
}

fn call_type(entry: &LogEntry) -> &'static str {
    match (entry.direction, entry.outcome) {
        (CallDirection::Outbound, _) => "Outbound",
        (CallDirection::Inbound, CallOutcome::Answered) => "Inbound",
        (CallDirection::Inbound, CallOutcome::NotAnswered | CallOutcome::Busy) => "Missed",
    }
}

/// The start in the organisation's zone, with its offset (E11).
fn start(entry: &LogEntry) -> String {
    entry
        .started
        .to_zoned(entry.zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// Minutes and seconds: `02:05` is 125 seconds, whatever the vendor's text says.
fn duration(seconds: u64, long: LongDuration) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match long {
        LongDuration::Hours if minutes > 59 => {
            format!("{:02}:{:02}:{rest:02}", minutes / 60, minutes % 60)
        }
        _ => format!("{minutes:02}:{rest:02}"),
    }
}

/// A reference to a record or user.
pub(crate) fn reference(id: &str) -> Result<Value, Failure> {
    if is_id(id) {
        Ok(json!({"id": id}))
    } else {
        Err(Failure::refused(Advice::about(AdviceCode::ForeignId, id)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use linecard_crm::{EntryKey, LateParts, RecordRef};

    use super::*;

    fn at(module: Module, id: &str) -> RecordRef {
        RecordRef {
            module,
            id: id.to_owned(),
        }
    }

    fn entry(who: RecordRef) -> LogEntry {
        LogEntry {
            key: EntryKey::new("call-1"),
            subject: "Extension Call".to_owned(),
            description: "Call: ...".to_owned(),
            direction: CallDirection::Inbound,
            outcome: CallOutcome::Answered,
            started: "2026-05-14T08:00:00Z".parse().unwrap(),
            zone: TimeZone::get("Europe/Berlin").unwrap(),
            talk_seconds: 125,
            outside: "+14155550134".to_owned(),
            extension: "101".to_owned(),
            owner: "7328395000000605001".to_owned(),
            who,
            account: Some(at(Module::Account, "7328395000000680100")),
            late: LateParts::default(),
        }
    }

    fn contact() -> RecordRef {
        at(Module::Contact, "7328395000000680155")
    }

    fn written(entry: &LogEntry) -> Value {
        let manner = Manner::whole(LongDuration::Minutes);
        Value::Object(record(entry, &Layout::default(), &manner).unwrap())
    }

    #[test]
    fn e2_e9_e11_a_call_has_its_agent_its_contact_and_its_times() {
        assert_eq!(
            written(&entry(contact())),
            json!({
                "Subject": "Extension Call", "Call_Type": "Inbound",
                "Call_Start_Time": "2026-05-14T10:00:00+02:00", "Call_Duration": "02:05",
                "Description": "Call: ...\n\nlinecard: call-1",
                "Owner": {"id": "7328395000000605001"},
                "Who_Id": {"id": "7328395000000680155"},
                "What_Id": {"id": "7328395000000680100"}, "$se_module": "Accounts"
            })
        );
    }

    #[test]
    fn a_lead_is_what_a_call_is_about_and_never_its_who() {
        let written = written(&entry(at(Module::Lead, "7328395000000690001")));
        assert_eq!(written["What_Id"], json!({"id": "7328395000000690001"}));
        assert_eq!(written["$se_module"], "Leads");
        assert!(written.get("Who_Id").is_none());
    }

    #[test]
    fn e1_a_call_that_nobody_answered_is_a_missed_one_of_no_length() {
        let mut missed = entry(contact());
        missed.outcome = CallOutcome::NotAnswered;
        missed.talk_seconds = 0;
        assert_eq!(written(&missed)["Call_Type"], "Missed");
        assert_eq!(written(&missed)["Call_Duration"], "00:00");
        missed.direction = CallDirection::Outbound;
        assert_eq!(written(&missed)["Call_Type"], "Outbound");
    }

    #[test]
    fn a_duration_is_minutes_and_seconds_never_hours_and_minutes() {
        for (seconds, minutes, hours) in [
            (0, "00:00", "00:00"),
            (15, "00:15", "00:15"),
            (600, "10:00", "10:00"),
            (3_599, "59:59", "59:59"),
            (7_504, "125:04", "02:05:04"),
        ] {
            assert_eq!(duration(seconds, LongDuration::Minutes), minutes);
            assert_eq!(duration(seconds, LongDuration::Hours), hours);
        }
    }

    #[test]
    fn what_is_left_out_is_not_sent() {
        let manner = Manner {
            without: vec![LeftOut::Owner, LeftOut::Who, LeftOut::Account],
            without_fields: vec!["Description".to_owned()],
            long: LongDuration::Minutes,
        };
        for who in [contact(), at(Module::Lead, "7328395000000690001")] {
            let fields = record(&entry(who), &Layout::default(), &manner).unwrap();
            for name in ["Owner", "Who_Id", "What_Id", "$se_module", "Description"] {
                assert!(!fields.contains_key(name), "{name}");
            }
        }
    }

    #[test]
    fn x1_x2_what_came_later_stands_before_the_key_and_a_long_text_gives_way() {
        let mut entry = entry(contact());
        entry.description = "😀".repeat(40_000);
        entry.late.note = Some("Wants a quote".to_owned());
        let text = text::amended(&entry, &LateParts::default(), "linecard: call-1");
        let fields = amendment(&entry, text, &Layout::default());
        let description = fields["Description"].as_str().unwrap();
        assert!(description.ends_with("Wants a quote\n\nlinecard: call-1"));
        assert!(description.encode_utf16().count() <= 32_000);
    }

    #[test]
    fn what_is_no_id_is_never_sent() {
        let bad = entry(at(Module::Contact, "../users/1"));
        let manner = Manner::whole(LongDuration::Minutes);
        assert!(record(&bad, &Layout::default(), &manner).is_err());
    }
}
