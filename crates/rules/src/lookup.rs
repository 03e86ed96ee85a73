//! Whether the CRM is asked who an outside party is (D9, B8).

use linecard_call::{Call, Direction};
use linecard_number::{Extension, Phone, Plan, Reading};

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
    /// No extension in the call is bound to a CRM user, so that nobody could see the answer.
    NotBound,
}

/// Decides for `call`; `is_bound` tells whether an extension is bound to a user of the CRM.
pub fn decide(call: &Call, plan: &Plan, is_bound: impl Fn(&Extension) -> bool) -> Lookup {
    if call.direction == Direction::Internal {
        return Lookup::Skip(NotAsked::Internal);
    }
    match plan.read(call.outside().unwrap_or_default()) {
        Reading::Withheld => Lookup::Skip(NotAsked::Withheld),
        Reading::Extension(_) => Lookup::Skip(NotAsked::Internal),
        Reading::Unreadable => Lookup::Skip(NotAsked::Unreadable),
        Reading::Phone(_) if !call.legs.iter().any(|leg| is_bound(&leg.extension)) => {
            Lookup::Skip(NotAsked::NotBound)
        }
        Reading::Phone(phone) => Lookup::Ask(phone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::{call, plan};

    #[test]
    fn the_crm_is_asked_about_an_outside_caller_of_a_bound_extension() {
        let Lookup::Ask(phone) = decide(&call(), &plan(), |_| true) else {
            panic!("not asked");
        };
        assert_eq!(phone.e164.as_str(), "+14155550134");
    }

    #[test]
    fn b8_an_unbound_extension_asks_nothing_of_the_crm() {
        assert_eq!(
            decide(&call(), &plan(), |_| false),
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
            assert_eq!(decide(&call, &plan(), |_| true), Lookup::Skip(why));
        }
    }
}
