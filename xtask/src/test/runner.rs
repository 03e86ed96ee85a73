//! Runs a test runner, shows what it writes as it writes it, and reads its totals.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::ops::AddAssign;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow};

/// How many tests passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs `command` and reads its totals with `read`. A run that fails without naming a failed
/// test, or that names none at all, counts as one failure: a crash must not look like success.
pub(crate) fn run(command: &mut Command, read: fn(&str) -> Totals) -> Result<Totals> {
    let mut process = command
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let out = process
        .stdout
        .take()
        .map(|pipe| thread::spawn(|| tee(pipe, io::stdout())));
    let err = process
        .stderr
        .take()
        .map(|pipe| thread::spawn(|| tee(pipe, io::stderr())));
    let status = process.wait()?;
    let mut written = String::new();
    for reader in [out, err].into_iter().flatten() {
        written += &reader
            .join()
            .map_err(|_| anyhow!("the output could not be read"))??;
    }
    let mut totals = read(&written);
    if totals.failed == 0 && (!status.success() || totals.passed == 0) {
        eprintln!(
            "The runner ended with {status} after {} passed tests",
            totals.passed
        );
        totals.failed = 1;
    }
    Ok(totals)
}

/// Copies `from` to `to` line by line, and gives it all.
fn tee(from: impl Read, mut to: impl Write) -> io::Result<String> {
    let mut from = BufReader::new(from);
    let mut all = String::new();
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        to.flush()?;
        all += &String::from_utf8_lossy(&line);
        line.clear();
    }
    Ok(all)
}

/// nextest: `Summary [   1.2s] 34 tests run: 33 passed (2 slow), 1 failed, 0 skipped`.
pub(crate) fn nextest_totals(output: &str) -> Totals {
    let Some(summary) = output
        .lines()
        .rfind(|line| line.trim_start().starts_with("Summary ["))
    else {
        return Totals::default();
    };
    Totals {
        passed: number_before(summary, "passed"),
        failed: number_before(summary, "failed") + number_before(summary, "timed"),
    }
}

/// Vitest: `Tests  1 failed | 33 passed (34)`.
pub(crate) fn vitest_totals(output: &str) -> Totals {
    let Some(summary) = output
        .lines()
        .rfind(|line| line.trim_start().starts_with("Tests  "))
    else {
        return Totals::default();
    };
    Totals {
        passed: number_before(summary, "passed"),
        failed: number_before(summary, "failed"),
    }
}

/// Node's own: a line `ℹ pass 33` and a line `ℹ fail 1`.
pub(crate) fn node_totals(output: &str) -> Totals {
    let number = |word: &str| {
        output
            .lines()
            .rev()
            .find_map(|line| {
                line.strip_prefix("ℹ ")?
                    .strip_prefix(word)?
                    .trim()
                    .parse()
                    .ok()
            })
            .unwrap_or(0)
    };
    Totals {
        passed: number("pass "),
        failed: number("fail ") + number("cancelled "),
    }
}

/// The number that stands before `word`, 0 when there is none.
fn number_before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words
        .windows(2)
        .find(|pair| pair[1] == word)
        .and_then(|pair| pair[0].parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(passed: u64, failed: u64) -> Totals {
        Totals { passed, failed }
    }

    #[test]
    fn nextest_tells_its_totals() {
        let output = "noise\n     Summary [   1.226s] 36 tests run: 33 passed (2 slow, 1 leaky), \
                      2 failed, 1 timed out, 4 skipped\n";
        assert_eq!(nextest_totals(output), totals(33, 3));
    }

    #[test]
    fn vitest_tells_its_totals() {
        let output =
            " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 33 passed (34)\n";
        assert_eq!(vitest_totals(output), totals(33, 1));
    }

    #[test]
    fn node_tells_its_totals() {
        let output = "✔ rings (3ms)\nℹ tests 4\nℹ pass 2\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\n";
        assert_eq!(node_totals(output), totals(2, 2));
    }

    #[test]
    fn a_runner_that_crashes_is_a_failure() {
        let mut crash = Command::new("sh");
        crash.args(["-c", "echo '     Tests  3 passed (3)'; exit 3"]);
        assert_eq!(run(&mut crash, vitest_totals).unwrap(), totals(3, 1));
    }

    #[test]
    fn a_runner_that_ran_nothing_is_a_failure() {
        let mut nothing = Command::new("true");
        assert_eq!(run(&mut nothing, vitest_totals).unwrap(), totals(0, 1));
    }
}
