//! What is kept out of the CRMs: own numbers (X4), numbers never looked up or never logged, kinds
//! of call, and calls outside or inside the hours of business (X11).

mod hours;
mod numbers;

pub use hours::{Day, Opening};
pub use numbers::{NumberPattern, NumberPatternError};

use jiff::tz::TimeZone;
use linecard_call::Call;
use linecard_number::{Phone, Plan};
use serde::{Deserialize, Serialize};

use crate::journal::{NotLogged, Options, Part, Status};
use numbers::Numbers;

/// What the company keeps out of every CRM.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Exclusions {
    /// The company's own numbers (DIDs): they never match a contact (X4).
    pub own: Vec<NumberPattern>,
    /// No CRM is ever asked about these, so that nothing is written about them either.
    pub never_looked_up: Vec<NumberPattern>,
    /// Nothing is ever written about calls with these.
    pub never_logged: Vec<NumberPattern>,
    /// The hours of business, in the organisation's time zone; none: at all times.
    pub business_hours: Vec<Opening>,
}

/// Which calls of one CRM are written at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallTypes {
    /// Calls from outside that the agent took.
    pub incoming: bool,
    /// Calls that the agent made.
    pub outgoing: bool,
    /// Calls from outside that the agent did not take.
    pub missed: bool,
}

impl Default for CallTypes {
    fn default() -> Self {
        Self {
            incoming: true,
            outgoing: true,
            missed: true,
        }
    }
}

/// At which times calls are written, by when they began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogWhen {
    /// At all times.
    #[default]
    Always,
    /// Within the hours of business.
    BusinessHours,
    /// Outside of them.
    OutsideBusinessHours,
}

/// [`Exclusions`], made ready to be asked for every call.
#[derive(Debug, Clone)]
pub struct Excluded {
    own: Numbers,
    never_looked_up: Numbers,
    never_logged: Numbers,
    business_hours: Vec<Opening>,
    zone: TimeZone,
}

impl Excluded {
    /// Reads the numbers as `plan` does and the hours in `zone`.
    #[must_use]
    pub fn new(exclusions: &Exclusions, plan: &Plan, zone: TimeZone) -> Self {
        Self {
            own: Numbers::new(&exclusions.own, plan),
            never_looked_up: Numbers::new(&exclusions.never_looked_up, plan),
            never_logged: Numbers::new(&exclusions.never_logged, plan),
            business_hours: exclusions.business_hours.clone(),
            zone,
        }
    }

    /// Whether it is one of the company's own numbers (X4).
    #[must_use]
    pub fn is_own(&self, phone: &Phone) -> bool {
        self.own.has(phone)
    }

    /// Whether no CRM may be asked about it.
    #[must_use]
    pub fn is_never_looked_up(&self, phone: &Phone) -> bool {
        self.never_looked_up.has(phone)
    }

    /// Whether nothing is ever written about it: no call, no record.
    #[must_use]
    pub fn is_never_logged(&self, phone: &Phone) -> bool {
        self.never_logged.has(phone) || self.never_looked_up.has(phone) || self.own.has(phone)
    }

    /// Why this part of a call is not written into a CRM with these options; `None`: it is.
    #[must_use]
    pub fn keeps_out(&self, call: &Call, part: &Part, options: &Options) -> Option<NotLogged> {
        if !options.on {
            return Some(NotLogged::JournalOff);
        }
        let wanted = match part.status {
            Status::Incoming => options.types.incoming,
            Status::Outgoing => options.types.outgoing,
            Status::Missed => options.types.missed,
        };
        if !wanted {
            return Some(NotLogged::CallType);
        }
        let in_time = match options.when {
            LogWhen::Always => true,
            LogWhen::BusinessHours => self.is_open(call),
            LogWhen::OutsideBusinessHours => !self.is_open(call),
        };
        (!in_time).then_some(NotLogged::Hours)
    }

    fn is_open(&self, call: &Call) -> bool {
        hours::is_open(&self.business_hours, call.started, &self.zone)
    }
}

#[cfg(test)]
mod tests {
    use linecard_number::Reading;
    use uuid::Uuid;

    use super::*;
    use crate::journal::every_part;
    use crate::journal::tests::{call, leg, plan};
    use linecard_call::LegOutcome;

    fn excluded(exclusions: &Exclusions) -> Excluded {
        let zone = TimeZone::get("America/New_York").unwrap();
        Excluded::new(exclusions, &plan(), zone)
    }

    fn patterns(texts: &[&str]) -> Vec<NumberPattern> {
        let read = |text: &&str| NumberPattern::try_from((*text).to_owned()).unwrap();
        texts.iter().map(read).collect()
    }

    fn phone(number: &str) -> Phone {
        match plan().read(number) {
            Reading::Phone(phone) => phone,
            other => panic!("{other:?}"),
        }
    }

    fn kept_out(options: &Options, call: &Call) -> Option<NotLogged> {
        let part = &every_part(call, Uuid::nil())[0];
        let office = Exclusions {
            business_hours: vec![Opening {
                days: vec![Day::Monday],
                from: "09:00:00".parse().unwrap(),
                until: "15:58:00".parse().unwrap(),
            }],
            ..Exclusions::default()
        };
        excluded(&office).keeps_out(call, part, options)
    }

    #[test]
    fn x4_x11_own_and_excluded_numbers_are_known_in_any_spelling() {
        let excluded = excluded(&Exclusions {
            own: patterns(&["(415) 555-0100", "+1415555020*"]),
            never_looked_up: patterns(&["+14155550300"]),
            never_logged: patterns(&["+1 415 555 0400"]),
            ..Exclusions::default()
        });
        assert!(excluded.is_own(&phone("4155550100")));
        assert!(excluded.is_own(&phone("+14155550207")));
        assert!(!excluded.is_own(&phone("+14155550134")));
        assert!(excluded.is_never_looked_up(&phone("14155550300")));
        for number in ["4155550100", "+14155550300", "+14155550400"] {
            assert!(excluded.is_never_logged(&phone(number)), "{number}");
        }
        assert!(!excluded.is_never_logged(&phone("+14155550134")));
    }

    #[test]
    fn e3_a_journal_that_is_off_writes_nothing() {
        let off = Options {
            on: false,
            ..Options::default()
        };
        assert_eq!(kept_out(&off, &call()), Some(NotLogged::JournalOff));
        assert_eq!(kept_out(&Options::default(), &call()), None);
    }

    #[test]
    fn x11_a_kind_of_call_can_be_kept_out() {
        let mut missed = call();
        missed.legs = vec![leg("101", LegOutcome::Missed, 0)];
        let mut options = Options::default();
        options.types.missed = false;
        assert_eq!(kept_out(&options, &missed), Some(NotLogged::CallType));
        assert_eq!(kept_out(&options, &call()), None);
    }

    #[test]
    fn x11_calls_outside_the_hours_of_business_can_be_kept_out_or_those_within() {
        // The call of the samples began on a Monday at 15:58:14 in New York.
        let options = |when| Options {
            when,
            ..Options::default()
        };
        assert_eq!(
            kept_out(&options(LogWhen::BusinessHours), &call()),
            Some(NotLogged::Hours)
        );
        assert_eq!(
            kept_out(&options(LogWhen::OutsideBusinessHours), &call()),
            None
        );
    }
}
