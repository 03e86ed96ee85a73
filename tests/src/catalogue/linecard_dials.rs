//! Click-to-call through Linecard's own link: what the call becomes, and what is told to the one
//! who clicked.

use std::thread;

use anyhow::{Result, anyhow, ensure};
use linecard_call::CallId;
use linecard_pbx::{Dial, DialFailure, DialTarget};

use super::{Scenario, Stage, pause};

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "dial_answered",
        play: |stage| {
            told(&dial(stage, "101", "linecard-answered")?, None)?;
            let (agent, customer) = (stage.alice.incoming()?, stage.outside.incoming()?);
            let (shown, sent) = (agent.header("From"), customer.header("From"));
            ensure!(shown.contains("Acme Ltd"), "101 is shown {shown}");
            ensure!(sent.contains("5550100"), "the outside is shown {sent}");
            customer.is_answered()?;
            pause(2.0);
            customer.hangs_up()
        },
    },
    Scenario {
        name: "dial_colleague",
        play: |stage| {
            stage.dave.answers_after(1.0);
            let to = DialTarget::Extension("104".parse()?);
            told(&place(stage, "101", "linecard-colleague", to)?, None)?;
            let dave = stage.dave.incoming()?;
            dave.is_answered()?;
            pause(1.0);
            dave.hangs_up()
        },
    },
    Scenario {
        name: "dial_customer_busy",
        play: |stage| {
            stage.outside.is_busy();
            told(&dial(stage, "101", "linecard-customer-busy")?, None)?;
            stage.outside.incoming()?.ends()?;
            // The agent hears the busy tone.
            pause(1.0);
            stage.alice.incoming()?.hangs_up()
        },
    },
    Scenario {
        name: "dial_agent_no_answer",
        play: |stage| {
            let result = dial(stage, "102", "linecard-no-answer")?;
            told(&result, Some(&DialFailure::NotAnswered))
        },
    },
    Scenario {
        name: "dial_agent_busy",
        play: |stage| {
            let result = dial(stage, "103", "linecard-agent-busy")?;
            told(&result, Some(&DialFailure::Busy))
        },
    },
    Scenario {
        name: "dial_agent_declines",
        play: |stage| {
            stage.bob.declines_after(1.0);
            let result = dial(stage, "102", "linecard-declined")?;
            told(&result, Some(&DialFailure::Declined))
        },
    },
    Scenario {
        name: "dial_given_up",
        play: |stage| {
            let call = CallId::new("linecard-given-up");
            let result = thread::scope(|scope| {
                let dialling = scope.spawn(|| dial(stage, "102", call.as_str()));
                stage.bob.incoming()?.rings()?;
                pause(1.0);
                let bob = "102".parse()?;
                stage.command(async |link| link.hang_up(&call, &bob).await)?;
                dialling
                    .join()
                    .map_err(|_| anyhow!("the dialling panicked"))?
            })?;
            told(&result, Some(&DialFailure::Cancelled))
        },
    },
];

type Told = Result<(), DialFailure>;

/// `extension` clicks on the customer's number; what it is told.
fn dial(stage: &Stage, extension: &str, call: &str) -> Result<Told> {
    let to = DialTarget::Outside {
        number: "+31611111111".parse()?,
        local: "0611111111".to_owned(),
    };
    place(stage, extension, call, to)
}

fn place(stage: &Stage, extension: &str, call: &str, to: DialTarget) -> Result<Told> {
    let order = Dial {
        call: CallId::new(call),
        extension: extension.parse()?,
        to,
        name: Some("Acme Ltd".to_owned()),
        auto_answer: false,
    };
    Ok(stage.command(async |link| link.dial(order).await))
}

fn told(result: &Told, expected: Option<&DialFailure>) -> Result<()> {
    let told = result.as_ref().err();
    ensure!(told == expected, "told {told:?} instead of {expected:?}");
    Ok(())
}
