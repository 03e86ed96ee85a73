//! Calls that are parked and fetched, or not.

use anyhow::Result;

use super::transfers::{alice_answers, bridged};
use super::{Scenario, Stage, pause};
use crate::phone::{Call, Phone};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "park_other_retrieves",
        play: |stage| {
            let call = alice_parks(stage)?;
            pause(1.0);
            retrieves(&stage.dave, &call)
        },
    },
    Scenario {
        name: "park_same_retrieves",
        play: |stage| {
            let call = alice_parks(stage)?;
            pause(1.0);
            retrieves(&stage.alice, &call)
        },
    },
    Scenario {
        name: "park_timeout",
        play: |stage| {
            let call = alice_parks(stage)?;
            stage.alice.incoming()?.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "park_timeout_noanswer",
        play: |stage| {
            let call = alice_parks(stage)?;
            stage.alice.rings();
            stage.alice.incoming()?.rings()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "park_abandon",
        play: |stage| {
            let call = alice_parks(stage)?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "park_keys",
        play: |stage| {
            let call = stage.outside.calls("5551101")?;
            call.is_answered()?;
            let alice = stage.alice.incoming()?;
            pause(1.0);
            alice.presses("#72")?;
            pause(1.0);
            alice.hangs_up()?;
            retrieves(&stage.dave, &call)
        },
    },
    Scenario {
        name: "park_ami",
        play: |stage| {
            let mut ami = stage.asterisk.ami()?;
            let (call, alice) = alice_answers(stage)?;
            let own = bridged(&mut ami, "101")?;
            let other = bridged(&mut ami, "trunk")?;
            pause(1.0);
            ami.act(&[
                ("Action", "Park"),
                ("Channel", &other),
                ("AnnounceChannel", &own),
                ("TimeoutChannel", &own),
            ])?;
            pause(1.0);
            alice.hangs_up()?;
            retrieves(&stage.dave, &call)
        },
    },
];

/// 101 answers the outside, talks for a second and parks the call.
fn alice_parks(stage: &Stage) -> Result<Call> {
    let (call, alice) = alice_answers(stage)?;
    pause(1.0);
    alice.sends_to("700")?;
    // Asterisk parks nobody for a phone that is gone already.
    pause(0.2);
    alice.hangs_up()?;
    Ok(call)
}

/// `phone` fetches the only parked call, and the caller hangs up in time.
fn retrieves(phone: &Phone, call: &Call) -> Result<()> {
    phone.calls("701")?.is_answered()?;
    pause(2.0);
    call.hangs_up()
}
