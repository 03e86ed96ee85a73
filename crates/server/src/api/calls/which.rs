//! Which calls are asked for.

use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use linecard_flow::Organisation;
use linecard_number::{Extension, Plan, Reading};
use linecard_store::{CallFilter, EntryState, JournalFilter};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;

/// How much of a text is searched for.
const LONGEST: usize = 100;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("`{name}` is not a day, such as 2026-01-31.")]
    NotADay { name: &'static str },
    #[error("`number` has no digit. Give a part of the number.")]
    NoDigit,
    #[error("`extension` is not an extension: it has up to 20 digits.")]
    NoExtension,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = match error {
            Error::NotADay { .. } => "not_a_day",
            Error::NoDigit => "no_digit",
            Error::NoExtension => "not_an_extension",
        };
        Self::new(StatusCode::BAD_REQUEST, code, error)
    }
}

/// Which calls. What is left out narrows nothing.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct WhichCalls {
    /// The first day, in the company's time zone: `2026-01-01`.
    #[param(example = "2026-01-01")]
    pub(super) from: Option<String>,
    /// The last day.
    #[param(example = "2026-01-31")]
    pub(super) to: Option<String>,
    /// Who called whom.
    #[param(inline)]
    direction: Option<CallDirection>,
    /// How they ended.
    #[param(inline)]
    outcome: Option<CallEnd>,
    /// An extension that took part. Agents are shown their own only.
    extension: Option<String>,
    /// The queue they waited in last.
    queue: Option<String>,
    /// A part of the outside party's number, as people write it.
    number: Option<String>,
    /// A part of the name of who it was with, in the CRM or as it came over the line.
    person: Option<String>,
    /// What became of it in the CRMs.
    #[param(inline)]
    journal: Option<CallJournalState>,
    /// Why it is so, where `journal` is `skipped` or `parked`: `not_bound`, `nobody`.
    reason: Option<String>,
}

/// Who called whom.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CallDirection {
    /// From outside to an extension.
    Inbound,
    /// From an extension to outside.
    Outbound,
    /// Between extensions.
    Internal,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CallEnd {
    /// The two sides were connected.
    Answered,
    /// A call from outside that nobody took.
    Missed,
    /// The called side was busy.
    Busy,
    /// It could not be set up.
    Failed,
    /// It was given up before it was answered.
    Cancelled,
}

/// What became of a call in the CRMs.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CallJournalState {
    /// It stands in a CRM.
    Written,
    /// It will be written.
    Waiting,
    /// The CRM refused it.
    Parked,
    /// It is not written, for a reason.
    Skipped,
    /// Nothing was to be written.
    None,
}

impl WhichCalls {
    /// The filter it stands for, in the company's time zone.
    pub(super) fn read(
        &self,
        organisation: &Organisation,
        plan: &Plan,
    ) -> Result<CallFilter, Problem> {
        let zone = organisation.zone();
        let since = day("from", self.from.as_deref())?.map(|day| beginning(day, &zone));
        // The last day is in it: it ends where the next one begins.
        let until = day("to", self.to.as_deref())?
            .and_then(|day| day.tomorrow().ok())
            .map(|day| beginning(day, &zone));
        let extension: Option<Extension> = said(self.extension.as_ref())
            .map(|it| it.parse().map_err(|_| Error::NoExtension))
            .transpose()?;
        Ok(CallFilter {
            since,
            until,
            direction: self.direction.map(CallDirection::into),
            outcome: self.outcome.map(CallEnd::into),
            extension,
            queue: said(self.queue.as_ref()),
            digits: said(self.number.as_ref())
                .map(|number| digits(&number, plan))
                .transpose()?
                .unwrap_or_default(),
            person: said(self.person.as_ref()),
            journal: self.journal(),
        })
    }

