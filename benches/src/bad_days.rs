//! Bad days: CRMs that fail in every way they can, and a Linecard that is killed again and again.
//!
//! Calls take place on an exchange that also writes call detail records, as Asterisk does. The
//! real `linecard serve` follows them and writes them into stand-ins, which are disturbed at random.
//! In the middle of calls it gets SIGKILL. What the exchange does goes on meanwhile, and when
//! Linecard starts again it finds the calls it missed in the records. While it is down, a person
//! puts right what needs one: signs in again, has refused entries tried again. In the end each call
//! must stand in its CRM once, with the right fields.
//!
//! All that is decided, is decided by a seed. What meets what is up to the machine.

mod dice;
mod exchange;
mod house;
mod plan;
mod stand;
mod verdict;

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use clap::Args;

use crate::figures::{Bench, Figure};
use exchange::Exchange;
use house::House;
use plan::Plan;

/// How to measure.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The build of `linecard` to be tormented; without it the one that tests use
    #[arg(long)]
    linecard: Option<PathBuf>,
    /// How many calls there are
    #[arg(long, default_value_t = 100_000)]
    calls: usize,
    /// How many of them begin in a second
    #[arg(long, default_value_t = 250)]
    per_second: u32,
    /// How often Linecard is killed
    #[arg(long, default_value_t = 20)]
    kills: usize,
    /// Decides everything that is decided
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How long the last entry may take after the last call, in seconds
    #[arg(long, default_value_t = 1_800)]
    patience: u64,
    /// Leaves out the troubles that last for minutes
    #[arg(long)]
    short: bool,
}

/// Lets it happen, and tells what came of it.
pub(crate) async fn measure(arguments: &Arguments) -> anyhow::Result<Bench> {
    let stands = stand::all().await?;
    let plan = Plan::new(arguments, &stands);
    let folder = tempfile::tempdir()?;
    let mut exchange = Exchange::open(folder.path(), arguments.per_second)?;
    let serve = serve(arguments.linecard.clone());
    let mut house = House::furnish(serve, folder.path(), &exchange, &stands).await?;
    house.starts()?;
    tokio::task::block_in_place(|| exchange.answer())?;
    for (day, calls) in plan.days().enumerate() {
        if day > 0 {
            house.is_killed();
            tokio::task::block_in_place(|| exchange.hang_up_all(plan.missed(day)))?;
            house.person_acts(&stands).await?;
            house.starts()?;
            tokio::task::block_in_place(|| exchange.answer())?;
        }
        tokio::task::block_in_place(|| exchange.play(calls, |call| plan.disturb(call, &stands)))?;
    }
    tokio::task::block_in_place(|| exchange.hang_up_all(&[]))?;
    let patience = Duration::from_secs(arguments.patience);
    house
        .settles(plan.calls().count(), patience, &stands, &mut exchange)
        .await?;
    let verdict = verdict::judge(&plan, &exchange, &house, &stands).await?;
    let mut figures = vec![
        Figure::new("calls", verdict::number(plan.calls().count()), "1"),
        Figure::new("kills", verdict::number(arguments.kills), "1"),
        Figure::new("lost", verdict::number(verdict.lost), "1"),
        Figure::new("doubled", verdict::number(verdict.doubled), "1"),
        Figure::new("wrong", verdict::number(verdict.wrong), "1"),
        Figure::new(
            "missed_by_the_link",
            verdict::number(verdict.reconciled),
            "1",
        ),
    ];
    for stand in &stands {
        let wanted = stand.troubles(arguments.short);
        let wanted = |fault| wanted.iter().any(|trouble| trouble.name == fault);
        for (fault, times) in stand
            .fired()
            .into_iter()
            .filter(|(fault, _)| wanted(*fault))
        {
            let name = format!("{}_{fault}", stand.kind());
            let times = usize::try_from(times)?;
            figures.push(Figure::new(name, verdict::number(times), "1"));
        }
    }
    Ok(Bench {
        bench: "bad-days",
        figures,
    })
}

/// How Linecard is started.
fn serve(linecard: Option<PathBuf>) -> Box<dyn Fn() -> Command + Send + Sync> {
    match linecard {
        Some(path) => Box::new(move || {
            let mut serve = Command::new(&path);
            serve.arg("serve");
            serve
        }),
        None => Box::new(|| linecard_tests::linecard(&["serve"])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn x6_a_short_run_of_bad_days_loses_nothing_and_doubles_nothing() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let bench = measure(&Arguments {
            linecard: None,
            calls: 600,
            per_second: 40,
            kills: 2,
            seed: 1,
            patience: 240,
            short: true,
        })
        .await
        .unwrap();
        let value = |name: &str| -> f64 {
            let named = bench.figures.iter().filter(|it| it.name.starts_with(name));
            named.map(|figure| figure.value).sum()
        };
        for name in ["lost", "doubled", "wrong"] {
            assert!(value(name) < 1.0, "{bench:#?}");
        }
        // Every kind of trouble comes in the long run; in seconds not each finds its request.
        for name in [
            "kills",
            "missed",
            "salesforce_",
            "zoho_",
            "hubspot_",
            "bitrix24_",
        ] {
            assert!(value(name) >= 1.0, "{name} never happened: {bench:#?}");
        }
    }
}
