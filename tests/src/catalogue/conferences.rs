//! Several who talk at once.

use super::transfers::alice_answers;
use super::{Scenario, pause};

pub(super) const SCENARIOS: &[Scenario] = &[Scenario {
    name: "conference_room",
    play: |stage| {
        let (call, first) = alice_answers(stage)?;
        pause(1.0);
        first.transfers_to("800")?;
        let alice = stage.alice.calls("800")?;
        alice.is_answered()?;
        let dave = stage.dave.calls("800")?;
        dave.is_answered()?;
        pause(2.0);
        dave.hangs_up()?;
        pause(1.0);
        call.hangs_up()?;
        alice.hangs_up()
    },
}];
