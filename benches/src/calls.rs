//! How soon a page of the calls is there, whatever it is narrowed to, and the figures of thirty days:
//! over a million calls, beside ten thousand.

mod past;

use std::time::Instant;

use anyhow::ensure;
use clap::Args;
use jiff::SignedDuration;
use linecard_store::{CallFilter, Day, EntryState, JournalFilter, Store};

use crate::company;
use crate::figures::{Bench, Figure, percentile};

/// What is compared with.
const FEW: usize = 10_000;
/// A page of the Console.
const PAGE: usize = 50;
/// How often each is asked.
const TIMES: usize = 20;

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The address of an empty PostgreSQL database, to be measured too
    #[arg(long)]
    postgres: Option<String>,
    /// How many calls there are
    #[arg(long, default_value_t = 1_000_000)]
    calls: usize,
}

/// Measures, on PostgreSQL too where there is one.
pub(crate) async fn measure(arguments: &Arguments) -> anyhow::Result<Bench> {
    let folder = tempfile::tempdir()?;
    let few = sqlite(&folder, "few");
    let store = company::store(&few, folder.path()).await?;
    past::fill(&store, FEW).await?;
    let few = questions(&store, FEW).await?;
    let mut figures = Vec::new();
    let many = sqlite(&folder, "many");
    for (name, url) in [
        ("sqlite", Some(&many)),
        ("postgres", arguments.postgres.as_ref()),
    ] {
        let Some(url) = url else { continue };
        let store = company::store(url, folder.path()).await?;
        let begun = Instant::now();
        past::fill(&store, arguments.calls).await?;
        let filled = begun.elapsed().as_secs_f64();
        figures.push(Figure::new(format!("fill_s_{name}"), filled, "s"));
        let many = questions(&store, arguments.calls).await?;
        figures.extend(
            many.into_iter()
                .zip(&few)
                .map(|((what, took), (_, before))| {
                    Figure::new(format!("{what}_ms_{name}"), took, "ms").beside(Some(*before))
                }),
        );
    }
    Ok(Bench {
        bench: "calls",
        figures,
    })
}

fn sqlite(folder: &tempfile::TempDir, name: &str) -> String {
    format!("sqlite://{}", folder.path().join(name).display())
}

/// Each question with the milliseconds that the slowest of its answers took.
async fn questions(store: &Store, calls: usize) -> anyhow::Result<Vec<(&'static str, f64)>> {
    let all = CallFilter::default;
    let half = Some(past::now() - SignedDuration::from_hours(past::DAYS * 12));
    let mut took = Vec::new();
    let mut took_page =
        async |what, filter: &dyn Fn(usize) -> anyhow::Result<CallFilter>, least| {
            took.push((what, page(store, filter, least).await?));
            anyhow::Ok(())
        };
    took_page("newest", &|_| Ok(all()), PAGE).await?;
    took_page(
        "from_the_middle",
        &|_| {
            Ok(CallFilter {
                until: half,
                ..all()
            })
        },
        PAGE,
    )
    .await?;
    let of_agent = |which| {
        Ok(CallFilter {
            extension: Some(past::agent(which)?),
            ..all()
        })
    };
    took_page("of_an_agent", &of_agent, 1).await?;
    let in_queue = |which| {
        Ok(CallFilter {
            queue: Some(format!("queue-{}", which % 10)),
            ..all()
        })
    };
    took_page("in_a_queue", &in_queue, PAGE).await?;
    // Nobody's number is a part of few; the whole past is looked through.
    let with_number = |which: usize| {
        Ok(CallFilter {
            digits: vec![past::caller(which * calls / TIMES)[2..].to_owned()],
            ..all()
        })
    };
    took_page("with_a_number", &with_number, 1).await?;
    let with_person = |which: usize| {
        Ok(CallFilter {
            person: Some(format!("hopper {}", which * 37 % FEW)),
            ..all()
        })
    };
    took_page("with_a_person", &with_person, 1).await?;
    let refused = JournalFilter::Entry {
        state: EntryState::Parked,
        reason: None,
    };
    let refused = |_| {
        Ok(CallFilter {
            journal: Some(refused.clone()),
            ..all()
        })
    };
    took_page("refused", &refused, 1).await?;
    let without = |_| {
        Ok(CallFilter {
            journal: Some(JournalFilter::None),
            ..all()
        })
    };
    took_page("without_an_entry", &without, 0).await?;
    took.push(("figures_of_agents", figures(store, true).await?));
    took.push(("figures_of_queues", figures(store, false).await?));
    Ok(took)
}

/// The slowest of some pages; each has to have so many calls at least.
async fn page(
    store: &Store,
    filter: &dyn Fn(usize) -> anyhow::Result<CallFilter>,
    least: usize,
) -> anyhow::Result<f64> {
    let mut took = Vec::with_capacity(TIMES);
    for which in 0..TIMES {
        let filter = filter(which)?;
        let begun = Instant::now();
        let mut unit = store.read().await?;
        let found = unit.calls().find_page(&filter, None, PAGE).await?;
        took.push(begun.elapsed().as_secs_f64() * 1e3);
        ensure!(found.len() >= least, "{filter:?} found {}", found.len());
    }
    took.sort_by(f64::total_cmp);
    Ok(percentile(&took, 1.0))
}

/// The slowest of some charts.
async fn figures(store: &Store, of_agents: bool) -> anyhow::Result<f64> {
    let days: Vec<_> = (0..past::DAYS)
        .map(|day| {
            let since = past::now() - SignedDuration::from_hours((past::DAYS - day) * 24);
            Day {
                since,
                until: since + SignedDuration::from_hours(24),
            }
        })
        .collect();
    let mut took = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begun = Instant::now();
        let mut unit = store.read().await?;
        let found = if of_agents {
            unit.calls().figures_of_legs(&days, None).await?.len()
        } else {
            unit.calls().figures_of_queues(&days).await?.len()
        };
        took.push(begun.elapsed().as_secs_f64() * 1e3);
        ensure!(found > 0, "no figures");
    }
    took.sort_by(f64::total_cmp);
    Ok(percentile(&took, 1.0))
}
