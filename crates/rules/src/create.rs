//! Whether an unknown number becomes a record of the CRM, when, and whose (G1, G2, G9 to G11).

mod name;
mod options;
mod touched;

pub use name::{NAMES, Name, name};
pub use options::{Calls, Kind, Manner, Options, OptionsError, When};
pub use touched::touched;

use jiff::{SignedDuration, Timestamp};
use linecard_call::{Call, CallState, Direction, Leg, LegState};
use linecard_number::{Extension, Phone};

use crate::attribution::of_record;
use crate::exclude::Excluded;
use crate::journal::NotLogged;
use crate::lookup::{Lookup, NotAsked};
use crate::terms::Mode;

/// A national number of fewer digits is a service or an emergency number: never a person.
const SHORTEST: usize = 6;

/// A call whose outside party no CRM knows, and a CRM in which a record may be created.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The call, living or ended.
    pub call: &'a Call,
    /// Whether the outside party may be looked up.
    pub lookup: &'a Lookup,
    /// What is kept out (X11).
    pub excluded: &'a Excluded,
    /// What is chosen about creating records in this CRM.
    pub options: &'a Options,
    /// Whether anything is written into this CRM (X16).
    pub mode: &'a Mode,
    /// The present moment.
    pub now: Timestamp,
}

/// What to do about a number that no CRM knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision<'a> {
    /// Create the record now.
    Create {
        /// The number it is created for.
        phone: &'a Phone,
        /// The part of the agent on whose behalf it is created.
        leg: &'a Leg,
        /// The CRM's id of the user who will own it (G10).
        owner: &'a str,
    },
    /// Not yet; the call itself tells when to look again.
    NotYet,
    /// Not before this moment, of which the call tells nothing.
    NotBefore(Timestamp),
    /// Create none.
    Never(NotCreated),
}

/// Why no record is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotCreated {
    /// Automatic creation is off (G1, G9).
    Off,
    /// Calls of this direction create nothing (G2).
    Direction,
    /// There is no number to create a record for.
    NoNumber,
    /// No CRM is asked about the number, so that none can say it does not know it.
    NotAsked(NotAsked),
    /// The number is too short to be a person's.
    Short,
    /// The number is one that nothing is written about (X11).
    Excluded,
    /// The agent's extension is not bound to a user of the CRM (G10).
    NotBound,
    /// Nothing is written into this CRM on behalf of the agent, for this reason (X16).
    NotLive(NotLogged),
    /// The call ended before what the admin waits for.
    TooShortACall,
}

impl NotCreated {
    /// The stable word under which the reason is shown in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Off => "creation_off",
            Self::Direction => "creation_direction",
            Self::NoNumber => "no_number",
            Self::Short => "short_number",
            Self::Excluded => "excluded",
            Self::NotBound => "not_bound",
            Self::NotAsked(why) => why.code(),
            Self::NotLive(why) => why.code(),
            Self::TooShortACall => "too_short_a_call",
        }
    }
}

/// Whether a record may be made for this number at all, in whatever way.
pub fn allowed(phone: &Phone, excluded: &Excluded) -> Result<(), NotCreated> {
    if phone.national.len() < SHORTEST {
        return Err(NotCreated::Short);
    }
    if excluded.is_never_logged(phone) {
        return Err(NotCreated::Excluded);
    }
    Ok(())
}

/// Decides about one CRM. `user` gives the CRM user to whom an extension is bound.
pub fn decide<'a>(case: &Case<'a>, user: impl Fn(&Extension) -> Option<&'a str>) -> Decision<'a> {
    let Case { call, options, .. } = *case;
    if !options.on || options.manner != Manner::Automatic {
        return Decision::Never(NotCreated::Off);
    }
    let wanted = match call.direction {
        Direction::Inbound => options.calls != Calls::Outbound,
        Direction::Outbound => options.calls != Calls::Inbound,
        Direction::Internal => false,
    };
    if !wanted {
        return Decision::Never(NotCreated::Direction);
    }
    let phone = match case.lookup {
        Lookup::Ask(phone) => phone,
        Lookup::Skip(NotAsked::NotBound) => return Decision::Never(NotCreated::NotBound),
        Lookup::Skip(why) => return Decision::Never(NotCreated::NotAsked(*why)),
    };
    if let Err(reason) = allowed(phone, case.excluded) {
        return Decision::Never(reason);
    }
    match reached(call, options.when, case.now) {
        Reached::Yes => {}
        Reached::Later(at) => return Decision::NotBefore(at),
        Reached::NotYet => return Decision::NotYet,
        Reached::Never => return Decision::Never(NotCreated::TooShortACall),
    }
    // Whoever takes part later changes the call, and it is decided again.
    let Some(leg) = agent(call, |extension| user(extension).is_some()) else {
        return Decision::Never(NotCreated::NotBound);
    };
    let Some(owner) = user(&leg.extension) else {
        return Decision::Never(NotCreated::NotBound);
    };
    match case.mode.withholds(&leg.extension) {
        Some(why) => Decision::Never(NotCreated::NotLive(why)),
        None => Decision::Create { phone, leg, owner },
    }
}

