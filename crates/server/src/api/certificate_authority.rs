//! The company's own certificate authority, where the certificate comes from Linecard.

mod get_certificate_authority;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(
        get_certificate_authority::get_certificate_authority
    ))
}
