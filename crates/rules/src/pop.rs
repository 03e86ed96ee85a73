//! Whether the CRM's page opens by itself (D1, D2, D6, D9).

use linecard_call::{Call, Direction, Leg, LegRole, LegState};
use linecard_crm::Record;

/// Why no page opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotPopped {
    /// Only calls from outside open a page by themselves (D6).
    Direction,
    /// The agent's phone does not ring: it places the call, talks already, or rings no more.
    NotRinging,
    /// Nobody is known who calls (D9).
    Nobody,
}

impl NotPopped {
    /// The stable word under which the reason is shown in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Direction => "pop_direction",
            Self::NotRinging => "not_ringing",
            Self::Nobody => "nobody",
        }
    }
}

/// The record whose page opens at `leg`'s agent now: `who` it is that calls from outside and rings
/// there. Whether the agent can be reached, and whether it was opened before, is not decided here.
pub fn decide<'a>(
    call: &Call,
    leg: &Leg,
    who: Option<&'a Record>,
) -> Result<&'a Record, NotPopped> {
    if call.direction != Direction::Inbound {
        return Err(NotPopped::Direction);
    }
    if leg.role != LegRole::Agent || leg.state != LegState::Ringing {
        return Err(NotPopped::NotRinging);
    }
    who.ok_or(NotPopped::Nobody)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::{call, record};

    fn ringing() -> Call {
        let mut call = call();
        call.legs[0].state = LegState::Ringing;
        call
    }

    #[test]
    fn d2_the_page_of_the_best_match_opens_while_the_phone_rings() {
        let found = record("003A", "Grace Hopper");
        let call = ringing();
        let popped = decide(&call, &call.legs[0], Some(&found)).unwrap();
        assert_eq!(popped.at.id, "003A");
    }

    #[test]
    fn d9_a_caller_the_crm_does_not_know_opens_nothing() {
        let call = ringing();
        assert_eq!(decide(&call, &call.legs[0], None), Err(NotPopped::Nobody));
    }

    #[test]
    fn d6_an_outbound_call_opens_nothing_by_itself() {
        let mut call = ringing();
        call.direction = Direction::Outbound;
        let found = record("003A", "Grace Hopper");
        let decided = decide(&call, &call.legs[0], Some(&found));
        assert_eq!(decided, Err(NotPopped::Direction));
    }

    #[test]
    fn a_phone_that_no_longer_rings_opens_nothing() {
        let mut call = ringing();
        call.legs[0].state = LegState::Talking;
        let found = record("003A", "Grace Hopper");
        let decided = decide(&call, &call.legs[0], Some(&found));
        assert_eq!(decided, Err(NotPopped::NotRinging));
    }
}
