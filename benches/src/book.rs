//! The phonebooks in memory: who calls, over ten million numbers, and whom an agent means, over a
//! million contacts, beside databases that are asked the same.

mod databases;
mod kept;
mod matching;
mod numbers;
mod search;

use clap::Args;

use crate::figures::{Bench, Figure};

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The address of an empty PostgreSQL database, to be measured beside
    #[arg(long)]
    postgres: Option<String>,
    /// Over how many numbers; the figures' names say what they mean at ten million
    #[arg(long, default_value_t = 10_000_000)]
    numbers: u64,
    /// Over how many contacts a search goes
    #[arg(long, default_value_t = 1_000_000)]
    contacts: usize,
    /// Measure the search alone
    #[arg(long)]
    search_only: bool,
}

/// Measures.
pub(crate) async fn measure(arguments: &Arguments) -> anyhow::Result<Bench> {
    let folder = tempfile::tempdir()?;
    let sqlite = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
    let postgres = arguments.postgres.as_deref();
    let searched = search::measure(arguments.contacts, &sqlite("people.db"), postgres).await?;
    if arguments.search_only {
        return Ok(Bench {
            bench: "book",
            figures: searched,
        });
    }
    let count = arguments.numbers;
    let mut figures = tokio::task::block_in_place(|| matching::measure(count))?;

    let asked = databases::sqlite(&sqlite("numbers.db"), count).await?;
    figures.push(Figure::new("sqlite_p99_us_10m", asked, "us"));
    let kept = kept::measure("sqlite", &sqlite("kept.db"), folder.path()).await?;
    figures.extend(kept);
    if let Some(url) = &arguments.postgres {
        let asked = databases::postgres(url, count).await?;
        if let Some(ours) = figures.first_mut() {
            *ours = ours.clone().beside(Some(asked));
        }
        figures.push(Figure::new("postgres_p99_us_10m", asked, "us"));
        figures.extend(kept::measure("postgres", url, folder.path()).await?);
    }
    figures.extend(searched);
    Ok(Bench {
        bench: "book",
        figures,
    })
}
