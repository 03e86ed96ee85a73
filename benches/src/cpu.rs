//! What a process has used of the machine, from `/proc`.

use std::fs;
use std::time::Duration;

use anyhow::Context as _;

/// Linux tells times in hundredths of a second (`USER_HZ`), whatever the kernel ticks at.
const TICK: Duration = Duration::from_millis(10);
/// Linux's pages, on every machine Linecard is built for.
const PAGE_KB: u64 = 4;

/// The CPU time of process `pid` (or `self`), its threads included and its children not.
pub(crate) fn time(pid: &str) -> anyhow::Result<Duration> {
    let path = format!("/proc/{pid}/stat");
    let stat = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let ticks = ticks(&stat).with_context(|| format!("cannot understand {path}"))?;
    Ok(TICK * ticks)
}

/// The memory of process `pid` that is in RAM, in MB of a million bytes.
pub(crate) fn resident_mb(pid: u32) -> anyhow::Result<f64> {
    let path = format!("/proc/{pid}/statm");
    let statm = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let pages: u64 = statm
        .split_whitespace()
        .nth(1)
        .and_then(|pages| pages.parse().ok())
        .with_context(|| format!("cannot understand {path}"))?;
    let kilobytes = u32::try_from(pages * PAGE_KB)?;
    Ok(f64::from(kilobytes) * 1.024 / 1_000.0)
}

/// User and system time, fields 14 and 15 of `proc_pid_stat(5)`. The second field is the
/// program's name in brackets, which may hold blanks.
fn ticks(stat: &str) -> Option<u32> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11);
    let user: u32 = times.next()?.parse().ok()?;
    let system: u32 = times.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_and_system_time_are_found_behind_any_program_name() {
        let stat = "7 (a b) c) S 1 2 3 4 5 6 7 8 9 10 250 50 999 999 20 0 1 0";
        assert_eq!(ticks(stat), Some(300));
        assert_eq!(ticks("7 (a) S 1"), None);
    }
}
