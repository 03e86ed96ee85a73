//! One call that rings several phones, and calls of the phones themselves.

use super::{Scenario, pause};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "ringgroup_one_answers",
        play: |stage| {
            let call = stage.outside.calls("5551001")?;
            call.is_answered()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "ringgroup_nobody",
        play: |stage| {
            stage.alice.rings();
            let call = stage.outside.calls("5551001")?;
            call.rings()?;
            pause(3.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "fwd_302",
        play: |stage| {
            stage.bob.forwards_after(0.5, "101");
            let call = stage.outside.calls("5551011")?;
            call.is_answered()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "multi_device_one_answers",
        play: |stage| {
            stage.erin.answers_after(1.0);
            let call = stage.outside.calls("5551012")?;
            call.is_answered()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "internal_call",
        play: |stage| {
            stage.bob.answers_after(1.0);
            let call = stage.alice.calls("102")?;
            call.is_answered()?;
            pause(1.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "out_answer",
        play: |stage| {
            let call = stage.alice.calls("931611111111")?;
            call.is_answered()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "out_busy",
        play: |stage| {
            stage.outside.is_busy();
            stage.alice.calls("931611111111")?.ends().map(drop)
        },
    },
    Scenario {
        name: "out_noanswer",
        play: |stage| {
            stage.outside.rings();
            let call = stage.alice.calls("931611111111")?;
            call.rings()?;
            pause(2.0);
            call.hangs_up()
        },
    },
];
