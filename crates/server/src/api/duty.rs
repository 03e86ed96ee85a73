//! What an admin chooses about duty: the reasons for a break, and how long a wrap-up lasts.

mod get_duty_rules;
mod put_duty_rules;

use std::collections::BTreeSet;

use linecard_flow::{
    DutyRules as Rules, LONGEST_BREAK_REASON, LONGEST_WRAP_UP, MOST_BREAK_REASONS,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{FieldProblems, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(
        get_duty_rules::get_duty_rules,
        put_duty_rules::put_duty_rules
    ))
}

/// What is chosen about duty.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DutyRules {
    /// The reasons for a break that an agent may choose, in their order: up to 20, each of up to 40
    /// characters. None: a break has no reason. Desk shows `Lunch`, `Meeting` and `Training` in the
    /// reader's language, others as they are written.
    #[schema(example = json!(["Lunch", "Meeting", "Training"]))]
    reasons: Vec<String>,
    /// How long an agent is in wrap-up after a call, in seconds: 0 (not at all) to 600.
    #[schema(example = 30)]
    wrap_up_seconds: u16,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

impl From<Rules> for DutyRules {
    fn from(rules: Rules) -> Self {
        Self {
            reasons: rules.reasons,
            wrap_up_seconds: rules.wrap_up_seconds,
            version: rules.version,
        }
    }
}

impl DutyRules {
    /// What is to be kept.
    fn check(self) -> Result<Rules, Problem> {
        let mut fields = FieldProblems::default();
        if self.wrap_up_seconds > LONGEST_WRAP_UP {
            let detail = format_args!("From 0 to {LONGEST_WRAP_UP} seconds.");
            fields.add("/wrap_up_seconds", "out_of_range", detail);
        }
        let trimmed = self.reasons.iter().map(|reason| reason.trim().to_owned());
        let reasons: Vec<String> = trimmed.collect();
        let mut known = BTreeSet::new();
        if reasons.len() > MOST_BREAK_REASONS {
            let detail = format_args!("At most {MOST_BREAK_REASONS} reasons.");
            fields.add("/reasons", "too_many", detail);
        }
        for reason in &reasons {
            if reason.is_empty() || reason.chars().any(char::is_control) {
                fields.add("/reasons", "required", "A reason is a word or a few.");
            } else if reason.chars().count() > LONGEST_BREAK_REASON {
                let detail =
                    format_args!("A reason has at most {LONGEST_BREAK_REASON} characters.");
                fields.add("/reasons", "too_long", detail);
            } else if !known.insert(reason) {
                fields.add(
                    "/reasons",
                    "twice",
                    format_args!("{reason:?} is there twice."),
                );
            }
        }
        fields.finish()?;
        Ok(Rules {
            reasons,
            wrap_up_seconds: self.wrap_up_seconds,
            version: self.version,
        })
    }
}
