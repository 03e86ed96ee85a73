//! Calls from outside to one phone: answered, missed, busy, declined, anonymous, held, tagged.

use anyhow::Result;

use super::{Scenario, Stage, pause};
use crate::phone::{Caller, OUTSIDE};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "in_answer_caller_hangup",
        play: |stage| {
            let caller = Caller::number(OUTSIDE).named("Eve");
            let call = stage.outside.calls_as(&caller, "5551000")?;
            call.is_answered()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "in_answer_agent_hangup",
        play: |stage| {
            let call = stage.outside.calls("5551000")?;
            call.is_answered()?;
            pause(2.0);
            stage.alice.incoming()?.hangs_up()?;
            call.ends().map(drop)
        },
    },
    Scenario {
        name: "in_cancel_while_ringing",
        play: |stage| {
            let call = stage.outside.calls("5551011")?;
            call.rings()?;
            pause(2.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "in_busy",
        play: |stage| stage.outside.calls("5551006")?.ends().map(drop),
    },
    Scenario {
        name: "in_anonymous",
        play: |stage| anonymous(stage, &Caller::anonymous().private("31600000009")),
    },
    Scenario {
        name: "withheld_from",
        play: |stage| anonymous(stage, &Caller::anonymous()),
    },
    Scenario {
        name: "ivr_then_dial",
        play: |stage| talks_with_alice(stage, "5551007", 1.5),
    },
    Scenario {
        name: "userevent_tag",
        play: |stage| talks_with_alice(stage, "5551013", 1.5),
    },
    Scenario {
        name: "hold_unhold",
        play: |stage| {
            let call = stage.outside.calls("5551000")?;
            call.is_answered()?;
            let answered = stage.alice.incoming()?;
            pause(1.0);
            answered.holds()?;
            pause(1.5);
            answered.resumes()?;
            pause(1.0);
            call.hangs_up()
        },
    },
    Scenario {
        name: "two_parallel_calls",
        play: |stage| {
            stage.bob.answers_after(1.5);
            let one = stage.outside.calls("5551000")?;
            pause(0.2);
            let caller = Caller::number("31600000002");
            let two = stage.outside.calls_as(&caller, "5551011")?;
            one.is_answered()?;
            two.is_answered()?;
            pause(1.0);
            one.hangs_up()?;
            pause(0.5);
            two.hangs_up()
        },
    },
    Scenario {
        name: "in_declined",
        play: |stage| {
            stage.bob.declines_after(1.0);
            stage.outside.calls("5551011")?.ends().map(drop)
        },
    },
    Scenario {
        name: "callerid_changed",
        play: |stage| {
            let caller = Caller::number(OUTSIDE).named("Eve");
            let call = stage.outside.calls_as(&caller, "5551022")?;
            call.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "hold_both_sides",
        play: |stage| {
            let call = stage.outside.calls("5551000")?;
            call.is_answered()?;
            let answered = stage.alice.incoming()?;
            pause(0.5);
            answered.holds()?;
            pause(0.5);
            call.holds()?;
            pause(1.0);
            answered.resumes()?;
            pause(0.5);
            call.resumes()?;
            pause(0.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "call_waiting",
        play: |stage| {
            let one = stage.outside.calls("5551000")?;
            one.is_answered()?;
            let first = stage.alice.incoming()?;
            pause(1.0);
            let caller = Caller::number("31600000002");
            let two = stage.outside.calls_as(&caller, "5551000")?;
            let second = stage.alice.incoming()?;
            first.holds()?;
            second.is_answered()?;
            pause(1.0);
            two.hangs_up()?;
            first.resumes()?;
            pause(1.0);
            one.hangs_up()
        },
    },
];

fn anonymous(stage: &Stage, caller: &Caller) -> Result<()> {
    let call = stage.outside.calls_as(caller, "5551000")?;
    call.is_answered()?;
    pause(1.0);
    call.hangs_up()
}

/// The caller is up before 101 answers.
fn talks_with_alice(stage: &Stage, number: &str, seconds: f64) -> Result<()> {
    let call = stage.outside.calls(number)?;
    stage.alice.incoming()?.is_answered()?;
    pause(seconds);
    call.hangs_up()
}
