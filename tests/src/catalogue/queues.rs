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
];
