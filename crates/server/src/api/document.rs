//! The OpenAPI document, made from the endpoints themselves.

use std::sync::OnceLock;

use axum::Json;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{ContentBuilder, Info, OpenApi, OpenApiBuilder, Ref, ResponseBuilder};
use utoipa::{PartialSchema as _, ToSchema as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::crm_advice::{CrmAdvice, CrmAdviceCode};
use crate::desk::messages::{DeskDown, DeskUp};
use crate::devices::messages::{DeviceDown, DeviceUp};
use crate::problem::{Changed, Details, FieldProblem, MEDIA_TYPE};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_openapi))
}

/// The document of the whole API.
pub(crate) fn document() -> OpenApi {
    let (_, mut document) = OpenApiRouter::with_openapi(base())
        .nest("/api/v1", super::router())
        .split_for_parts();
    for item in document.paths.paths.values_mut() {
        let operations: [&mut Option<Operation>; 5] = [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.delete,
            &mut item.patch,
        ];
        for operation in operations.into_iter().flatten() {
            operation
                .responses
                .responses
                .insert("default".to_owned(), problem_response().into());
        }
    }
    let components = document.components.get_or_insert_default();
    let mut more = vec![
        (Details::name().into_owned(), Details::schema()),
        (Changed::name().into_owned(), Changed::schema()),
        (CrmAdvice::name().into_owned(), CrmAdvice::schema()),
        (CrmAdviceCode::name().into_owned(), CrmAdviceCode::schema()),
        (FieldProblem::name().into_owned(), FieldProblem::schema()),
        // Sent over sockets, so no path mentions them.
        (DeskDown::name().into_owned(), DeskDown::schema()),
        (DeskUp::name().into_owned(), DeskUp::schema()),
        (DeviceDown::name().into_owned(), DeviceDown::schema()),
        (DeviceUp::name().into_owned(), DeviceUp::schema()),
    ];
    DeskDown::schemas(&mut more);
    DeskUp::schemas(&mut more);
    DeviceDown::schemas(&mut more);
    DeviceUp::schemas(&mut more);
    components.schemas.extend(more);
    document
}

fn base() -> OpenApi {
    let mut info = Info::new("Linecard", "1");
    info.description = Some(
        "Joins a phone system to CRMs. A session is a cookie; a request that changes something \
         carries the header `X-Linecard: 1`. Programs send an API key as a bearer token instead. \
         Errors are problems (RFC 9457)."
            .to_owned(),
    );
    OpenApiBuilder::new().info(info).build()
}

fn problem_response() -> utoipa::openapi::Response {
    ResponseBuilder::new()
        .description("What went wrong, why, and what to do")
        .content(
            MEDIA_TYPE,
            ContentBuilder::new()
                .schema(Some(Ref::from_schema_name(Details::name())))
                .build(),
        )
        .build()
}

/// This document.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "document",
    responses((status = 200, description = "The document", body = serde_json::Value)),
)]
async fn get_openapi() -> Json<&'static OpenApi> {
    static DOCUMENT: OnceLock<OpenApi> = OnceLock::new();
    Json(DOCUMENT.get_or_init(document))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot;

    #[test]
    fn the_document_is_as_the_snapshot_says() {
        snapshot::check("openapi.json", &document());
    }
}
