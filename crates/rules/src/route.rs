//! To whom an outside caller is put through: the agent who owns the contact (X8).

use linecard_crm::Record;
use linecard_number::{Extension, Phone, Plan, Reading};

/// Who is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// A number that the CRM can be asked for.
    Phone(Phone),
    /// Nobody can be asked for; the reason goes to the dial plan.
    Nobody(Reason),
}

/// Where the caller goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// To the owner of the contact.
    Owner {
        /// The CRM's id of the owner.
        user: String,
        /// The extensions bound to the owner, the smallest first; never empty.
        extensions: Vec<Extension>,
    },
    /// Wherever the dial plan sends callers without an owner.
    Default(Reason),
}

/// Why there is no owner to put the caller through to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The caller withheld the number.
    Withheld,
    /// The caller is an extension of the company.
    Internal,
    /// What came as a number cannot be one.
    Unreadable,
    /// The CRM does not know the number.
    Unknown,
    /// The contact belongs to nobody.
    NoOwner,
    /// Contacts with this number belong to different people.
    SeveralOwners,
    /// No extension is bound to the owner.
    OwnerNotBound,
    /// The CRM did not answer in time; it may by the next call.
    TooLate,
    /// The CRM cannot be asked now.
    Unavailable,
    /// No CRM is connected.
    NoCrm,
}

impl Reason {
    /// The name that the dial plan reads.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Withheld => "withheld",
            Self::Internal => "internal",
            Self::Unreadable => "unreadable",
            Self::Unknown => "unknown",
            Self::NoOwner => "no_owner",
            Self::SeveralOwners => "several_owners",
            Self::OwnerNotBound => "owner_not_bound",
            Self::TooLate => "too_late",
            Self::Unavailable => "unavailable",
            Self::NoCrm => "no_crm",
        }
    }
}

/// Reads the caller's number as the dial plan gave it.
#[must_use]
pub fn caller(number: &str, plan: &Plan) -> Caller {
    match plan.read(number) {
        Reading::Phone(phone) => Caller::Phone(phone),
        Reading::Withheld => Caller::Nobody(Reason::Withheld),
        Reading::Extension(_) => Caller::Nobody(Reason::Internal),
        Reading::Unreadable | Reading::ShortCode(_) => Caller::Nobody(Reason::Unreadable),
    }
}

/// Decides from the records with the caller's number, best match first, and the bindings, each a
/// CRM user and an extension of that user.
///
/// Only records of the best match's kind count: where a contact has the number, the account that
/// has it too does not say who knows the caller. Several of that kind with different owners (a
/// company's main number) say it no better.
pub fn decide<'a>(
    found: &[Record],
    bindings: impl Iterator<Item = (&'a str, &'a Extension)>,
) -> Route {
    let Some(best) = found.first() else {
        return Route::Default(Reason::Unknown);
    };
    let mut owners = found
        .iter()
        .filter(|record| record.at.module == best.at.module)
        .filter_map(|record| record.owner.as_deref());
    let Some(owner) = owners.next() else {
        return Route::Default(Reason::NoOwner);
    };
    if owners.any(|other| other != owner) {
        return Route::Default(Reason::SeveralOwners);
    }
    let mut extensions: Vec<Extension> = bindings
        .filter(|(user, _)| *user == owner)
        .map(|(_, extension)| extension.clone())
        .collect();
    if extensions.is_empty() {
        return Route::Default(Reason::OwnerNotBound);
    }
    extensions.sort();
    Route::Owner {
        user: owner.to_owned(),
        extensions,
    }
}

#[cfg(test)]
mod tests {
    use linecard_crm::Module;

    use super::*;
    use crate::journal::tests::{plan, record};

    fn owned(id: &str, owner: Option<&str>) -> Record {
        Record {
            owner: owner.map(str::to_owned),
            ..record(id, "Grace Hopper")
        }
    }

    fn routed(found: &[Record]) -> Route {
        let bound: Vec<(&str, Extension)> = [("alice", "105"), ("bob", "102"), ("alice", "101")]
            .map(|(user, extension)| (user, extension.parse().unwrap()))
            .to_vec();
        decide(
            found,
            bound.iter().map(|(user, extension)| (*user, extension)),
        )
    }

    #[test]
    fn x8_a_caller_goes_to_the_extensions_of_the_contacts_owner() {
        let route = routed(&[owned("003A", Some("alice"))]);
        let extensions = ["101", "105"]
            .map(|digits| digits.parse().unwrap())
            .to_vec();
        assert_eq!(
            route,
            Route::Owner {
                user: "alice".to_owned(),
                extensions
            }
        );
    }

    #[test]
    fn x8_each_way_to_have_no_owner_is_told_apart() {
        let mut account = owned("001A", Some("bob"));
        account.at.module = Module::Account;
        for (found, reason) in [
            (vec![], Reason::Unknown),
            (vec![owned("003A", None)], Reason::NoOwner),
            (vec![owned("003A", Some("carol"))], Reason::OwnerNotBound),
            (
                vec![owned("003A", Some("alice")), owned("003B", Some("bob"))],
                Reason::SeveralOwners,
            ),
            // The account's owner is asked for nothing where a contact has the number.
            (vec![owned("003A", None), account], Reason::NoOwner),
        ] {
            assert_eq!(routed(&found), Route::Default(reason), "{found:?}");
        }
    }

    #[test]
    fn x8_contacts_of_one_owner_are_as_good_as_one() {
        let found = [
            owned("003A", Some("bob")),
            owned("003B", None),
            owned("003C", Some("bob")),
        ];
        assert!(matches!(routed(&found), Route::Owner { user, .. } if user == "bob"));
    }

    #[test]
    fn x8_who_is_no_outside_caller_is_not_asked_for() {
        for (number, reason) in [
            ("", Reason::Withheld),
            ("anonymous", Reason::Withheld),
            ("102", Reason::Internal),
            ("ABC", Reason::Unreadable),
        ] {
            assert_eq!(caller(number, &plan()), Caller::Nobody(reason), "{number}");
        }
        assert!(matches!(caller("+14155550134", &plan()), Caller::Phone(_)));
    }
}
