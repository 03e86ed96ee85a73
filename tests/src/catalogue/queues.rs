//! Callers who wait in a queue.

use super::{Scenario, pause};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "queue_ringall_answer",
        play: |stage| {
            let call = stage.outside.calls("5551002")?;
            stage.alice.incoming()?.is_answered()?;
            pause(2.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "queue_rna_then_answer",
        play: |stage| {
            let call = stage.outside.calls("5551003")?;
            stage.alice.incoming()?.is_answered()?;
            pause(15.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "queue_abandon",
        play: |stage| {
            stage.alice.rings();
            let call = stage.outside.calls("5551002")?;
            stage.alice.incoming()?.rings()?;
            pause(2.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "queue_local_members_answer",
        play: |stage| {
            let call = stage.outside.calls("5551009")?;
            stage.alice.incoming()?.is_answered()?;
            pause(2.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "queue_timeout",
        play: |stage| stage.outside.calls("5551014")?.ends().map(drop),
    },
    Scenario {
        name: "queue_timeout_then_dial",
        play: |stage| {
            let call = stage.outside.calls("5551015")?;
            stage.alice.incoming()?.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "queue_leave_empty",
        play: |stage| stage.outside.calls("5551016")?.ends().map(drop),
    },
    Scenario {
        name: "queue_rerings",
        play: |stage| {
            stage.alice.rings();
            let call = stage.outside.calls("5551017")?;
            stage.alice.incoming()?.ends()?;
            stage.alice.incoming()?.ends()?;
            stage.alice.answers_after(0.5);
            stage.alice.incoming()?.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "queue_two_devices",
        play: |stage| {
            stage.erin_mobile.answers_after(1.0);
            let call = stage.outside.calls("5551027")?;
            stage.erin_mobile.incoming()?.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
];
