//! Tells how numbers are read, while they are typed.

use axum::Json;
use linecard_number::{Plan, Reading};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Admin;
use crate::body::Body;
use crate::problem::{FieldProblem, Problem};

/// How many numbers are read at once.
const MOST: usize = 50;

/// Numbers as they are typed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TypedNumbers {
    /// At most 50.
    #[schema(example = json!(["030 1234567", "101"]))]
    numbers: Vec<String>,
}

/// How a number is read.
#[derive(Serialize, ToSchema)]
pub(super) struct TypedNumber {
    /// What it is.
    reading: TypedNumberKind,
    /// What callers are matched by, where it is a number of the public network.
    #[schema(required)]
    e164: Option<String>,
    /// As people of the company's country write it, where it is a number of the public network.
    #[schema(required)]
    shown: Option<String>,
}

/// What a number is. Callers are matched by numbers of the public network only.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TypedNumberKind {
    /// A number of the public network.
    Phone,
    /// One of the company's extensions.
    Extension,
    /// A short code of the country.
    ShortCode,
    /// No number.
    Unreadable,
}

/// How numbers are read with the company's plan, in their order.
#[utoipa::path(
    post,
    path = "/contacts/read-numbers",
    tag = "contacts",
    request_body = TypedNumbers,
    responses((status = 200, description = "How they are read", body = Vec<TypedNumber>)),
)]
pub(super) async fn read_numbers(
    admin: Admin,
    Body(wanted): Body<TypedNumbers>,
) -> Result<Json<Vec<TypedNumber>>, Problem> {
    if wanted.numbers.len() > MOST {
        return Err(Problem::invalid(vec![FieldProblem {
            path: "/numbers".to_owned(),
            code: "too_many",
            detail: format!("There may be at most {MOST} of them."),
        }]));
    }
    let plan = admin.flow().plan();
    let read = wanted
        .numbers
        .iter()
        .map(|text| TypedNumber::of(text, &plan));
    Ok(Json(read.collect()))
}

impl TypedNumber {
    fn of(text: &str, plan: &Plan) -> Self {
        let (reading, e164) = match plan.read(text) {
            Reading::Phone(phone) => (TypedNumberKind::Phone, Some(phone.e164)),
            Reading::Extension(_) => (TypedNumberKind::Extension, None),
            Reading::ShortCode(_) => (TypedNumberKind::ShortCode, None),
            Reading::Withheld | Reading::Unreadable => (TypedNumberKind::Unreadable, None),
        };
        Self {
            reading,
            shown: e164.as_ref().map(|e164| plan.written(e164)),
            e164: e164.map(String::from),
        }
    }
}
