//! Bad days: CRMs that fail in every way they can, and a Linecard that is killed again and again.
//!
//! Calls take place on an exchange that also writes call detail records, as Asterisk does. The
//! real `linecard serve` follows them and writes them into stand-ins, which are disturbed at random.
//! In the middle of calls it gets SIGKILL. What the exchange does goes on meanwhile, and when
//! Linecard starts again it finds the calls it missed in the records. An admin does through the API
//! what a person has to do: signs in again, looks whether a CRM works again, has refused entries
//! tried again. Some callers are strangers whom a CRM is to have once in the end.
//!
//! In the end each call must stand in its CRM once, with the right fields, and every trouble must
//! have come, or the run has failed. All that is decided, is decided by a seed. What meets what is
//! up to the machine: a trouble that has met nothing by the end gets one more call.

mod admin;
mod departments;
mod exchange;
mod house;
mod outcome;
mod plan;
mod stand;
mod trouble;
mod verdict;
mod weather;

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use crate::figures::Bench;
use admin::Admin;
use exchange::Exchange;
use house::House;
use outcome::Outcome;
use plan::Plan;
use weather::Weather;

/// How often it is looked whether all is done.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
/// How often an agent looks for calls of people whom a CRM refused to create.
const AGENT_LOOKS: Duration = Duration::from_secs(5);
/// A trouble that has met nothing gets so many calls more at most.
const ENCORES: usize = 5;

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
    /// How many people of each CRM call, 60 at most
    #[arg(long, default_value_t = 40)]
    people: usize,
    /// How often Linecard is killed
    #[arg(long, default_value_t = 20)]
    kills: usize,
    /// Decides everything that is decided
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How long the last entry may take after the last call, in seconds
    #[arg(long, default_value_t = 1_800)]
    patience: u64,
}

/// Lets it happen, and tells what came of it. Fails when a call is lost, doubled or wrong, or when
/// a trouble never came.
pub(crate) async fn measure(arguments: &Arguments) -> anyhow::Result<Bench> {
    let begun = Instant::now();
    let stands = stand::all().await?;
    let weather = Weather::over(&stands);
    let mut plan = Plan::new(arguments, &stands);
    let folder = tempfile::tempdir()?;
    let mut exchange = Exchange::open(folder.path(), arguments.per_second)?;
    let serve = serve(arguments.linecard.clone());
    let mut house = House::furnish(serve, folder.path(), &exchange, &stands).await?;
    house.starts()?;
    tokio::task::block_in_place(|| exchange.answer())?;
    let admin = Admin::new(house.port, house.store.clone(), &stands, &house.connections);
    let admin = Arc::new(admin);
    weather.refuses_consent();
    tokio::task::block_in_place(|| admin.signs_in_everywhere())?;
    let at_work = Arc::clone(&admin);
    let at_work = tokio::spawn(async move { at_work.looks_after_them().await });
    for (day, calls) in plan.days().enumerate() {
        if day > 0 {
            house.is_killed();
            tokio::task::block_in_place(|| exchange.hang_up_all(plan.missed(day)))?;
            house.starts()?;
            tokio::task::block_in_place(|| exchange.answer())?;
        }
        tokio::task::block_in_place(|| exchange.play(calls, |call| plan.happen(call, &weather)))?;
    }
    tokio::task::block_in_place(|| exchange.hang_up_all(&[]))?;
    let calls_took = begun.elapsed();
    let mut evening = Evening {
        plan: &mut plan,
        exchange: &mut exchange,
        house: &house,
        weather: &weather,
        stands: stands.len(),
    };
    evening
        .comes(Duration::from_secs(arguments.patience))
        .await?;
    at_work.abort();
    let outcome = Outcome {
        seed: arguments.seed,
        kills: arguments.kills,
        took: begun.elapsed(),
        calls_took,
        acts: admin.acts(),
        verdict: verdict::judge(&plan, &exchange, &house, &stands).await?,
        fired: outcome::fired(&stands),
    };
    outcome.tell();
    outcome.judge()?;
    Ok(outcome.bench())
}

/// After the last call.
struct Evening<'a> {
    plan: &'a mut Plan,
    exchange: &'a mut Exchange,
    house: &'a House,
    weather: &'a Weather<'a>,
    stands: usize,
}

impl Evening<'_> {
    /// Waits until every call is written and every trouble has met something, or patience is at its
    /// end: what is missing then is told one by one.
    async fn comes(&mut self, patience: Duration) -> anyhow::Result<()> {
        let deadline = Instant::now() + patience;
        let (mut encores, mut agents) = (0, Instant::now());
        while Instant::now() < deadline {
            let counts = self.house.counts().await?;
            if usize::try_from(counts.written)? >= self.exchange.begun.len() {
                let missing = self.weather.missing();
                if missing.is_empty() || encores == ENCORES {
                    return Ok(());
                }
                encores += 1;
                for (place, trouble) in missing {
                    let call = [self.plan.encore(place, &trouble, self.stands)];
                    let (plan, weather) = (&self.plan, self.weather);
                    tokio::task::block_in_place(|| {
                        let with = |call: &plan::Call| plan.happen(call, weather);
                        self.exchange.play(&call, with)?;
                        self.exchange.hang_up_all(&[])
                    })?;
                }
            } else if counts.skipped > 0 && agents.elapsed() > AGENT_LOOKS {
                for call in self.plan.calls().filter(|call| call.stranger) {
                    self.house.agent_creates(call, self.exchange).await?;
                }
                agents = Instant::now();
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Ok(())
    }
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
        // Every trouble must have come: what lasts for minutes an admin makes shorter.
        let bench = measure(&Arguments {
            linecard: None,
            calls: 720,
            per_second: 48,
            people: 6,
            kills: 2,
            seed: 1,
            patience: 240,
        })
        .await
        .unwrap();
        for name in ["kills", "missed_by_the_link", "strangers_created"] {
            let mut named = bench.figures.iter().filter(|it| it.name == name);
            assert!(
                named.any(|figure| figure.value >= 1.0),
                "{name} never happened: {bench:#?}"
            );
        }
    }
}
