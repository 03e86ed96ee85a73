//! How soon a new Linecard answers, and what it holds in memory when nothing happens.

use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::cpu;
use crate::figures::{Bench, Figure, percentile};
use crate::serve::{Process, free_port};

/// How often it is started; the middle one counts.
const STARTS: usize = 9;
/// How long it idles before its memory is looked at.
const IDLES: Duration = Duration::from_secs(10);

/// Measures the `linecard` given.
pub(crate) fn measure(linecard: &Path) -> anyhow::Result<Bench> {
    // The first start makes the database; later ones find it, as after an update.
    let folder = tempfile::tempdir()?;
    let start = || Process::start(linecard, free_port()?, folder.path());
    let first = start()?.lives_after()?;
    let mut took = Vec::new();
    for _ in 0..STARTS {
        took.push(start()?.lives_after()?.as_secs_f64() * 1_000.0);
    }
    took.sort_by(f64::total_cmp);
    let process = start()?;
    process.lives_after()?;
    thread::sleep(IDLES);
    Ok(Bench {
        bench: "start",
        figures: vec![
            Figure::new("idle_mb", cpu::resident_mb(process.id())?, "MB"),
            Figure::new("first_answer_ms", percentile(&took, 0.5), "ms"),
            Figure::new("first_start_ms", first.as_secs_f64() * 1_000.0, "ms"),
        ],
    })
}
