//! The call that is supposed: as it rings, and as it may end.

use jiff::{SignedDuration, Timestamp};
use linecard_call::{
    Call, CallId, CallState, Direction, Leg, LegOutcome, LegRole, LegState, Outcome,
};

use super::{Ending, Question};

/// How long the two of an answered call talk: long enough for whatever an admin waits for.
const TALK: SignedDuration = SignedDuration::from_hours(1);

/// A call of one agent with one outside party.
pub(super) struct Supposed<'a> {
    question: &'a Question,
    at: Timestamp,
}

impl<'a> Supposed<'a> {
    pub(super) fn of(question: &'a Question, at: Timestamp) -> Self {
        Self { question, at }
    }

    /// While it rings, at the agent or outside.
    pub(super) fn rings(&self) -> Call {
        let Question {
            number,
            direction,
            extension,
            did,
            trunk,
            ..
        } = self.question;
        let number = Some(number.trim().to_owned()).filter(|number| !number.is_empty());
        let agent = extension.as_ref().map(ToString::to_string);
        let (from, to, role) = match direction {
            Direction::Outbound => (agent, number, LegRole::Caller),
            Direction::Inbound | Direction::Internal => (number, agent, LegRole::Agent),
        };
        let leg = extension.as_ref().map(|extension| Leg {
            extension: extension.clone(),
            role,
            state: LegState::Ringing,
            outcome: None,
            started: self.at,
            answered: None,
            talked_until: None,
            ring_ms: 0,
            talk_ms: 0,
            hold_ms: 0,
            holds: vec![],
            picked_up: false,
            forwarded: false,
        });
        Call {
            id: CallId::new("supposed"),
            direction: *direction,
            state: CallState::Ringing,
            outcome: None,
            from,
            from_name: None,
            to,
            did: did.clone(),
            trunk: trunk.clone(),
            dialled: None,
            queue: None,
            tags: Vec::new(),
            started: self.at,
            answered: None,
            ended: None,
            wait_ms: 0,
            talk_ms: 0,
            hold_ms: 0,
            estimated: false,
            legs: leg.into_iter().collect(),
        }
    }

    /// The ways in which it may end. What an agent's own call is to the journal does not depend on
    /// whether somebody answered.
    pub(super) fn ends(&self) -> Vec<(Ending, Call)> {
        match self.question.direction {
            Direction::Outbound => vec![(Ending::Answered, self.answered())],
            Direction::Inbound | Direction::Internal => vec![
                (Ending::Answered, self.answered()),
                (Ending::Missed, self.missed()),
            ],
        }
    }

    fn answered(&self) -> Call {
        let mut call = self.rings();
        let until = self.at.saturating_add(TALK).unwrap_or(Timestamp::MAX);
        let talk_ms = u64::try_from(TALK.as_millis()).unwrap_or(u64::MAX);
        call.answered = Some(self.at);
        call.talk_ms = talk_ms;
        for leg in &mut call.legs {
            leg.answered = Some(self.at);
            leg.talked_until = Some(until);
            leg.talk_ms = talk_ms;
        }
        ended(call, until, Outcome::Answered, LegOutcome::Answered)
    }

    fn missed(&self) -> Call {
        ended(self.rings(), self.at, Outcome::Missed, LegOutcome::Missed)
    }
}

fn ended(mut call: Call, at: Timestamp, outcome: Outcome, of_leg: LegOutcome) -> Call {
    call.state = CallState::Ended;
    call.outcome = Some(outcome);
    call.ended = Some(at);
    for leg in &mut call.legs {
        leg.state = LegState::Gone;
        leg.outcome = Some(of_leg);
    }
    call
}
