//! A call that rings at the desk phone is fetched to the softphone beside it.

use anyhow::{Result, ensure};
use linecard_pbx::{DialFailure, PickUpFailure};

use super::{Scenario, Stage, pause};
use crate::phone::Call;

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "fetch_answered",
        play: |stage| {
            let call = stage.outside.calls("5551011")?;
            bob_fetches(stage)?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "fetch_queue",
        play: |stage| {
            stage.alice.rings();
            let call = stage.outside.calls("5551002")?;
            let fetched = bob_fetches(stage)?;
            stage.alice.incoming()?.ends()?;
            pause(1.5);
            fetched.hangs_up()?;
            call.ends().map(|_| ())
        },
    },
    Scenario {
        name: "fetch_local",
        play: |stage| {
            stage.alice.rings();
            let call = stage.outside.calls("5551025")?;
            bob_fetches(stage)?;
            stage.alice.incoming()?.ends()?;
            pause(1.5);
            call.hangs_up()
        },
    },
    Scenario {
        name: "fetch_declined",
        play: |stage| {
            let call = stage.outside.calls("5551011")?;
            let bob = stage.bob.incoming()?;
            bob.rings()?;
            pause(1.0);
            stage.bob_softphone.declines_after(0.5);
            let told = fetch(stage)?;
            let declined = PickUpFailure::Softphone(DialFailure::Declined);
            ensure!(told == Err(declined), "told {told:?}");
            // The desk phone has not stopped ringing.
            bob.picks_up()?;
            call.is_answered()?;
            pause(1.5);
            call.hangs_up()
        },
    },
];

/// 102 rings; after 1 s Bob clicks, his softphone picks up by itself and has the call.
fn bob_fetches(stage: &Stage) -> Result<Call> {
    let bob = stage.bob.incoming()?;
    bob.rings()?;
    pause(1.0);
    stage.bob_softphone.answers_after(0.2);
    let told = fetch(stage)?;
    ensure!(told.is_ok(), "told {told:?}");
    let fetched = stage.bob_softphone.incoming()?;
    fetched.is_answered()?;
    bob.ends()?;
    Ok(fetched)
}

/// What 102 is told of the click.
fn fetch(stage: &Stage) -> Result<Result<(), PickUpFailure>> {
    let bob = "102".parse()?;
    let call = stage.ringing_at(&bob)?;
    Ok(stage.command(async |link| link.pick_up(&call, &bob).await))
}
