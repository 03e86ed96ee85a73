//! Fetching a call that rings at the agent's desk phone to the softphone.

use linecard_call::{Leg, LegRole, LegState};
use linecard_number::Extension;
use linecard_pbx::{DialFailure, PickUpFailure};

use crate::{CallRef, Flow};

impl Flow {
    /// Has the phone system ring the agent's softphone, which picks up by itself, and gives it the
    /// call that rings at the agent's desk phone. Comes back when the softphone has the caller. A call
    /// that does not ring at this very extension is refused as one that is gone.
    pub async fn pick_up(
        &self,
        call: &CallRef,
        extension: &Extension,
    ) -> Result<(), PickUpFailure> {
        let rings = self.live_calls().iter().any(|live| {
            live.phone_system == call.phone_system
                && live.call.id == call.call
                && live.call.leg(extension).is_some_and(may_fetch)
        });
        let done = if rings {
            self.phone_systems().pick_up(call, extension).await
        } else {
            Err(PickUpFailure::Gone)
        };
        let word = done.as_ref().err().map_or("done", pick_up_word);
        tracing::info!(%extension, word, "a ringing call was fetched by a click");
        done
    }
}

/// Whether somebody calls the agent. The phone also rings for a call that the agent asked for, and
/// there is nobody in that yet who could be fetched.
fn may_fetch(leg: &Leg) -> bool {
    leg.role == LegRole::Agent && leg.state == LegState::Ringing
}

/// The word for why a ringing call did not come to the softphone; the pages have a text for each.
#[must_use]
pub fn pick_up_word(failure: &PickUpFailure) -> &'static str {
    match failure {
        PickUpFailure::Gone => "call_over_or_taken",
        PickUpFailure::Softphone(failure) => match failure {
            DialFailure::NotAnswered | DialFailure::Declined => "softphone_not_answered",
            DialFailure::Busy => "softphone_busy",
            DialFailure::Unreachable => "softphone_unreachable",
            DialFailure::MissingRight(_) => "may_not_ring_softphones",
            DialFailure::NotConnected => "phone_system_not_connected",
            DialFailure::LinkLost | DialFailure::TimedOut => "phone_system_timed_out",
            DialFailure::Unsupported => "not_possible",
            DialFailure::NoSuchNumber | DialFailure::Cancelled | DialFailure::Refused(_) => {
                "phone_system_refused"
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn leg(role: LegRole, state: LegState) -> Leg {
        Leg {
            extension: "101".parse().unwrap(),
            role,
            state,
            outcome: None,
            started: Timestamp::UNIX_EPOCH,
            answered: None,
            talked_until: None,
            ring_ms: 0,
            talk_ms: 0,
            hold_ms: 0,
            holds: Vec::new(),
            picked_up: false,
            forwarded: false,
        }
    }

    #[test]
    fn x5_only_a_call_that_rings_for_the_agent_is_fetched() {
        let fetched = |role, state| may_fetch(&leg(role, state));
        assert!(fetched(LegRole::Agent, LegState::Ringing));
        // The own phone rings before the number that was clicked is called.
        assert!(!fetched(LegRole::Caller, LegState::Ringing));
        for over in [LegState::Talking, LegState::Holding, LegState::Gone] {
            assert!(!fetched(LegRole::Agent, over), "{over:?}");
        }
    }
}
