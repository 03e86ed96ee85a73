//! Calls that are passed on without asking.

use std::time::Duration;

use anyhow::Result;

use super::{Scenario, Stage, pause};
use crate::ami::Ami;
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
            let channel = bridged(&mut ami, "101")?;
            pause(1.0);
            ami.ask(&[
                ("Action", "BlindTransfer"),
                ("Channel", &channel),
                ("Context", "internal"),
                ("Exten", "104"),
            ])?;
            stage.dave.incoming()?.is_answered()?;
            pause(3.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_blind_keys",
        play: |stage| {
            stage.dave.answers_after(1.0);
            let (call, alice) = alice_answers(stage)?;
            pause(1.0);
            alice.presses("#1")?;
            // Asterisk listens for the number only after it has heard the code.
            pause(0.3);
            alice.presses("104")?;
            stage.dave.incoming()?.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_blind_queue",
        play: |stage| {
            stage.bob.answers_after(1.0);
            let (call, alice) = alice_answers(stage)?;
            pause(1.0);
            alice.transfers_to("5551010")?;
            stage.bob.incoming()?.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_blind_outside",
        play: |stage| {
            let (call, alice) = alice_answers(stage)?;
            pause(1.0);
            alice.transfers_to("931611111111")?;
            stage.outside.incoming()?.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_back",
        play: |stage| {
            stage.dave.answers_after(1.0);
            let (call, alice) = alice_answers(stage)?;
            pause(1.0);
            alice.transfers_to("104")?;
            let dave = stage.dave.incoming()?;
            dave.is_answered()?;
            pause(1.0);
            dave.transfers_to("101")?;
            stage.alice.incoming()?.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "xfer_internal_outside",
        play: |stage| {
            stage.bob.answers_after(1.0);
            let alice = stage.alice.calls("102")?;
            alice.is_answered()?;
            let bob = stage.bob.incoming()?;
            pause(1.0);
            bob.transfers_to("931611111111")?;
            stage.outside.incoming()?.is_answered()?;
            pause(1.5);
            alice.hangs_up()
        },
    },
    Scenario {
        name: "xfer_internal_outside_by_caller",
        play: |stage| {
            stage.bob.answers_after(1.0);
            let alice = stage.alice.calls("102")?;
            alice.is_answered()?;
            let bob = stage.bob.incoming()?;
            pause(1.0);
            alice.transfers_to("931611111111")?;
            stage.outside.incoming()?.is_answered()?;
            pause(1.5);
            bob.hangs_up()
        },
    },
    Scenario {
        name: "xfer_out_colleague",
        play: |stage| {
            stage.dave.answers_after(1.0);
            let alice = stage.alice.calls("931611111111")?;
            alice.is_answered()?;
            let customer = stage.outside.incoming()?;
            pause(1.0);
            alice.transfers_to("104")?;
            stage.dave.incoming()?.is_answered()?;
            pause(1.5);
            customer.hangs_up()
        },
    },
];

/// How long what must come may take. Generous: a machine that also compiles is slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// The outside calls 5551000: its call, and 101's once it is answered.
pub(super) fn alice_answers(stage: &Stage) -> Result<(Call, Call)> {
    let call = stage.outside.calls("5551000")?;
    call.is_answered()?;
    Ok((call, stage.alice.incoming()?))
}

/// Waits until a channel of `endpoint` enters a bridge; its name.
pub(super) fn bridged(ami: &mut Ami, endpoint: &str) -> Result<String> {
    let channel = format!("PJSIP/{endpoint}-");
    let entered = ami.wait_for(PATIENCE, |block| {
        block.is("BridgeEnter") && block.get("Channel").starts_with(&channel)
    })?;
    Ok(entered.get("Channel").to_owned())
}
