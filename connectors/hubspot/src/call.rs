//! A call, as HubSpot keeps one ("Calls").

use linecard_crm::text::{fit, one};
use linecard_crm::{CallDirection, CallOutcome, Failure, LateParts, LogEntry, Module};
use linecard_http::Purpose;
use url::Url;

use crate::api::Api;
use crate::body;
use crate::draft::{Draft, OWNER};
use crate::kind::Kind;
use crate::known::Known;

const TITLE_LENGTH: usize = 255;

/// The properties that late parts change.
pub(crate) const BODY: &str = "hs_call_body";
pub(crate) const RECORDING: &str = "hs_call_recording_url";
pub(crate) const SOURCE: &str = "hs_call_source";

/// What makes HubSpot play a recording.
const PLAYABLE: &str = "INTEGRATIONS_PLATFORM";

/// The call that `entry` is of.
pub(crate) async fn draft(api: &Api, known: &Known, entry: &LogEntry) -> Result<Draft, Failure> {
    let mut call = properties(entry);
    let who = &entry.who;
    let type_of =
        |module: Module| known.association(api, Purpose::Journal, Kind::Call, module.into());
    call.stand_at(who, type_of(who.module).await?)?;
    let account = entry
        .account
        .as_ref()
        .filter(|account| account.module == Module::Account && **account != *who);
    if let Some(account) = account {
        call.stand_at(account, type_of(Module::Account).await?)?;
    }
    Ok(call)
}

fn properties(entry: &LogEntry) -> Draft {
    let mut call = Draft::new(Kind::Call);
    call.set("hs_timestamp", entry.started.as_millisecond().to_string());
    call.set("hs_call_title", fit(&entry.subject, TITLE_LENGTH, one));
    call.set(BODY, body::of_call(entry));
    let outside = entry.outside.as_str();
    let (direction, from, to) = match entry.direction {
        CallDirection::Inbound => ("INBOUND", outside, entry.extension.as_str()),
        CallDirection::Outbound => ("OUTBOUND", entry.extension.as_str(), outside),
    };
    call.set("hs_call_direction", direction);
    call.set("hs_call_from_number", from);
    call.set("hs_call_to_number", to);
    // Milliseconds, as a text.
    let millis = entry.talk_seconds.saturating_mul(1_000);
    call.set("hs_call_duration", millis.to_string());
    let (status, disposition) = outcome(entry.outcome);
    call.set("hs_call_status", status);
    call.set("hs_call_disposition", disposition);
    call.set(OWNER, &entry.owner);
    if let Some(recording) = entry.late.recording.as_ref().filter(|url| is_playable(url)) {
        call.set(RECORDING, recording.as_str());
        call.set(SOURCE, PLAYABLE);
    }
    call
}

/// The status, and the outcome that every new account has under this id. An account can have
/// others; then the call is written without.
fn outcome(outcome: CallOutcome) -> (&'static str, &'static str) {
    match outcome {
        CallOutcome::Answered => ("COMPLETED", "f240bbac-87c9-4f6e-bf70-924b57d47db7"),
        CallOutcome::NotAnswered => ("NO_ANSWER", "73a0d17f-1163-4015-bdd5-ec830791da20"),
        CallOutcome::Busy => ("BUSY", "9d9162e7-6cf3-4944-bf63-4dff82258764"),
    }
}

/// HubSpot plays what it can fetch as a file.
fn is_playable(recording: &Url) -> bool {
    let ending = recording.path().rsplit_once('.').map(|(_, ending)| ending);
    let is_sound = ["mp3", "wav"]
        .iter()
        .any(|known| ending.is_some_and(|ending| ending.eq_ignore_ascii_case(known)));
    recording.scheme() == "https" && is_sound
}

/// What late parts change of a call that stands there, with `present` as its body and `before` as
/// what came late and was written so far.
pub(crate) fn amended(entry: &LogEntry, before: &LateParts, present: &str) -> Draft {
    let mut whole = properties(entry);
    whole
        .properties
        .retain(|name, _| [RECORDING, SOURCE].contains(name));
    whole.set(BODY, body::amended(entry, before, present));
    whole
}

#[cfg(test)]
pub(crate) mod tests {
    use jiff::tz::TimeZone;
    use linecard_crm::{EntryKey, RecordRef};

    use super::*;

    pub(crate) fn entry() -> LogEntry {
        LogEntry {
            key: EntryKey::new("key-1"),
            subject: "Extension Call".to_owned(),
            description: "Call: ...".to_owned(),
            direction: CallDirection::Inbound,
            outcome: CallOutcome::Answered,
            started: "2026-05-14T08:00:00Z".parse().unwrap(),
            zone: TimeZone::get("Asia/Shanghai").unwrap(),
            talk_seconds: 125,
            outside: "+4930123456".to_owned(),
            extension: "101".to_owned(),
            owner: "32900489".to_owned(),
            who: RecordRef {
                module: Module::Contact,
                id: "501".to_owned(),
            },
            account: None,
            late: LateParts::default(),
        }
    }

    #[test]
    fn e11_start_duration_direction_and_outcome_are_told_in_hubspots_units() {
        let call = properties(&entry());
        for (property, value) in [
            ("hs_timestamp", "1778745600000"),
            ("hs_call_duration", "125000"),
            ("hs_call_direction", "INBOUND"),
            ("hs_call_status", "COMPLETED"),
            ("hs_call_from_number", "+4930123456"),
            ("hs_call_to_number", "101"),
            ("hubspot_owner_id", "32900489"),
        ] {
            assert_eq!(call.properties[property], value, "{property}");
        }
    }

    #[test]
    fn e1_a_missed_call_is_inbound_without_an_answer() {
        let missed = LogEntry {
            outcome: CallOutcome::NotAnswered,
            talk_seconds: 0,
            ..entry()
        };
        let call = properties(&missed);
        assert_eq!(call.properties["hs_call_status"], "NO_ANSWER");
        assert_eq!(call.properties["hs_call_direction"], "INBOUND");
        assert_eq!(call.properties["hs_call_duration"], "0");
    }

    #[test]
    fn x2_a_recording_that_hubspot_can_play_goes_where_it_plays_them() {
        for (link, plays) in [
            ("https://pbx.example/r/1.mp3", true),
            ("https://pbx.example/r/1.WAV?x=1", true),
            ("http://pbx.example/r/1.mp3", false),
            ("https://pbx.example/r/1", false),
        ] {
            let mut entry = entry();
            entry.late.recording = Some(link.parse().unwrap());
            let call = amended(&entry, &LateParts::default(), "");
            assert_eq!(call.properties.contains_key(RECORDING), plays, "{link}");
            assert_eq!(call.properties.contains_key(SOURCE), plays, "{link}");
            assert!(call.properties[BODY].contains("pbx.example/r/1"), "{link}");
            assert!(!call.properties.contains_key("hs_timestamp"));
        }
    }
}
