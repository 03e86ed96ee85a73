//! Calls that are taken from another's ringing phone.

use anyhow::Result;

use super::{Scenario, Stage, pause};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "pickup_directed",
        play: |stage| dave_picks_up(stage, "5551011", "*8102"),
    },
    Scenario {
        name: "pickup_group",
        play: |stage| dave_picks_up(stage, "5551011", "*8"),
    },
    Scenario {
        name: "pickup_queue",
        play: |stage| {
            stage.alice.rings();
            dave_picks_up(stage, "5551002", "*8102")
        },
    },
    Scenario {
        name: "pickup_ringgroup",
        play: |stage| {
            stage.alice.rings();
            let call = stage.outside.calls("5551001")?;
            stage.bob.incoming()?.rings()?;
            pause(1.5);
            let picked = stage.erin.calls("*8102")?;
            picked.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
];

/// 102 rings for the caller of `number`; 104 takes the call by dialling `code`.
fn dave_picks_up(stage: &Stage, number: &str, code: &str) -> Result<()> {
    let call = stage.outside.calls(number)?;
    stage.bob.incoming()?.rings()?;
    pause(1.5);
    stage.dave.calls(code)?.is_answered()?;
    pause(1.5);
    call.hangs_up()
}
