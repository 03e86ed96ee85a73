//! What becomes of one agent's part of a call, and in which CRM (A2, E8, B8, X11, X16).

use linecard_call::Call;
use linecard_crm::Record;

use super::{Options, Part};
use crate::exclude::Excluded;
use crate::lookup::{Lookup, NotAsked};
use crate::matching::{Answer, Whose, whose};
use crate::terms::Terms;

/// A CRM in which the agent's extension is bound, and what it answered about the outside party.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The CRM's id of the user to whom the extension is bound.
    pub owner: &'a str,
    /// What it answered.
    pub answer: Answer<'a>,
    /// What is chosen about its journal.
    pub options: &'a Options,
    /// On what terms it is used.
    pub terms: &'a Terms,
}

/// All there is to know about one agent's part.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The call, ended.
    pub call: &'a Call,
    /// The agent's part of it.
    pub part: &'a Part,
    /// Whether the outside party may be looked up.
    pub lookup: &'a Lookup,
    /// The CRMs in which the agent is bound, in their order of precedence.
    pub asked: &'a [Asked<'a>],
    /// What a person chose instead of the best match: the place in `asked`, and the record (X3).
    pub chosen: Option<(usize, &'a Record)>,
    /// What is kept out.
    pub excluded: &'a Excluded,
}

/// What becomes of one agent's part. A place is one in [`Case::asked`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision<'a> {
    /// Write it.
    Write(Target<'a>),
    /// Ask first who the outside party is; it was not certain when the call ended.
    AskFirst {
        /// The first CRM that is asked; another one can turn out to know the number.
        at: usize,
        /// The CRM's id of the user who would own the entry there.
        owner: &'a str,
    },
    /// Write nothing, but show what would be written.
    Show(Target<'a>, NotLogged),
    /// Write nothing and tell why.
    Skip {
        /// The CRM that has not got it; `None`: the agent is bound in none.
        at: Option<usize>,
        /// Why.
        why: NotLogged,
    },
}

impl Decision<'_> {
    /// The place of the CRM it is about.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        match self {
            Self::Write(target) | Self::Show(target, _) => Some(target.at),
            Self::AskFirst { at, .. } => Some(*at),
            Self::Skip { at, .. } => *at,
        }
    }
}

/// Where an entry goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target<'a> {
    /// Into which CRM.
    pub at: usize,
    /// The person or account the call was with.
    pub who: &'a Record,
    /// The CRM's id of the user who owns the entry.
    pub owner: &'a str,
}

/// Why a part is not written. It is listed with the call, and can be written later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotLogged {
    /// The agent's extension is not bound to a user of any CRM (B8).
    NotBound,
    /// No CRM holds anybody with this number.
    Nobody,
    /// The caller withheld the number.
    Withheld,
    /// What came as a number cannot be one.
    Unreadable,
    /// It is a short code, such as 112 or 10086.
    ShortCode,
    /// Calls between extensions are not written.
    Internal,
    /// It is one of the company's own numbers (X4).
    OwnNumber,
    /// The company never has this number looked up (X11).
    NeverLookedUp,
    /// The company never has this number written about (X11).
    NeverLogged,
    /// The CRM's journal is switched off (E3).
    JournalOff,
    /// Calls of this kind are not written (X11).
    CallType,
    /// Calls at this time are not written (X11).
    Hours,
    /// The connection only shows what it would write (X16).
    DryRun,
    /// The connection writes for a pilot group only, to which the agent does not belong (X16).
    NotInPilot,
}

impl NotLogged {
    /// The stable word under which the reason is stored and shown in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotBound => "not_bound",
            Self::Nobody => "nobody",
            Self::Withheld => "withheld",
            Self::Unreadable => "unreadable",
            Self::ShortCode => "short_code",
            Self::Internal => "internal",
            Self::OwnNumber => "own_number",
            Self::NeverLookedUp => "never_looked_up",
            Self::NeverLogged => "never_logged",
            Self::JournalOff => "journal_off",
            Self::CallType => "call_type",
            Self::Hours => "hours",
            Self::DryRun => "dry_run",
            Self::NotInPilot => "not_in_pilot",
        }
    }
}

