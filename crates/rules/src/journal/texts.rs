//! The words of an entry.

use jiff::tz::TimeZone;
use linecard_call::Call;
use linecard_crm::{CallDirection, CallOutcome, Record};

use super::{Part, Status};
use crate::template::{Template, Values};

/// Day, month, year and time of day, as the manuals show it.
const TIME_FORMAT: &str = "%d/%m/%Y %H:%M:%S";

/// How the words are made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The organisation's time zone, for `{{Time}}`.
    pub zone: TimeZone,
    /// The subject (E4).
    pub subject: Template,
    /// The description (E5).
    pub description: Template,
}

impl Settings {
    /// The default words in the given time zone.
    #[must_use]
    pub fn with_default_words(zone: TimeZone) -> Self {
        Self {
            zone,
            subject: Template::default_subject(),
            description: Template::default_description(),
        }
    }
}

/// The words of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// One line.
    pub subject: String,
    /// The description.
    pub description: String,
}

/// Renders the words of `part`. The agent's name comes from the phone system, the outside
/// party's from the matched record.
#[must_use]
pub fn texts(
    call: &Call,
    part: &Part,
    who: &Record,
    agent_name: Option<&str>,
    settings: &Settings,
) -> Texts {
    let agent = party(agent_name.unwrap_or_default(), part.extension.as_str());
    let outside = party(&who.name, call.outside().unwrap_or_default());
    let (from, to) = match part.direction {
        CallDirection::Inbound => (outside, agent),
        CallDirection::Outbound => (agent, outside),
    };
    let values: Values = [
        time(call, settings),
        match part.status {
            Status::Incoming => "Incoming Call",
            Status::Outgoing => "Outgoing Call",
            Status::Missed => "Missed Call",
        }
        .to_owned(),
        from,
        to,
        match part.outcome {
            CallOutcome::Answered => clock_time(part.talk_seconds),
            CallOutcome::NotAnswered | CallOutcome::Busy => String::new(),
        },
    ];
    Texts {
        subject: settings.subject.render(&values),
        description: settings.description.render(&values),
    }
}

/// What the names stand for in a text about a call that nobody took: the called side is the
/// company's own number, or else the first extension that rang.
#[must_use]
pub fn missed_values(call: &Call, who: &Record, settings: &Settings) -> Values {
    let called = call.did.as_deref().or(call.to.as_deref());
    [
        time(call, settings),
        "Missed Call".to_owned(),
        party(&who.name, call.outside().unwrap_or_default()),
        party("", called.unwrap_or_default()),
        String::new(),
    ]
}

fn time(call: &Call, settings: &Settings) -> String {
    call.started
        .to_zoned(settings.zone.clone())
        .strftime(TIME_FORMAT)
        .to_string()
}

/// `John Smith<1050>`, or `<1050>` for somebody without a name.
fn party(name: &str, number: &str) -> String {
    format!("{}<{number}>", name.trim())
}

/// Hours, minutes and seconds: `00:01:12`.
fn clock_time(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}", seconds % 60)
}

#[cfg(test)]
mod tests {
    use linecard_call::{Direction, LegOutcome, LegRole};
    use uuid::Uuid;

    use super::*;
    use crate::journal::every_part;
    use crate::journal::tests::{call, leg, record};

    fn settings() -> Settings {
        let zone = TimeZone::get("America/New_York").unwrap();
        Settings::with_default_words(zone)
    }

    fn description(call: &Call, name: &str) -> String {
        let part = &every_part(call, Uuid::from_u128(1))[0];
        texts(
            call,
            part,
            &record("003A", name),
            Some("John Smith"),
            &settings(),
        )
        .description
    }

    /// The caller and the agent of the manuals' screenshots.
    fn golden() -> Call {
        let mut call = call();
        call.from = Some("5503308".to_owned());
        call.legs = vec![leg("1050", LegOutcome::Answered, 72_000)];
        call
    }

    #[test]
    fn e5_an_answered_call_reads_as_in_the_manuals() {
        assert_eq!(
            description(&golden(), ""),
            "Call: 20/12/2021 15:58:14 Incoming Call from <5503308> to John Smith<1050> 00:01:12"
        );
    }

    #[test]
    fn e5_the_outside_partys_name_comes_from_the_crm() {
        assert_eq!(
            description(&golden(), "Grace Hopper"),
            "Call: 20/12/2021 15:58:14 Incoming Call from Grace Hopper<5503308> to John \
             Smith<1050> 00:01:12"
        );
    }

    #[test]
    fn e10_a_missed_call_has_no_duration() {
        let mut call = golden();
        call.legs = vec![leg("1050", LegOutcome::Missed, 0)];
        assert_eq!(
            description(&call, ""),
            "Call: 20/12/2021 15:58:14 Missed Call from <5503308> to John Smith<1050>"
        );
    }

    #[test]
    fn e10_an_outgoing_call_turns_the_two_sides_round() {
        let mut call = golden();
        call.direction = Direction::Outbound;
        call.to = Some("5503308".to_owned());
        call.legs[0].role = LegRole::Caller;
        assert_eq!(
            description(&call, ""),
            "Call: 20/12/2021 15:58:14 Outgoing Call from John Smith<1050> to <5503308> 00:01:12"
        );
        call.legs[0].outcome = Some(LegOutcome::Cancelled);
        assert_eq!(
            description(&call, ""),
            "Call: 20/12/2021 15:58:14 Outgoing Call from John Smith<1050> to <5503308>"
        );
    }

    #[test]
    fn e4_the_subject_is_extension_call() {
        let call = golden();
        let part = &every_part(&call, Uuid::from_u128(1))[0];
        let texts = texts(&call, part, &record("003A", ""), None, &settings());
        assert_eq!(texts.subject, "Extension Call");
    }
}
