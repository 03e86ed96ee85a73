//! Click-to-call by AMI's Originate: the agent's phone first, then the customer's.

use anyhow::Result;

use super::{Scenario, Stage, pause};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "click2dial_async",
        play: |stage| {
            let ids = [
                ("ChannelId", "crm-c2d-1"),
                ("OtherChannelId", "crm-c2d-2"),
                ("CallerID", "\"CRM call\" <31611111111>"),
            ];
            originate(stage, "PJSIP/101", &ids)?;
            let customer = stage.outside.incoming()?;
            customer.is_answered()?;
            pause(4.0);
            customer.hangs_up()
        },
    },
    Scenario {
        name: "click2dial_customer_busy",
        play: |stage| {
            stage.outside.is_busy();
            originate(stage, "PJSIP/101", &[])?;
            stage.alice.incoming()?.is_answered()?;
            stage.outside.incoming()?.ends().map(drop)
        },
    },
    Scenario {
        name: "click2dial_agent_no_answer",
        play: |stage| {
            originate(stage, "PJSIP/102", &[("Timeout", "3000")])?;
            stage.bob.incoming()?.ends().map(drop)
        },
    },
    Scenario {
        name: "click2dial_customer_no_answer",
        play: |stage| {
            stage.outside.rings();
            originate(stage, "PJSIP/101", &[])?;
            let alice = stage.alice.incoming()?;
            stage.outside.incoming()?.rings()?;
            pause(2.0);
            alice.hangs_up()
        },
    },
    Scenario {
        name: "click2dial_local",
        play: |stage| {
            let ids = [
                ("ChannelId", "crm-local-1"),
                ("OtherChannelId", "crm-local-2"),
            ];
            customer_hangs_up(stage, "Local/101@internal", &ids)
        },
    },
    Scenario {
        name: "click2dial_local_stays",
        play: |stage| {
            let ids = [
                ("ChannelId", "crm-stays-1"),
                ("OtherChannelId", "crm-stays-2"),
            ];
            customer_hangs_up(stage, "Local/101@internal/n", &ids)
        },
    },
    Scenario {
        name: "click2dial_colleague",
        play: |stage| {
            stage.bob.answers_after(1.0);
            originate(stage, "PJSIP/101", &[("Exten", "102")])?;
            let bob = stage.bob.incoming()?;
            bob.is_answered()?;
            pause(1.5);
            bob.hangs_up()
        },
    },
];

fn customer_hangs_up(stage: &Stage, device: &str, ids: &[(&str, &str)]) -> Result<()> {
    originate(stage, device, ids)?;
    let customer = stage.outside.incoming()?;
    customer.is_answered()?;
    pause(2.0);
    customer.hangs_up()
}

/// Has the phone system call `device`, and then from there 931611111111, or the `Exten` in `more`.
fn originate(stage: &Stage, device: &str, more: &[(&str, &str)]) -> Result<()> {
    // The first header of a name counts.
    let mut action = vec![("Action", "Originate"), ("Channel", device)];
    action.extend(more);
    action.extend([
        ("Context", "internal"),
        ("Exten", "931611111111"),
        ("Priority", "1"),
        ("Async", "true"),
    ]);
    stage.asterisk.ami()?.ask(&action).map(drop)
}
