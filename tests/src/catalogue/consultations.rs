//! Calls that are passed on after asking, or while the one to be asked still rings.

use anyhow::Result;

use super::transfers::{alice_answers, bridged};
use super::{Scenario, Stage, pause};
use crate::phone::Call;

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "xfer_attended_refer",
        play: |stage| {
            stage.dave.answers_after(1.0);
            let (call, first, second) = consults(stage, "104")?;
            second.is_answered()?;
            pause(1.0);
            first.transfers_into(&second)?;
            first.ends()?;
            pause(3.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_blonde",
        play: |stage| {
            stage.dave.answers_after(2.5);
            let (call, first, second) = consults(stage, "104")?;
            second.rings()?;
            pause(1.0);
            first.transfers_into(&second)?;
            stage.dave.incoming()?.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_blonde_noanswer",
        play: |stage| {
            let (call, first, second) = consults(stage, "104")?;
            second.rings()?;
            pause(1.0);
            first.transfers_into(&second)?;
            first.ends()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_attended_queue",
        play: |stage| {
            stage.bob.answers_after(3.0);
            let (call, first, second) = consults(stage, "5551010")?;
            second.is_answered()?;
            pause(1.0);
            first.transfers_into(&second)?;
            stage.bob.incoming()?.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_attended_outside",
        play: |stage| {
            let (call, first, second) = consults(stage, "931611111111")?;
            second.is_answered()?;
            pause(1.0);
            first.transfers_into(&second)?;
            first.ends()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_attended_incoming",
        play: |stage| {
            let (call, first) = alice_answers(stage)?;
            pause(1.0);
            first.holds()?;
            stage.dave.calls("101")?.is_answered()?;
            let second = stage.alice.incoming()?;
            pause(1.0);
            first.transfers_into(&second)?;
            first.ends()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_attended_keys",
        play: |stage| {
            stage.dave.answers_after(1.0);
            let (call, alice) = consults_by_keys(stage)?;
            stage.dave.incoming()?.is_answered()?;
            pause(1.0);
            alice.hangs_up()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_blonde_keys",
        play: |stage| {
            stage.dave.answers_after(2.0);
            let (call, alice) = consults_by_keys(stage)?;
            let asked = stage.dave.incoming()?;
            pause(1.0);
            alice.hangs_up()?;
            asked.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_attended_keys_declined",
        play: |stage| {
            stage.dave.declines_after(1.0);
            let mut ami = stage.asterisk.ami()?;
            let (call, _alice) = consults_by_keys(stage)?;
            // Back from the consultation to the caller: in the first bridge again.
            bridged(&mut ami, "101")?;
            bridged(&mut ami, "101")?;
            bridged(&mut ami, "101")?;
            pause(1.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "conference_keys",
        play: |stage| {
            stage.dave.answers_after(1.0);
            let (call, alice) = consults_by_keys(stage)?;
            stage.dave.incoming()?.is_answered()?;
            pause(1.0);
            alice.presses("*3")?;
            pause(2.0);
            alice.hangs_up()?;
            pause(1.0);
            call.hangs_up()
        },
    },
];

/// 101 answers the outside, holds it after a second and half a second later calls `number`: the
/// outside's call and the two of 101.
fn consults(stage: &Stage, number: &str) -> Result<(Call, Call, Call)> {
    let (call, first) = alice_answers(stage)?;
    pause(1.0);
    first.holds()?;
    pause(0.5);
    let second = stage.alice.calls(number)?;
    Ok((call, first, second))
}

/// 101 answers the outside and has Asterisk hold it and call 104.
fn consults_by_keys(stage: &Stage) -> Result<(Call, Call)> {
    let (call, alice) = alice_answers(stage)?;
    pause(1.0);
    alice.presses("*2")?;
    // Asterisk listens for the number only after it has heard the code.
    pause(0.3);
    alice.presses("104")?;
    Ok((call, alice))
}