    fn journal(&self) -> Option<JournalFilter> {
        let entry = |state| JournalFilter::Entry {
            state,
            reason: said(self.reason.as_ref()),
        };
        self.journal.map(|journal| match journal {
            CallJournalState::Written => entry(EntryState::Written),
            CallJournalState::Waiting => entry(EntryState::Waiting),
            CallJournalState::Parked => entry(EntryState::Parked),
            CallJournalState::Skipped => entry(EntryState::Skipped),
            CallJournalState::None => JournalFilter::None,
        })
    }
}

/// A text that says something, not longer than is searched for.
fn said(text: Option<&String>) -> Option<String> {
    let text: String = text?.trim().chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

/// The days' texts are read here and not by serde, so that an empty field of a form is none.
pub(super) fn day(name: &'static str, text: Option<&str>) -> Result<Option<Date>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| text.parse().map_err(|_| Error::NotADay { name }.into()))
        .transpose()
}

/// When a day begins there. Where the clocks leave midnight out, that is later.
pub(super) fn beginning(day: Date, zone: &TimeZone) -> Timestamp {
    let begins = day.to_zoned(zone.clone());
    // Only a day at the end of all time has no beginning.
    begins.map_or(Timestamp::MAX, |begins| begins.timestamp())
}

/// Parts of the number, as the phone system may have given it: what was typed, and, where that is a
/// whole number, what stands in every spelling of it.
fn digits(typed: &str, plan: &Plan) -> Result<Vec<String>, Error> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return Err(Error::NoDigit);
    }
    let mut parts = vec![digits];
    if let Reading::Phone(phone) = plan.read(typed)
        && !parts.contains(&phone.national)
    {
        parts.push(phone.national);
    }
    Ok(parts)
}

impl From<CallDirection> for linecard_call::Direction {
    fn from(direction: CallDirection) -> Self {
        match direction {
            CallDirection::Inbound => Self::Inbound,
            CallDirection::Outbound => Self::Outbound,
            CallDirection::Internal => Self::Internal,
        }
    }
}

impl From<CallEnd> for linecard_call::Outcome {
    fn from(end: CallEnd) -> Self {
        match end {
            CallEnd::Answered => Self::Answered,
            CallEnd::Missed => Self::Missed,
            CallEnd::Busy => Self::Busy,
            CallEnd::Failed => Self::Failed,
            CallEnd::Cancelled => Self::Cancelled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan::of("US".parse().unwrap())
    }

    #[test]
    fn a_whole_number_is_searched_for_by_what_every_spelling_of_it_has() {
        assert_eq!(
            digits("+1 (415) 555-0134", &plan()).unwrap(),
            ["14155550134", "4155550134"]
        );
        assert_eq!(digits("555-01", &plan()).unwrap(), ["55501"]);
        assert!(digits("Eve", &plan()).is_err());
    }

    #[test]
    fn a_day_begins_at_its_place_also_when_the_clocks_change() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let begins = |text: &str| beginning(text.parse().unwrap(), &zone).to_string();
        assert_eq!(begins("2026-01-01"), "2026-01-01T05:00:00Z");
        assert_eq!(begins("2026-03-08"), "2026-03-08T05:00:00Z");
        assert_eq!(begins("2026-03-09"), "2026-03-09T04:00:00Z");
        // Midnight is left out there on that day.
        let zone = TimeZone::get("America/Sao_Paulo").unwrap();
        let begins = beginning("2018-11-04".parse().unwrap(), &zone).to_string();
        assert_eq!(begins, "2018-11-04T03:00:00Z");
    }

    #[test]
    fn an_empty_field_of_a_form_narrows_nothing() {
        let which = WhichCalls {
            from: Some(String::new()),
            number: Some(" ".to_owned()),
            queue: Some(String::new()),
            ..WhichCalls::default()
        };
        assert_eq!(day("from", which.from.as_deref()).unwrap(), None);
        assert_eq!(said(which.number.as_ref()), None);
        assert_eq!(said(which.queue.as_ref()), None);
        assert!(day("from", Some("31.12.2025")).is_err());
    }
}
