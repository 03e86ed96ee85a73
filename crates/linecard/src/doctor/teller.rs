//! Says what the doctor found and what happens in a call, for people or as JSON.

use std::io::Write as _;

use anyhow::Context as _;
use linecard_asterisk::doctor::Finding;
use linecard_asterisk::replay::CallLine;
use linecard_call::Call;
use linecard_pbx::Problem;
use serde_json::json;

use super::steps::{self, Step};
use super::{call_words, words};
use crate::language::Language;

/// Says things on standard output.
pub(super) struct Teller {
    pub(super) language: Language,
    pub(super) json: bool,
}

impl Teller {
    #[expect(clippy::unused_self, reason = "only a teller says something")]
    fn say(&self, line: &str) -> anyhow::Result<()> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}").context("nothing can be written to standard output")
    }

    pub(super) fn findings(&self, findings: &[Finding]) -> anyhow::Result<()> {
        if self.json {
            let all: Vec<_> = findings
                .iter()
                .map(|finding| {
                    json!({
                        "level": finding.level(),
                        "finding": finding,
                        "words": words::finding(self.language, finding),
                        "advice": words::advice(self.language, finding),
                    })
                })
                .collect();
            return self.say(&json!({ "findings": all }).to_string());
        }
        let mut rest = findings.iter().peekable();
        while let Some(finding) = rest.next() {
            let level = words::level(self.language, finding.level());
            self.say(&format!(
                "{level}  {}",
                words::finding(self.language, finding)
            ))?;
            let advice = words::advice(self.language, finding);
            // What mends several findings in a row is said once, under the last.
            let goes_on = rest
                .peek()
                .is_some_and(|next| words::advice(self.language, next) == advice);
            if let Some(advice) = advice.filter(|_| !goes_on) {
                self.say(&format!("         -> {advice}"))?;
            }
        }
        Ok(())
    }

    pub(super) fn problem(&self, problem: &Problem) -> anyhow::Result<()> {
        let words = words::problem(self.language, problem);
        if self.json {
            self.say(&json!({ "problem": words }).to_string())
        } else {
            self.say(&words)
        }
    }

    pub(super) fn waiting(&self) -> anyhow::Result<()> {
        let words = call_words::waiting(self.language);
        if self.json {
            self.say(&json!({ "watching": words }).to_string())
        } else {
            self.say(&format!("\n{words}"))
        }
    }

    pub(super) fn call(&self, before: Option<&Call>, now: &Call) -> anyhow::Result<()> {
        for step in steps::between(before, now) {
            let words = call_words::step(self.language, &step, now);
            if self.json {
                self.say(&json!({ "step": words, "call": CallLine::from(now) }).to_string())?;
                continue;
            }
            self.say(&format!("  {words}"))?;
            if step == Step::Ended {
                for leg in call_words::legs(self.language, now) {
                    self.say(&format!("      {leg}"))?;
                }
            }
        }
        Ok(())
    }
}
