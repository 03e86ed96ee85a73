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
];

/// Has the phone system call `device`, and then 931611111111 from there.
fn originate(stage: &Stage, device: &str, more: &[(&str, &str)]) -> Result<()> {
    let mut action = vec![
        ("Action", "Originate"),
        ("Channel", device),
        ("Context", "internal"),
        ("Exten", "931611111111"),
        ("Priority", "1"),
        ("Async", "true"),
    ];
    action.extend(more);
    stage.asterisk.ami()?.ask(&action).map(drop)
}
