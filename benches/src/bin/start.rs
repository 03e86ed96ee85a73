//! How soon a new Linecard answers, and what it holds in memory when nothing happens.

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use clap::Parser;
use linecard_benches::cpu;
use linecard_benches::figures::{Bench, Figure, percentile};
use linecard_benches::serve::{Process, free_port};

/// How often it is started; the middle one counts.
const STARTS: usize = 9;
/// How long it idles before its memory is looked at.
const IDLES: Duration = Duration::from_secs(10);

#[derive(Debug, Parser)]
struct Arguments {
    /// The release build of `linecard`
    #[arg(long)]
    linecard: PathBuf,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    // The first start makes the database; later ones find it, as after an update.
    let folder = tempfile::tempdir()?;
    let start = || Process::start(&arguments.linecard, free_port()?, folder.path());
    let first = start()?.lives_after()?;
    let mut took = Vec::new();
    for _ in 0..STARTS {
        took.push(start()?.lives_after()?.as_secs_f64() * 1_000.0);
    }
    took.sort_by(f64::total_cmp);
    let process = start()?;
    process.lives_after()?;
    thread::sleep(IDLES);
    let bench = Bench {
        bench: "start",
        figures: vec![
            Figure::new("idle_mb", cpu::resident_mb(process.id())?, "MB"),
            Figure::new("first_answer_ms", percentile(&took, 0.5), "ms"),
            Figure::new("first_start_ms", first.as_secs_f64() * 1_000.0, "ms"),
        ],
    };
    bench.tell()?;
    Ok(())
}
