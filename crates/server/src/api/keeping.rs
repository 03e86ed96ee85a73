//! For how many days what is kept (X17).

mod get_keeping;
mod put_keeping;

use jiff::Timestamp;
use linecard_flow::{KeepingDays, LONGEST_KEEPING};
use linecard_store::{DataKind, StoreError, UnitOfWork};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{FieldProblems, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_keeping::get_keeping, put_keeping::put_keeping))
}

/// For how many days each kind of data is kept: 1 to 36,500; `null`: for ever. What still waits to
/// be written into a CRM is never deleted.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KeepingChoice {
    /// Calls with their legs, entries, notes and tasks, and the list of created records.
    #[schema(required)]
    calls: Option<u16>,
    /// The audit log.
    #[schema(required)]
    audit: Option<u16>,
    /// What webhooks were told.
    #[schema(required)]
    webhook_deliveries: Option<u16>,
    /// What a CRM refused and nobody has had tried again.
    #[schema(required)]
    dead_jobs: Option<u16>,
    /// What came of imports, with the rows that were not taken.
    #[schema(required)]
    imports: Option<u16>,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

impl From<KeepingDays> for KeepingChoice {
    fn from(days: KeepingDays) -> Self {
        Self {
            calls: days.calls,
            audit: days.audit,
            webhook_deliveries: days.webhook_deliveries,
            dead_jobs: days.dead_jobs,
            imports: days.imports,
            version: days.version,
        }
    }
}

impl KeepingChoice {
    /// What is to be kept.
    fn check(self) -> Result<KeepingDays, Problem> {
        let days = KeepingDays {
            calls: self.calls,
            audit: self.audit,
            webhook_deliveries: self.webhook_deliveries,
            dead_jobs: self.dead_jobs,
            imports: self.imports,
            version: self.version,
        };
        let mut fields = FieldProblems::default();
        for kind in DataKind::ALL {
            let out = |days: u16| !(1..=LONGEST_KEEPING).contains(&days);
            if days.of(kind).is_some_and(out) {
                let path = format!("/{}", kind.as_str());
                let detail = format_args!("From 1 to {LONGEST_KEEPING} days, or for ever.");
                fields.add(&path, "out_of_range", detail);
            }
        }
        fields.finish()?;
        Ok(days)
    }
}

/// For how many days what is kept, and how much of it there is.
#[derive(Serialize, ToSchema)]
struct Keeping {
    /// For how many days.
    days: KeepingChoice,
    /// What there is, a row for each kind.
    held: Vec<HeldData>,
}

/// How much of a kind there is.
#[derive(Serialize, ToSchema)]
struct HeldData {
    /// The kind, as `days` names it.
    #[schema(example = "calls")]
    kind: &'static str,
    /// How many.
    amount: u64,
    /// From when the oldest is.
    #[schema(required)]
    oldest: Option<Timestamp>,
}

impl Keeping {
    async fn read(days: KeepingDays, work: &mut UnitOfWork) -> Result<Self, StoreError> {
        let mut held = Vec::new();
        for kind in DataKind::ALL {
            let there = work.keeping().held(kind).await?;
            held.push(HeldData {
                kind: kind.as_str(),
                amount: there.amount,
                oldest: there.oldest,
            });
        }
        Ok(Self {
            days: days.into(),
            held,
        })
    }
}
