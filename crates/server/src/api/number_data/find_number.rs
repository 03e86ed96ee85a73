//! Shows what is held about a number, and where.

use std::collections::BTreeMap;

use axum::Json;
use linecard_store::{NumberPlace, Trace};
use serde::Serialize;
use utoipa::ToSchema;

use super::SoughtNumber;
use crate::access::Admin;
use crate::body::Body;
use crate::problem::Problem;

/// What is held about a number.
#[derive(Serialize, ToSchema)]
pub(super) struct NumberHoldings {
    /// The number as it is read.
    #[schema(example = "+14155550134")]
    number: String,
    /// The same as people of the company's country write it.
    #[schema(example = "(415) 555-0134")]
    shown: String,
    /// It is one of the company's own, and is not erased.
    own: bool,
    /// Where it stands; places where it does not are left out.
    places: Vec<NumberHolding>,
}

/// What is held in one place.
#[derive(Serialize, ToSchema)]
struct NumberHolding {
    /// Where: `calls`, `contacts`.
    #[schema(example = "calls")]
    place: &'static str,
    /// In how many rows it stands there, or that are about it.
    amount: u64,
    /// How many of them go whole when it is erased. In the others its digits are hidden, but in the
    /// settings, which stay as they are.
    whole: u64,
}

/// What is held about a number, and where.
#[utoipa::path(
    post,
    path = "/number-data/find",
    tag = "keeping",
    request_body = SoughtNumber,
    responses((status = 200, description = "Where it stands", body = NumberHoldings)),
)]
pub(super) async fn find_number(
    admin: Admin,
    Body(sought): Body<SoughtNumber>,
) -> Result<Json<NumberHoldings>, Problem> {
    let flow = admin.flow();
    let phone = sought.read(flow)?;
    let found = flow.number_records().find(&phone).await?;
    Ok(Json(NumberHoldings {
        own: flow.is_own_number(&phone),
        number: phone.e164.to_string(),
        shown: phone.shown,
        places: counted(&found),
    }))
}

fn counted(found: &[Trace]) -> Vec<NumberHolding> {
    let mut places: BTreeMap<NumberPlace, (u64, u64)> = BTreeMap::new();
    for trace in found {
        let (amount, whole) = places.entry(trace.place).or_default();
        *amount += 1;
        *whole += u64::from(trace.goes);
    }
    places
        .into_iter()
        .map(|(place, (amount, whole))| NumberHolding {
            place: place.as_str(),
            amount,
            whole,
        })
        .collect()
}
