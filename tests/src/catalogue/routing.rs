//! Calls that the dial plan leads along: hunt, follow-me, forwarding, phones that are not there,
//! announcements.

use super::{Scenario, Stage, pause};
use anyhow::Result;

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "hunt",
        play: |stage| talks_with_alice(stage, "5551018"),
    },
    Scenario {
        name: "followme",
        play: |stage| talks_with_alice(stage, "5551019"),
    },
    Scenario {
        name: "fwd_302_outside",
        play: |stage| {
            stage.bob.forwards_after(0.5, "931611111111");
            let call = stage.outside.calls("5551011")?;
            call.is_answered()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "fwd_302_outside_noanswer",
        play: |stage| {
            stage.outside.rings();
            stage.bob.forwards_after(0.5, "931611111111");
            let call = stage.outside.calls("5551011")?;
            stage.outside.incoming()?.rings()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "ringgroup_local",
        play: |stage| talks_with_alice(stage, "5551025"),
    },
    Scenario {
        name: "ringgroup_local_optimised",
        play: |stage| talks_with_alice(stage, "5551026"),
    },
    Scenario {
        name: "unregistered",
        play: |stage| stage.outside.calls("5551020")?.ends().map(drop),
    },
    Scenario {
        name: "ringgroup_unregistered",
        play: |stage| talks_with_alice(stage, "5551021"),
    },
    Scenario {
        name: "ivr_hungup",
        play: |stage| {
            let call = stage.outside.calls("5551023")?;
            call.is_answered()?;
            pause(1.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "dial_then_ivr",
        play: |stage| {
            let call = stage.outside.calls("5551024")?;
            call.is_answered()?;
            pause(1.0);
            call.hangs_up()
        },
    },
];

/// 101 takes the call in the end.
fn talks_with_alice(stage: &Stage, number: &str) -> Result<()> {
    let call = stage.outside.calls(number)?;
    stage.alice.incoming()?.is_answered()?;
    pause(1.5);
    call.hangs_up()
}
