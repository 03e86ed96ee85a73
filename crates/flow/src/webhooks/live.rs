//! What happens while a call lives: an agent's phone rings, an agent answers.
//!
//! A ringing phone is told of once it is known who calls, or that nobody can say; at the latest when
//! it rings no more.

use std::collections::HashSet;

use linecard_call::{Call, Leg, LegRole, LegState};
use linecard_crm::Record;
use linecard_number::{Extension, Plan};

use super::{Hooks, WebhookEvent, call_happened};
use crate::CallRef;

/// What was told of a call that lives.
#[derive(Debug, Default)]
pub(crate) struct Live(HashSet<(Extension, WebhookEvent)>);

impl Live {
    /// Tells what is new about an agent's part. `searching`: it is being asked who the other party
    /// is.
    pub(crate) fn tell(
        &mut self,
        hooks: &Hooks,
        at: &CallRef,
        call: &Call,
        leg: &Leg,
        (who, searching): (Option<&Record>, bool),
        plan: &Plan,
    ) {
        for event in due(leg, searching) {
            if self.0.insert((leg.extension.clone(), event)) {
                hooks.happened(call_happened(event, at, call, Some(leg), who, plan));
            }
        }
    }
}

/// What there is to tell about an agent's part, in the order in which it happened.
fn due(leg: &Leg, searching: bool) -> Vec<WebhookEvent> {
    let rang = leg.role == LegRole::Agent && !leg.picked_up;
    let waits = leg.state == LegState::Ringing && searching;
    let mut due = Vec::new();
    if rang && !waits {
        due.push(WebhookEvent::CallRinging);
    }
    if leg.answered.is_some() {
        due.push(WebhookEvent::CallAnswered);
    }
    due
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn leg(state: LegState) -> Leg {
        Leg {
            extension: "101".parse().unwrap(),
            role: LegRole::Agent,
            state,
            outcome: None,
            started: Timestamp::UNIX_EPOCH,
            answered: None,
            talked_until: None,
            ring_ms: 0,
            talk_ms: 0,
            hold_ms: 0,
            holds: vec![],
            picked_up: false,
            forwarded: false,
        }
    }

    #[test]
    fn x13_a_ringing_phone_is_told_of_when_it_is_known_who_calls() {
        let ringing = leg(LegState::Ringing);
        assert_eq!(due(&ringing, true), []);
        assert_eq!(due(&ringing, false), [WebhookEvent::CallRinging]);
        assert_eq!(due(&leg(LegState::Gone), true), [WebhookEvent::CallRinging]);
    }

    #[test]
    fn x13_who_answers_rang_before() {
        let talking = Leg {
            answered: Some(Timestamp::UNIX_EPOCH),
            ..leg(LegState::Talking)
        };
        let told = [WebhookEvent::CallRinging, WebhookEvent::CallAnswered];
        assert_eq!(due(&talking, true), told);
    }

    #[test]
    fn x13_who_calls_out_or_picks_up_for_another_did_not_ring() {
        let caller = Leg {
            role: LegRole::Caller,
            ..leg(LegState::Ringing)
        };
        assert_eq!(due(&caller, false), []);
        let picked_up = Leg {
            picked_up: true,
            answered: Some(Timestamp::UNIX_EPOCH),
            ..leg(LegState::Talking)
        };
        assert_eq!(due(&picked_up, false), [WebhookEvent::CallAnswered]);
    }
}