/// The agent who has the call now, or else who had it last, or else who answers for it (G10): who made
/// it, or the first rung bound agent.
pub fn agent(call: &Call, is_bound: impl Fn(&Extension) -> bool) -> Option<&Leg> {
    let talking = call
        .legs
        .iter()
        .filter(|leg| matches!(leg.state, LegState::Talking | LegState::Holding))
        .max_by_key(|leg| leg.answered);
    // How a leg ended is certain only when the call is over: who hung up before the caller has no
    // outcome yet.
    let had_it = || {
        let had = call.legs.iter().filter(|leg| leg.talked_until.is_some());
        had.max_by_key(|leg| leg.talked_until)
            .filter(|_| call.state != CallState::Ended)
    };
    talking
        .or_else(had_it)
        .or_else(|| of_record(call, is_bound))
}

enum Reached {
    Yes,
    Later(Timestamp),
    NotYet,
    Never,
}

/// Whether the call has come as far as the admin wants it to.
fn reached(call: &Call, when: When, now: Timestamp) -> Reached {
    let over = call.state == CallState::Ended;
    match (when, call.answered) {
        (When::Ring, _) | (When::Answered, Some(_)) => Reached::Yes,
        (When::Answered | When::Talked { .. }, None) if over => Reached::Never,
        (When::Answered | When::Talked { .. }, None) => Reached::NotYet,
        (When::Talked { seconds }, Some(_)) if over => {
            if call.talk_ms >= u64::from(seconds) * 1_000 {
                Reached::Yes
            } else {
                Reached::Never
            }
        }
        (When::Talked { seconds }, Some(answered)) => {
            let at = answered
                .checked_add(SignedDuration::from_secs(i64::from(seconds)))
                .unwrap_or(Timestamp::MAX);
            if at <= now {
                Reached::Yes
            } else {
                Reached::Later(at)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use linecard_call::{LegOutcome, LegRole};

    use super::*;
    use crate::exclude::{Exclusions, NumberPattern};
    use crate::journal::tests::{call, excluded, leg, plan, started};
    use crate::lookup;

    fn options() -> Options {
        Options {
            on: true,
            ..Options::default()
        }
    }

    fn at(seconds: i64) -> Timestamp {
        started() + SignedDuration::from_secs(seconds)
    }

    fn ringing() -> Call {
        let mut call = call();
        call.state = CallState::Ringing;
        call.answered = None;
        call.ended = None;
        call.outcome = None;
        call.legs[0].state = LegState::Ringing;
        call.legs[0].outcome = None;
        call
    }

    fn talking() -> Call {
        let mut call = ringing();
        call.state = CallState::Talking;
        call.answered = Some(at(0));
        call.legs[0].state = LegState::Talking;
        call
    }

    /// What is decided at `now`, in a word: the owner, `later 30`, `not yet`, or the reason.
    fn decided(call: &Call, options: &Options, now: i64) -> String {
        decided_in(call, options, now, &Mode::Live)
    }

    fn decided_in(call: &Call, options: &Options, now: i64, mode: &Mode) -> String {
        let excluded = excluded();
        let is_bound = |extension: &Extension| bound(extension).is_some();
        let case = Case {
            call,
            lookup: &lookup::decide(call, &plan(), &excluded, is_bound),
            excluded: &excluded,
            options,
            mode,
            now: at(now),
        };
        match decide(&case, bound) {
            Decision::Create { owner, .. } => owner.to_owned(),
            Decision::NotYet => "not yet".to_owned(),
            Decision::NotBefore(moment) => {
                format!("later {}", moment.duration_since(at(0)).as_secs())
            }
            Decision::Never(reason) => reason.code().to_owned(),
        }
    }

    fn bound<'a>(extension: &Extension) -> Option<&'a str> {
        match extension.as_str() {
            "101" => Some("alice"),
            "102" => Some("bob"),
            _ => None,
        }
    }

    #[test]
    fn g11_by_default_a_record_is_created_at_the_first_ring() {
        assert_eq!(decided(&ringing(), &options(), 0), "alice");
    }

    #[test]
    fn g1_g9_nothing_is_created_while_it_is_off_or_left_to_the_agents() {
        let mut off = options();
        off.on = false;
        assert_eq!(decided(&ringing(), &off, 0), "creation_off");
        let mut manual = options();
        manual.manner = Manner::Manual;
        assert_eq!(decided(&ringing(), &manual, 0), "creation_off");
    }

    #[test]
    fn g2_only_calls_of_the_chosen_direction_create_a_record() {
        let mut outbound = ringing();
        outbound.direction = Direction::Outbound;
        outbound.to = Some("4155550134".to_owned());
        outbound.legs[0].role = LegRole::Caller;
        for (calls, of_inbound, of_outbound) in [
            (Calls::Both, "alice", "alice"),
            (Calls::Inbound, "alice", "creation_direction"),
            (Calls::Outbound, "creation_direction", "alice"),
        ] {
            let options = Options { calls, ..options() };
            assert_eq!(decided(&ringing(), &options, 0), of_inbound);
            assert_eq!(decided(&outbound, &options, 0), of_outbound);
        }
    }

    #[test]
    fn g11_waits_for_the_answer_where_the_admin_wants_that() {
        let options = Options {
            when: When::Answered,
            ..options()
        };
        assert_eq!(decided(&ringing(), &options, 0), "not yet");
        assert_eq!(decided(&talking(), &options, 0), "alice");
        let mut missed = ringing();
        missed.state = CallState::Ended;
        assert_eq!(decided(&missed, &options, 9), "too_short_a_call");
    }

    #[test]
    fn g11_waits_until_they_talked_so_many_seconds() {
        let options = Options {
            when: When::Talked { seconds: 30 },
            ..options()
        };
        assert_eq!(decided(&ringing(), &options, 0), "not yet");
        assert_eq!(decided(&talking(), &options, 10), "later 30");
        assert_eq!(decided(&talking(), &options, 30), "alice");
        let mut ended = call();
        ended.talk_ms = 29_999;
        assert_eq!(decided(&ended, &options, 90), "too_short_a_call");
        ended.talk_ms = 30_000;
        assert_eq!(decided(&ended, &options, 90), "alice");
    }

    #[test]
    fn g11_withheld_short_and_excluded_numbers_never_become_records() {
        let mut withheld = ringing();
        withheld.from = None;
        assert_eq!(decided(&withheld, &options(), 0), "withheld");
        let service = Phone {
            e164: "+8610086".parse().unwrap(),
            national: "10086".to_owned(),
            trunk_prefix: None,
            shown: "+86 10086".to_owned(),
            extension: None,
        };
        assert_eq!(allowed(&service, &excluded()), Err(NotCreated::Short));
        let never = NumberPattern::try_from("+14155550134".to_owned()).unwrap();
        let exclusions = Exclusions {
            never_logged: vec![never],
            ..Exclusions::default()
        };
        let excluded = Excluded::new(&exclusions, &plan(), jiff::tz::TimeZone::UTC);
        let Lookup::Ask(phone) = lookup::decide(&ringing(), &plan(), &excluded, |_| true) else {
            panic!("not asked");
        };
        assert_eq!(allowed(&phone, &excluded), Err(NotCreated::Excluded));
    }

    #[test]
    fn x16_a_dry_run_creates_nothing() {
        let dry = Mode::DryRun;
        assert_eq!(decided_in(&ringing(), &options(), 0, &dry), "dry_run");
    }

    #[test]
    fn g10_the_owner_is_who_took_the_call_or_the_first_rung_bound_agent() {
        let mut group = ringing();
        group.legs[0].extension = "103".parse().unwrap();
        let mut second = leg("102", LegOutcome::Missed, 0);
        second.state = LegState::Ringing;
        second.outcome = None;
        second.started = at(1);
        group.legs.push(second);
        assert_eq!(decided(&group, &options(), 1), "bob");
        group.legs[1].state = LegState::Talking;
        group.legs.push(leg("101", LegOutcome::Elsewhere, 0));
        assert_eq!(decided(&group, &options(), 1), "bob");
    }

    #[test]
    fn g10_who_took_the_call_is_the_owner_also_when_they_hang_up_before_the_caller() {
        let mut left = talking();
        left.legs.push(leg("102", LegOutcome::Answered, 0));
        for leg in &mut left.legs {
            (leg.state, leg.outcome, leg.answered) = (LegState::Gone, None, None);
        }
        left.legs[1].answered = Some(at(0));
        left.legs[1].talked_until = Some(at(1));
        assert_eq!(decided(&left, &options(), 1), "bob");
    }

    #[test]
    fn g10_a_crm_in_which_nobody_of_the_call_is_bound_leaves_the_number_to_the_next() {
        let mut ringing = ringing();
        ringing.legs[0].extension = "103".parse().unwrap();
        assert_eq!(decided(&ringing, &options(), 0), "not_bound");
    }

    #[test]
    fn g10_a_call_that_an_unbound_agent_took_creates_nothing() {
        let mut call = talking();
        call.legs[0].extension = "103".parse().unwrap();
        call.legs.push(leg("101", LegOutcome::Elsewhere, 0));
        assert_eq!(decided(&call, &options(), 1), "not_bound");
    }
}
