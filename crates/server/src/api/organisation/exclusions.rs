//! What is kept out of every CRM: own numbers (X4), numbers never looked up or logged, and the
//! hours of business (X11).

use jiff::civil::Time;
use linecard_rules::exclude::{self, Day, NumberPattern, Opening};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::FieldProblems;

/// More numbers than any company has reason to list, and more hours.
const MOST_NUMBERS: usize = 1_000;
const MOST_OPENINGS: usize = 50;

/// What is kept out of every CRM. A number is written as people dial it; all that begin alike, as
/// `+` and digits with an asterisk.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Exclusions {
    /// The company's own numbers: they never match a contact.
    #[schema(example = json!(["+1415555*"]))]
    own: Vec<String>,
    /// No CRM is ever asked about these, so that nothing is written about them either.
    never_looked_up: Vec<String>,
    /// Nothing is ever written about calls with these.
    never_logged: Vec<String>,
    /// The hours of business, in the organisation's time zone; none: at all times.
    business_hours: Vec<OpeningHours>,
}

/// From when until when the company is open on some days.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpeningHours {
    /// On which days.
    days: Vec<DayOfWeek>,
    /// From then on.
    #[schema(value_type = String, example = "09:00:00")]
    from: Time,
    /// Until then; not later than `from`: until then on the next day.
    #[schema(value_type = String, example = "17:00:00")]
    until: Time,
}

/// A day of the week.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DayOfWeek {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<exclude::Exclusions> for Exclusions {
    fn from(kept: exclude::Exclusions) -> Self {
        let texts = |patterns: Vec<NumberPattern>| patterns.into_iter().map(String::from).collect();
        Self {
            own: texts(kept.own),
            never_looked_up: texts(kept.never_looked_up),
            never_logged: texts(kept.never_logged),
            business_hours: kept
                .business_hours
                .into_iter()
                .map(|opening| OpeningHours {
                    days: opening.days.into_iter().map(DayOfWeek::from).collect(),
                    from: opening.from,
                    until: opening.until,
                })
                .collect(),
        }
    }
}

impl Exclusions {
    /// What is to be kept; what cannot be is named in `fields`.
    pub(super) fn check(self, fields: &mut FieldProblems) -> exclude::Exclusions {
        if self.business_hours.len() > MOST_OPENINGS {
            fields.add(
                "/exclusions/business_hours",
                "too_many",
                format_args!("There may be at most {MOST_OPENINGS} of them."),
            );
        }
        exclude::Exclusions {
            own: numbers(fields, "own", self.own),
            never_looked_up: numbers(fields, "never_looked_up", self.never_looked_up),
            never_logged: numbers(fields, "never_logged", self.never_logged),
            business_hours: self
                .business_hours
                .into_iter()
                .map(|hours| Opening {
                    days: hours.days.into_iter().map(Day::from).collect(),
                    from: hours.from,
                    until: hours.until,
                })
                .collect(),
        }
    }
}

fn numbers(fields: &mut FieldProblems, name: &str, texts: Vec<String>) -> Vec<NumberPattern> {
    let path = format!("/exclusions/{name}");
    if texts.len() > MOST_NUMBERS {
        fields.add(
            path,
            "too_many",
            format_args!("There may be at most {MOST_NUMBERS} of them."),
        );
        return Vec::new();
    }
    let mut taken = Vec::with_capacity(texts.len());
    for (index, text) in texts.into_iter().enumerate() {
        let pattern = NumberPattern::try_from(text);
        taken.extend(fields.take(&format!("{path}/{index}"), "not_a_pattern", pattern));
    }
    taken
}

impl From<Day> for DayOfWeek {
    fn from(day: Day) -> Self {
        match day {
            Day::Monday => Self::Monday,
            Day::Tuesday => Self::Tuesday,
            Day::Wednesday => Self::Wednesday,
            Day::Thursday => Self::Thursday,
            Day::Friday => Self::Friday,
            Day::Saturday => Self::Saturday,
            Day::Sunday => Self::Sunday,
        }
    }
}

impl From<DayOfWeek> for Day {
    fn from(day: DayOfWeek) -> Self {
        match day {
            DayOfWeek::Monday => Self::Monday,
            DayOfWeek::Tuesday => Self::Tuesday,
            DayOfWeek::Wednesday => Self::Wednesday,
            DayOfWeek::Thursday => Self::Thursday,
            DayOfWeek::Friday => Self::Friday,
            DayOfWeek::Saturday => Self::Saturday,
            DayOfWeek::Sunday => Self::Sunday,
        }
    }
}
