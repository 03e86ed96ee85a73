//! What the cases write.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use linecard_crm::{CallDirection, CallOutcome, EntryKey, LateParts, LogEntry, RecordRef};
use linecard_number::{ExtensionRange, Phone, Plan, Reading};

/// The plan with which the connection under test reads numbers: one of the United States.
#[must_use]
pub fn plan() -> Plan {
    Plan::with_extensions(
        "US".parse().expect("a country"),
        vec![ExtensionRange {
            from: "100".parse().expect("an extension"),
            to: "199".parse().expect("an extension"),
        }],
    )
}

/// A number, as a phone system tells it.
#[must_use]
#[expect(
    clippy::missing_panics_doc,
    reason = "a case that gives no number is wrong"
)]
pub fn phone(text: &str) -> Phone {
    match plan().read(text) {
        Reading::Phone(phone) => phone,
        other => panic!("{text} is no number but {other:?}"),
    }
}

/// When the cases' calls started.
#[must_use]
pub fn started() -> Timestamp {
    "2026-05-14T09:25:37Z".parse().expect("a moment")
}

/// An answered call from outside to 101, of 93 seconds.
#[must_use]
pub fn entry(key: &str, owner: &str, who: &RecordRef) -> LogEntry {
    LogEntry {
        key: EntryKey::new(key),
        subject: "Extension Call".to_owned(),
        description: "Call: 14/05/2026 02:25:37 Incoming Call from Grace Hopper<4155550134> to \
                      Alice<101> 00:01:33"
            .to_owned(),
        direction: CallDirection::Inbound,
        outcome: CallOutcome::Answered,
        started: started(),
        zone: TimeZone::get("America/Los_Angeles").expect("a zone"),
        talk_seconds: 93,
        outside: "+14155550134".to_owned(),
        extension: "101".to_owned(),
        owner: owner.to_owned(),
        who: who.clone(),
        account: None,
        late: LateParts::default(),
    }
}
