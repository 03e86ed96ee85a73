//! Gives an agent's part of a call to another record (X3).

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_crm::{EntryKey, RecordRef};
use linecard_flow::ChooseError;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::Admin;
use crate::api::CrmModule;
use crate::body::Body;
use crate::problem::{FieldProblem, Problem};

impl From<ChooseError> for Problem {
    fn from(error: ChooseError) -> Self {
        let status = match &error {
            ChooseError::NoEntry | ChooseError::NoRecord => StatusCode::NOT_FOUND,
            ChooseError::NotBound
            | ChooseError::Excluded
            | ChooseError::OtherCrm
            | ChooseError::BeingWritten
            | ChooseError::NotConnected => StatusCode::CONFLICT,
            ChooseError::Crm(_) => StatusCode::BAD_GATEWAY,
            ChooseError::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
        };
        let code = error.code();
        match error {
            ChooseError::Store(error) => error.into(),
            ChooseError::Crm(ref failure) => {
                let (words, advice) = (failure.words().to_owned(), failure.advice().cloned());
                Self::new(status, code, error)
                    .with_words(words)
                    .with_advice(advice.as_ref())
            }
            error => Self::new(status, code, error),
        }
    }
}

/// A record of a CRM.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChosenRecord {
    /// The connection whose record it is.
    connection: String,
    /// What kind of record.
    module: CrmModule,
    /// The CRM's id of it.
    id: String,
}

/// Gives an agent's part of a call to another record: what is not written yet is written to it,
/// what is written is moved there, where the CRM can do that.
#[utoipa::path(
    put,
    path = "/entries/{key}/record",
    tag = "calls",
    params(("key" = String, Path, description = "The entry's key")),
    request_body = ChosenRecord,
    responses((status = 204, description = "It is on its way")),
)]
pub(super) async fn put_record(
    admin: Admin,
    Path(key): Path<String>,
    Body(wanted): Body<ChosenRecord>,
) -> Result<StatusCode, Problem> {
    let connection = wanted.connection.parse().map_err(|_| {
        Problem::invalid(vec![FieldProblem {
            path: "/connection".to_owned(),
            code: "unknown",
            detail: "There is no such connection.".to_owned(),
        }])
    })?;
    let record = RecordRef {
        module: wanted.module.into(),
        id: wanted.id,
    };
    admin
        .flow()
        .reassign(&EntryKey::new(key), connection, &record)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