/// Decides about one agent's part. It goes into one CRM: the first in precedence that knows the
/// outside party, of those in which the agent's extension is bound.
#[must_use]
pub fn decide<'a>(case: &Case<'a>) -> Decision<'a> {
    let first = (!case.asked.is_empty()).then_some(0);
    let skip = |why| Decision::Skip { at: first, why };
    let phone = match case.lookup {
        Lookup::Ask(phone) => phone,
        Lookup::Skip(why) => return skip(not_logged(*why)),
    };
    let Some(&Asked { owner, .. }) = case.asked.first() else {
        return skip(NotLogged::NotBound);
    };
    if case.excluded.is_never_logged(phone) {
        return skip(NotLogged::NeverLogged);
    }
    if let Some((at, who)) = case.chosen
        && case.asked.get(at).is_some()
    {
        return written(case, at, who);
    }
    match whose(case.asked.iter().map(|asked| asked.answer)) {
        Whose::Of(at) => match best(case, at) {
            Some(who) => written(case, at, who),
            None => skip(NotLogged::Nobody),
        },
        Whose::Nobodys => skip(NotLogged::Nobody),
        // Nobody needs to be asked about what is not written whoever it is.
        Whose::Pending | Whose::Unsettled => match kept_out_everywhere(case) {
            Some(why) => skip(why),
            None => Decision::AskFirst { at: 0, owner },
        },
    }
}

fn written<'a>(case: &Case<'a>, at: usize, who: &'a Record) -> Decision<'a> {
    let Some(asked) = case.asked.get(at) else {
        return Decision::Skip {
            at: None,
            why: NotLogged::NotBound,
        };
    };
    if let Some(why) = case.excluded.keeps_out(case.call, case.part, asked.options) {
        return Decision::Skip { at: Some(at), why };
    }
    let owner = asked.owner;
    let target = Target { at, who, owner };
    match asked.terms.mode.withholds(&case.part.extension) {
        Some(why) => Decision::Show(target, why),
        None => Decision::Write(target),
    }
}

fn best<'a>(case: &Case<'a>, at: usize) -> Option<&'a Record> {
    let asked = case.asked.get(at)?;
    let Answer::Records(records) = asked.answer else {
        return None;
    };
    let ordered = asked.terms.matching.order(records, Some(asked.owner));
    ordered.first().copied()
}

fn kept_out_everywhere(case: &Case<'_>) -> Option<NotLogged> {
    let mut why = None;
    for asked in case.asked {
        let kept_out = case
            .excluded
            .keeps_out(case.call, case.part, asked.options)?;
        why = why.or(Some(kept_out));
    }
    why
}

