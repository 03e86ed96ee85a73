//! Hands out the certificate that machines must trust.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::problem::Problem;
use crate::state::App;
use crate::tls::kept_certificate;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(
        "This Linecard has no certificate authority of its own. To have one set tls.mode to \
         \"authority\" in its configuration and restart it."
    )]
    NoAuthority,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NoAuthority => Self::new(StatusCode::NOT_FOUND, "no_authority", error),
        }
    }
}

/// The certificate of the company's own authority in PEM, for machines that shall trust it. It is
/// no secret, and nobody can sign in safely before having it.
#[utoipa::path(
    get,
    path = "/certificate-authority",
    tag = "health",
    responses((
        status = 200,
        description = "The certificate",
        body = String,
        content_type = "application/x-pem-file",
    )),
)]
pub(super) async fn get_certificate_authority(
    State(app): State<App>,
) -> Result<impl IntoResponse, Problem> {
    let mut work = app.flow.store().read().await?;
    let certificate = kept_certificate(&mut work).await?;
    let certificate = certificate.ok_or(Error::NoAuthority)?;
    let headers = [
        (header::CONTENT_TYPE, "application/x-pem-file"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"linecard-authority.pem\"",
        ),
    ];
    Ok((headers, certificate))
}
