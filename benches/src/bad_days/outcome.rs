//! What came of it, as a table for people and as figures.

use std::time::Duration;

use anyhow::ensure;

use super::admin::Acts;
use super::stand::Stand;
use super::verdict::Verdict;
use crate::figures::{Bench, Figure};

/// What came of it.
pub(super) struct Outcome {
    pub(super) seed: u64,
    pub(super) kills: usize,
    pub(super) took: Duration,
    /// Until the last planned call had ended.
    pub(super) calls_took: Duration,
    pub(super) acts: Acts,
    pub(super) verdict: Verdict,
    pub(super) fired: Vec<Fired>,
}

/// How often something went wrong at a CRM.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fired {
    kind: &'static str,
    trouble: &'static str,
    times: u64,
}

/// How often everything went wrong, by CRM.
pub(super) fn fired(stands: &[Box<dyn Stand>]) -> Vec<Fired> {
    let all = stands.iter().flat_map(|stand| {
        let troubles = stand.troubles().iter();
        troubles.map(|trouble| Fired {
            kind: stand.kind(),
            trouble: trouble.name,
            times: stand.fired(trouble.name),
        })
    });
    all.collect()
}

impl Outcome {
    /// Everything was as it should be.
    pub(super) fn judge(&self) -> anyhow::Result<()> {
        let verdict = &self.verdict;
        let never = self.fired.iter().filter(|fired| fired.times == 0);
        let never: Vec<_> = never
            .map(|fired| format!("{} {}", fired.kind, fired.trouble))
            .collect();
        ensure!(never.is_empty(), "never came: {}", never.join(", "));
        ensure!(
            verdict.is_good(),
            "of {} calls {} are lost, {} doubled, {} wrong; {} callers stand where they should not",
            verdict.calls,
            verdict.lost,
            verdict.doubled,
            verdict.wrong,
            verdict.created_wrong,
        );
        Ok(())
    }

    fn counts(&self) -> [(&'static str, usize); 11] {
        let (verdict, acts) = (&self.verdict, self.acts);
        [
            ("calls", verdict.calls),
            ("kills", self.kills),
            ("lost", verdict.lost),
            ("doubled", verdict.doubled),
            ("wrong", verdict.wrong),
            ("missed_by_the_link", verdict.reconciled),
            ("strangers_created", verdict.created),
            ("callers_misplaced", verdict.created_wrong),
            ("sign_ins", acts.sign_ins),
            ("probes", acts.probes),
            ("replays", acts.replays),
        ]
    }

    /// Shows the table.
    #[expect(
        clippy::print_stderr,
        reason = "the table is for whoever runs this; figures go to standard output"
    )]
    pub(super) fn tell(&self) {
        let (took, calls) = (self.took.as_secs(), self.calls_took.as_secs());
        eprintln!(
            "Bad days of seed {}, {took} seconds, {calls} of them with calls:",
            self.seed
        );
        for (name, count) in self.counts() {
            eprintln!("  {name:<34} {count:>9}");
        }
        eprintln!("How often each trouble came:");
        for Fired {
            kind,
            trouble,
            times,
        } in &self.fired
        {
            eprintln!("  {kind:<12} {trouble:<21} {times:>9}");
        }
    }

    /// The same as figures.
    pub(super) fn bench(&self) -> Bench {
        let mut figures = vec![
            Figure::new("took", self.took.as_secs_f64(), "s"),
            Figure::new("calls_took", self.calls_took.as_secs_f64(), "s"),
        ];
        let counts = self.counts();
        figures.extend(counts.map(|(name, count)| Figure::new(name, number(count), "1")));
        figures.extend(self.fired.iter().map(|fired| {
            let times = usize::try_from(fired.times).unwrap_or(usize::MAX);
            let name = format!("{}_{}", fired.kind, fired.trouble);
            Figure::new(name, number(times), "1")
        }));
        Bench {
            bench: "bad-days",
            figures,
        }
    }
}

/// A count, as a figure.
fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