fn not_logged(why: NotAsked) -> NotLogged {
    match why {
        NotAsked::Internal => NotLogged::Internal,
        NotAsked::Withheld => NotLogged::Withheld,
        NotAsked::Unreadable => NotLogged::Unreadable,
        NotAsked::ShortCode => NotLogged::ShortCode,
        NotAsked::OwnNumber => NotLogged::OwnNumber,
        NotAsked::NeverLookedUp => NotLogged::NeverLookedUp,
        NotAsked::NotBound => NotLogged::NotBound,
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use uuid::Uuid;

    use super::*;
    use crate::exclude::{Exclusions, NumberPattern};
    use crate::journal::every_part;
    use crate::journal::tests::{call, excluded, plan, record};
    use crate::terms::Mode;

    /// What is decided about an answered call of 101, who is bound in so many CRMs.
    fn decided(answers: &[Answer<'_>]) -> Told {
        let asked: Vec<_> = answers
            .iter()
            .map(|answer| (*answer, Terms::default()))
            .collect();
        told(&asked, &Options::default(), &excluded())
    }

    /// A decision without what it borrows.
    #[derive(Debug, PartialEq)]
    enum Told {
        Write(usize, String),
        AskFirst,
        Show(usize, String, NotLogged),
        Skip(Option<usize>, NotLogged),
    }

    fn told(answers: &[(Answer<'_>, Terms)], options: &Options, excluded: &Excluded) -> Told {
        let call = call();
        let lookup = crate::lookup::decide(&call, &plan(), excluded, |_| !answers.is_empty());
        let part = &every_part(&call, Uuid::nil())[0];
        let asked: Vec<_> = answers
            .iter()
            .map(|(answer, terms)| Asked {
                owner: "005A",
                answer: *answer,
                options,
                terms,
            })
            .collect();
        let decision = decide(&Case {
            call: &call,
            part,
            lookup: &lookup,
            asked: &asked,
            chosen: None,
            excluded,
        });
        match decision {
            Decision::Write(target) => Told::Write(target.at, target.who.at.id.clone()),
            Decision::AskFirst { at: 0, .. } => Told::AskFirst,
            Decision::AskFirst { at, .. } => panic!("not the first is asked: {at}"),
            Decision::Show(target, why) => Told::Show(target.at, target.who.at.id.clone(), why),
            Decision::Skip { at, why } => Told::Skip(at, why),
        }
    }

    #[test]
    fn e8_a_call_of_a_bound_extension_with_a_contact_is_written() {
        let found = [record("003A", "Grace Hopper")];
        let told = decided(&[Answer::Records(&found)]);
        assert_eq!(told, Told::Write(0, "003A".to_owned()));
    }

    #[test]
    fn a2_the_call_is_written_into_the_first_crm_that_knows_the_number_and_no_other() {
        let (one, two) = ([record("003A", "Grace")], [record("Z1", "Grace")]);
        let (one, two) = (Answer::Records(&one), Answer::Records(&two));
        assert_eq!(decided(&[one, two]), Told::Write(0, "003A".to_owned()));
        for earlier in [Answer::Records(&[]), Answer::Failed] {
            assert_eq!(decided(&[earlier, two]), Told::Write(1, "Z1".to_owned()));
        }
    }

    #[test]
    fn a_call_that_ended_before_the_crm_answered_is_asked_about_first() {
        let known = [record("Z1", "Grace")];
        assert_eq!(decided(&[Answer::Pending]), Told::AskFirst);
        assert_eq!(decided(&[Answer::Failed]), Told::AskFirst);
        assert_eq!(
            decided(&[Answer::Pending, Answer::Records(&known)]),
            Told::AskFirst
        );
        assert_eq!(
            decided(&[Answer::Failed, Answer::Records(&[])]),
            Told::AskFirst
        );
    }

    #[test]
    fn b8_an_unbound_agents_call_is_listed_and_not_written() {
        assert_eq!(decided(&[]), Told::Skip(None, NotLogged::NotBound));
    }

    #[test]
    fn a_caller_nobody_knows_is_listed_and_not_written() {
        let told = decided(&[Answer::Records(&[]), Answer::Records(&[])]);
        assert_eq!(told, Told::Skip(Some(0), NotLogged::Nobody));
    }

    #[test]
    fn x3_what_a_person_chose_is_written_whatever_comes_first() {
        let (call, terms, options) = (call(), Terms::default(), Options::default());
        let found = [record("003A", "Grace"), record("003B", "Grace")];
        let excluded = excluded();
        let lookup = crate::lookup::decide(&call, &plan(), &excluded, |_| true);
        let asked = [Asked {
            owner: "005A",
            answer: Answer::Records(&found),
            options: &options,
            terms: &terms,
        }];
        let parts = every_part(&call, Uuid::nil());
        let decision = decide(&Case {
            call: &call,
            part: &parts[0],
            lookup: &lookup,
            asked: &asked,
            chosen: Some((0, &found[1])),
            excluded: &excluded,
        });
        assert!(matches!(decision, Decision::Write(target) if target.who.at.id == "003B"));
    }

    #[test]
    fn x11_a_number_that_is_never_logged_is_not_even_asked_about_after_the_call() {
        let pattern = NumberPattern::try_from("+1415*".to_owned()).unwrap();
        let exclusions = Exclusions {
            never_logged: vec![pattern],
            ..Exclusions::default()
        };
        let excluded = Excluded::new(&exclusions, &plan(), TimeZone::UTC);
        let asked = [(Answer::Pending, Terms::default())];
        assert_eq!(
            told(&asked, &Options::default(), &excluded),
            Told::Skip(Some(0), NotLogged::NeverLogged)
        );
    }

    #[test]
    fn e3_with_the_journal_off_nobody_is_asked_after_the_call() {
        let off = Options {
            on: false,
            ..Options::default()
        };
        let asked = [(Answer::Pending, Terms::default())];
        assert_eq!(
            told(&asked, &off, &excluded()),
            Told::Skip(Some(0), NotLogged::JournalOff)
        );
    }

    #[test]
    fn x16_a_dry_run_shows_what_it_would_write() {
        let found = [record("003A", "Grace Hopper")];
        let terms = Terms {
            mode: Mode::DryRun,
            ..Terms::default()
        };
        let asked = [(Answer::Records(&found), terms)];
        assert_eq!(
            told(&asked, &Options::default(), &excluded()),
            Told::Show(0, "003A".to_owned(), NotLogged::DryRun)
        );
    }
}
