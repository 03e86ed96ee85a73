//! Whether the CRM's page opens by itself, when, and at which kind of client (D1 to D9).

use linecard_call::{Call, Direction, Leg, LegOutcome, LegRole, LegState, Outcome};
use linecard_crm::Record;
use serde::{Deserialize, Serialize};

/// What an agent sits at. Each kind has a setting of its own (D8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Client {
    /// Desk in a tab of the browser.
    Web,
    /// The desktop program and the extension for Chrome.
    Desktop,
}

impl Client {
    /// In the order in which they are asked to open a page: what works with every window closed
    /// comes first (D11), so that one call opens one page.
    pub const ALL: [Self; 2] = [Self::Desktop, Self::Web];
}

/// Who opens the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Nobody: the card does not lead to the CRM (D5).
    Off,
    /// It opens by itself, for calls from outside (D6).
    #[default]
    Automatic,
    /// The agent, by a tag on the card, in whatever call (D7).
    Manual,
}

/// When it opens by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// While the agent's phone rings (D2).
    #[default]
    Ringing,
    /// When the agent has answered (D3).
    Answered,
    /// When the call is over for the agent who had it, or for everyone it rang at where nobody
    /// took it (D4).
    Ended,
}

/// The setting of one kind of client.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manner {
    /// Who opens the page.
    pub mode: Mode,
    /// When; without meaning unless it opens by itself.
    pub trigger: Trigger,
}

/// The settings of both kinds: the organisation's default, or what holds for one extension.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manners {
    /// Of Desk in a browser's tab.
    pub web: Manner,
    /// Of the desktop program and the extension for Chrome.
    pub desktop: Manner,
}

impl Manners {
    /// The setting of one kind of client.
    #[must_use]
    pub fn of(self, client: Client) -> Manner {
        match client {
            Client::Web => self.web,
            Client::Desktop => self.desktop,
        }
    }
}

/// What is set for one extension; `None`: as the organisation has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnManners {
    /// Of Desk in a browser's tab.
    pub web: Option<Manner>,
    /// Of the desktop program and the extension for Chrome.
    pub desktop: Option<Manner>,
}

impl OwnManners {
    /// What holds for the extension where the organisation has `default`.
    #[must_use]
    pub fn or(self, default: Manners) -> Manners {
        Manners {
            web: self.web.unwrap_or(default.web),
            desktop: self.desktop.unwrap_or(default.desktop),
        }
    }
}

/// Why no page opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotPopped {
    /// It was switched off (D5).
    Off,
    /// The agent opens it (D7).
    Manual,
    /// Only calls from outside open a page by themselves (D6).
    Direction,
    /// The agent's phone does not ring: it places the call, talks already, or rings no more.
    NotRinging,
    /// The agent does not talk.
    NotAnswered,
    /// The call is not over for the agent, or somebody else had it.
    NotEnded,
    /// Nobody is known who calls (D9).
    Nobody,
}

impl NotPopped {
    /// The stable word under which the reason is shown in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Off => "pop_off",
            Self::Manual => "pop_manual",
            Self::Direction => "pop_direction",
            Self::NotRinging => "not_ringing",
            Self::NotAnswered => "pop_not_answered",
            Self::NotEnded => "pop_not_ended",
            Self::Nobody => "nobody",
        }
    }
}

/// The record whose page opens by itself at `leg`'s agent now: `who` it is that calls from
/// outside, at the moment that `manner` names. Whether the agent can be reached, and whether it was
/// opened before, is not decided here.
pub fn decide<'a>(
    manner: Manner,
    call: &Call,
    leg: &Leg,
    who: Option<&'a Record>,
) -> Result<&'a Record, NotPopped> {
    match manner.mode {
        Mode::Off => return Err(NotPopped::Off),
        Mode::Manual => return Err(NotPopped::Manual),
        Mode::Automatic => {}
    }
    if call.direction != Direction::Inbound {
        return Err(NotPopped::Direction);
    }
    let is_agents = leg.role == LegRole::Agent;
    match manner.trigger {
        Trigger::Ringing if !is_agents || leg.state != LegState::Ringing => {
            return Err(NotPopped::NotRinging);
        }
        Trigger::Answered if !is_agents || !talks(leg) => return Err(NotPopped::NotAnswered),
        Trigger::Ended if !is_agents || !has_ended(call, leg) => return Err(NotPopped::NotEnded),
        Trigger::Ringing | Trigger::Answered | Trigger::Ended => {}
    }
    who.ok_or(NotPopped::Nobody)
}

fn talks(leg: &Leg) -> bool {
    matches!(leg.state, LegState::Talking | LegState::Holding)
}

/// Who had the call is done with it when leaving it, though others may talk on. Who only heard it
/// ring is meant where the call was lost to everyone. A call that is not followed any more has no
/// outcome, and may go on.
fn has_ended(call: &Call, leg: &Leg) -> bool {
    let over = call.outcome.is_some();
    if leg.talk_ms > 0 || leg.answered.is_some() {
        over || leg.state == LegState::Gone
    } else {
        over && call.outcome == Some(Outcome::Missed) && leg.outcome == Some(LegOutcome::Missed)
    }
}

