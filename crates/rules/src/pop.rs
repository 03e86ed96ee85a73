//! Whether the CRM's page opens by itself (D1, D2, D6, D9).

use linecard_call::{Call, Direction, Leg, LegRole, LegState};
use linecard_crm::Record;

/// The record whose page opens at `leg`'s agent now: `who` it is that calls from outside and rings
/// there. Whether the agent can be reached, and whether it was opened before, is not decided here.
#[must_use]
pub fn decide<'a>(call: &Call, leg: &Leg, who: Option<&'a Record>) -> Option<&'a Record> {
    let rings = leg.role == LegRole::Agent && leg.state == LegState::Ringing;
    who.filter(|_| call.direction == Direction::Inbound && rings)
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
        assert_eq!(decide(&call, &call.legs[0], None), None);
    }

    #[test]
    fn d6_an_outbound_call_opens_nothing_by_itself() {
        let mut call = ringing();
        call.direction = Direction::Outbound;
        let found = record("003A", "Grace Hopper");
        assert_eq!(decide(&call, &call.legs[0], Some(&found)), None);
    }

    #[test]
    fn a_phone_that_no_longer_rings_opens_nothing() {
        let mut call = ringing();
        call.legs[0].state = LegState::Talking;
        let found = record("003A", "Grace Hopper");
        assert_eq!(decide(&call, &call.legs[0], Some(&found)), None);
    }
}
