//! Whether the CRMs are asked who an outside party is (D9, B8, X4, X11).

use linecard_call::{Call, Direction};
use linecard_number::{Extension, Phone, Plan, Reading};

use crate::exclude::Excluded;

/// What to do about the outside party of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// Ask who this is.
    Ask(Phone),
    /// Do not ask.
    Skip(NotAsked),
}

/// Why nobody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotAsked {
    /// The call is between extensions.
    Internal,
    /// The caller withheld the number.
    Withheld,
    /// What came as a number cannot be one.
    Unreadable,
    /// It is a short code, such as 112 or 10086: it belongs to nobody.
    ShortCode,
    /// It is one of the company's own numbers (X4).
    OwnNumber,
    /// The company never has this number looked up (X11).
    NeverLookedUp,
    /// No extension in the call is bound to a CRM user, so that nobody could see the answer.
    NotBound,
}

impl NotAsked {
    /// The stable word under which the reason is shown in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Withheld => "withheld",
            Self::Unreadable => "unreadable",
            Self::ShortCode => "short_code",
            Self::OwnNumber => "own_number",
            Self::NeverLookedUp => "never_looked_up",
            Self::NotBound => "not_bound",
        }
    }
}

/// Decides for `call`; `is_bound` tells whether an extension is bound to a user of any CRM.
pub fn decide(
    call: &Call,
    plan: &Plan,
    excluded: &Excluded,
    is_bound: impl Fn(&Extension) -> bool,
) -> Lookup {
    match party(call, plan, excluded) {
        Err(why) => Lookup::Skip(why),
        Ok(_) if !call.legs.iter().any(|leg| is_bound(&leg.extension)) => {
            Lookup::Skip(NotAsked::NotBound)
        }
        Ok(phone) => Lookup::Ask(phone),
    }
}

/// The outside party's number, if it may be looked for: in the phonebooks for every agent, in a
/// CRM for those who are bound in it.
pub fn party(call: &Call, plan: &Plan, excluded: &Excluded) -> Result<Phone, NotAsked> {
    if call.direction == Direction::Internal {
        return Err(NotAsked::Internal);
    }
    match call.read_outside(plan) {
        Reading::Withheld => Err(NotAsked::Withheld),
        Reading::Extension(_) => Err(NotAsked::Internal),
        Reading::Unreadable => Err(NotAsked::Unreadable),
        Reading::ShortCode(_) => Err(NotAsked::ShortCode),
        Reading::Phone(phone) if excluded.is_own(&phone) => Err(NotAsked::OwnNumber),
        Reading::Phone(phone) if excluded.is_never_looked_up(&phone) => {
            Err(NotAsked::NeverLookedUp)
        }
        Reading::Phone(phone) => Ok(phone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exclude::{Exclusions, NumberPattern};
    use crate::journal::tests::{call, excluded, plan};
    use jiff::tz::TimeZone;

    #[test]
    fn the_crm_is_asked_about_an_outside_caller_of_a_bound_extension() {
        let Lookup::Ask(phone) = decide(&call(), &plan(), &excluded(), |_| true) else {
            panic!("not asked");
        };
        assert_eq!(phone.e164.as_str(), "+14155550134");
    }

    #[test]
    fn b8_an_unbound_extension_asks_nothing_of_the_crm() {
        assert_eq!(
            decide(&call(), &plan(), &excluded(), |_| false),
            Lookup::Skip(NotAsked::NotBound)
        );
    }

    #[test]
    fn d9_internal_withheld_and_unreadable_callers_are_not_looked_up() {
        let mut internal = call();
        internal.direction = Direction::Internal;
        let mut withheld = call();
        withheld.from = None;
        let mut odd = call();
        odd.from = Some("ABC".to_owned());
        let mut extension = call();
        extension.from = Some("102".to_owned());
        for (call, why) in [
            (internal, NotAsked::Internal),
            (withheld, NotAsked::Withheld),
            (odd, NotAsked::Unreadable),
            (extension, NotAsked::Internal),
        ] {
            assert_eq!(
                decide(&call, &plan(), &excluded(), |_| true),
                Lookup::Skip(why)
            );
        }
    }

    #[test]
    fn x4_x11_own_numbers_and_those_never_looked_up_are_not_asked_about() {
        let pattern = NumberPattern::try_from("(415) 555-0134".to_owned()).unwrap();
        let own = Exclusions {
            own: vec![pattern.clone()],
            ..Exclusions::default()
        };
        let secret = Exclusions {
            never_looked_up: vec![pattern],
            ..Exclusions::default()
        };
        for (exclusions, why) in [
            (own, NotAsked::OwnNumber),
            (secret, NotAsked::NeverLookedUp),
        ] {
            let excluded = Excluded::new(&exclusions, &plan(), TimeZone::UTC);
            let decided = decide(&call(), &plan(), &excluded, |_| true);
            assert_eq!(decided, Lookup::Skip(why));
        }
    }
}