#[cfg(test)]
mod tests {
    use linecard_call::CallState;

    use super::*;
    use crate::journal::tests::{call, leg, record, started};

    const ON: Manner = Manner {
        mode: Mode::Automatic,
        trigger: Trigger::Ringing,
    };

    fn at(trigger: Trigger) -> Manner {
        Manner { trigger, ..ON }
    }

    fn ringing() -> Call {
        let mut call = call();
        call.state = CallState::Ringing;
        call.outcome = None;
        call.legs[0].state = LegState::Ringing;
        call.legs[0].talk_ms = 0;
        call
    }

    fn talking() -> Call {
        let mut call = ringing();
        call.state = CallState::Talking;
        call.legs[0].state = LegState::Talking;
        call.legs[0].answered = Some(started());
        call
    }

    fn opens(manner: Manner, call: &Call) -> Result<String, NotPopped> {
        let found = record("003A", "Grace Hopper");
        decide(manner, call, &call.legs[0], Some(&found)).map(|who| who.at.id.clone())
    }

    #[test]
    fn d2_the_page_of_the_best_match_opens_while_the_phone_rings() {
        assert_eq!(opens(ON, &ringing()).unwrap(), "003A");
        assert_eq!(opens(ON, &talking()), Err(NotPopped::NotRinging));
    }

    #[test]
    fn d3_it_opens_when_the_agent_has_answered_and_not_before() {
        let manner = at(Trigger::Answered);
        assert_eq!(opens(manner, &ringing()), Err(NotPopped::NotAnswered));
        assert_eq!(opens(manner, &talking()).unwrap(), "003A");
        let mut holds = talking();
        holds.legs[0].state = LegState::Holding;
        assert_eq!(opens(manner, &holds).unwrap(), "003A");
        assert_eq!(opens(manner, &call()), Err(NotPopped::NotAnswered));
    }

    #[test]
    fn d4_it_opens_when_the_call_is_over_for_the_agent_and_not_before() {
        let manner = at(Trigger::Ended);
        assert_eq!(opens(manner, &ringing()), Err(NotPopped::NotEnded));
        assert_eq!(opens(manner, &talking()), Err(NotPopped::NotEnded));
        assert_eq!(opens(manner, &call()).unwrap(), "003A");
        let mut passed_on = talking();
        passed_on.legs[0].state = LegState::Gone;
        assert_eq!(opens(manner, &passed_on).unwrap(), "003A");
    }

    #[test]
    fn d4_a_lost_call_opens_where_it_rang_and_a_colleagues_call_does_not() {
        let manner = at(Trigger::Ended);
        let mut lost = call();
        lost.outcome = Some(Outcome::Missed);
        lost.legs = vec![leg("101", LegOutcome::Missed, 0)];
        assert_eq!(opens(manner, &lost).unwrap(), "003A");
        let mut taken = call();
        taken.legs = vec![leg("101", LegOutcome::Elsewhere, 0)];
        assert_eq!(opens(manner, &taken), Err(NotPopped::NotEnded));
        taken.legs = vec![leg("101", LegOutcome::Missed, 0)];
        assert_eq!(opens(manner, &taken), Err(NotPopped::NotEnded));
    }

    #[test]
    fn d5_d7_switched_off_or_by_hand_nothing_opens_by_itself() {
        for (mode, why) in [
            (Mode::Off, NotPopped::Off),
            (Mode::Manual, NotPopped::Manual),
        ] {
            for trigger in [Trigger::Ringing, Trigger::Answered, Trigger::Ended] {
                for call in [ringing(), talking(), call()] {
                    assert_eq!(opens(Manner { mode, trigger }, &call), Err(why));
                }
            }
        }
    }

    #[test]
    fn d6_an_outbound_call_opens_nothing_by_itself() {
        for trigger in [Trigger::Ringing, Trigger::Answered, Trigger::Ended] {
            for mut call in [ringing(), talking(), call()] {
                call.direction = Direction::Outbound;
                assert_eq!(opens(at(trigger), &call), Err(NotPopped::Direction));
            }
        }
    }

    #[test]
    fn d8_an_extension_has_the_organisations_setting_until_it_has_its_own() {
        let default = Manners {
            web: at(Trigger::Answered),
            desktop: Manner {
                mode: Mode::Off,
                ..ON
            },
        };
        let mut own = OwnManners::default();
        assert_eq!(own.or(default), default);
        own.desktop = Some(at(Trigger::Ended));
        let holds = own.or(default);
        assert_eq!(holds.of(Client::Web), at(Trigger::Answered));
        assert_eq!(holds.of(Client::Desktop), at(Trigger::Ended));
    }

    #[test]
    fn d8_before_anybody_chose_the_page_opens_while_it_rings() {
        let default = Manners::default();
        assert_eq!((default.web, default.desktop), (ON, ON));
    }

    #[test]
    fn d9_a_caller_the_crm_does_not_know_opens_nothing() {
        let call = ringing();
        let decided = decide(ON, &call, &call.legs[0], None);
        assert_eq!(decided, Err(NotPopped::Nobody));
    }
}
