//! What is held about one number: shown, taken along, erased (X17).
//!
//! Each is a `POST`, so that the number stands in no address.

mod erase_number;
mod export_number;
mod find_number;

use linecard_flow::Flow;
use linecard_number::{Phone, Reading};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{FieldProblem, Problem};
use crate::state::App;

/// A number with everything people write around it.
const LONGEST: usize = 64;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(find_number::find_number))
        .routes(routes!(export_number::export_number))
        .routes(routes!(erase_number::erase_number))
}

/// The number that is meant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SoughtNumber {
    /// As people of the company's country write it, or with country code.
    #[schema(example = "+1 415 555 0134")]
    number: String,
}

impl SoughtNumber {
    fn read(&self, flow: &Flow) -> Result<Phone, Problem> {
        let reading = if self.number.len() > LONGEST {
            Reading::Unreadable
        } else {
            flow.plan().read(&self.number)
        };
        match reading {
            Reading::Phone(phone) => Ok(phone),
            _ => Err(Problem::invalid(vec![FieldProblem {
                path: "/number".to_owned(),
                code: "not_an_outside_number",
                detail: "This is no number of the public network. Write it with its country code."
                    .to_owned(),
            }])),
        }
    }
}
