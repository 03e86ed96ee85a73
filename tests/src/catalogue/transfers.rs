//! Calls that are passed on.

use std::time::Duration;

use anyhow::Result;

use super::{Scenario, Stage, pause};
use crate::phone::Call;

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "xfer_blind_refer",
        play: |stage| {
            stage.dave.answers_after(1.0);
            let (call, alice) = alice_answers(stage)?;
            pause(1.5);
            alice.transfers_to("104")?;
            stage.dave.incoming()?.is_answered()?;
            pause(3.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_blind_noanswer",
        play: |stage| {
            let (call, alice) = alice_answers(stage)?;
            pause(1.5);
            alice.transfers_to("104")?;
            stage.dave.incoming()?.rings()?;
            pause(3.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_ami_blind",
        play: |stage| {
            stage.dave.answers_after(0.0);
            let mut ami = stage.asterisk.ami()?;
            let (call, _alice) = alice_answers(stage)?;
            let bridged = ami.wait_for(PATIENCE, |block| {
                block.is("BridgeEnter") && block.get("Channel").starts_with("PJSIP/101-")
            })?;
            pause(1.0);
            ami.ask(&[
                ("Action", "BlindTransfer"),
                ("Channel", bridged.get("Channel")),
                ("Context", "internal"),
                ("Exten", "104"),
            ])?;
            stage.dave.incoming()?.is_answered()?;
            pause(3.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_attended_refer",
        play: |stage| {
            stage.dave.answers_after(1.0);
            let (call, first) = alice_answers(stage)?;
            pause(1.0);
            first.holds()?;
            pause(0.5);
            let second = stage.alice.calls("104")?;
            second.is_answered()?;
            pause(1.0);
            first.transfers_into(&second)?;
            first.ends()?;
            pause(3.0);
            call.hangs_up()
        },
    },
];

const PATIENCE: Duration = Duration::from_secs(30);

/// The outside calls 5551000: its call, and 101's once it is answered.
fn alice_answers(stage: &Stage) -> Result<(Call, Call)> {
    let call = stage.outside.calls("5551000")?;
    call.is_answered()?;
    Ok((call, stage.alice.incoming()?))
}
