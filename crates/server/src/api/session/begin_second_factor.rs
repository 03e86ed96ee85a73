//! Begins to set up a second factor.

use axum::Json;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::SignedIn;
use crate::problem::Problem;
use crate::second_factor;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("The account has a second factor already. Remove it first.")]
    Already,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(StatusCode::CONFLICT, "second_factor_already", error)
    }
}

/// A secret to be put into an app. It counts once a code of it was sent back.
#[derive(Serialize, ToSchema)]
pub(super) struct NewSecondFactor {
    /// The secret, for apps without a camera.
    #[schema(example = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    secret: String,
    /// What the picture says: an `otpauth:` address.
    address: String,
    /// The picture; `null`: it could not be drawn.
    #[schema(required)]
    picture: Option<SecondFactorPicture>,
}

/// A square picture for a camera (a QR code).
#[derive(Serialize, ToSchema)]
struct SecondFactorPicture {
    /// Its width and height, with its margin.
    size: i32,
    /// Its dark parts as the path of an SVG.
    path: String,
}

/// Begins to set up a second factor; an earlier attempt that was not confirmed counts no more.
#[utoipa::path(
    post,
    path = "/session/second-factor",
    tag = "session",
    responses((status = 201, description = "To be confirmed", body = NewSecondFactor)),
)]
pub(super) async fn begin_second_factor(
    caller: SignedIn,
) -> Result<(StatusCode, Json<NewSecondFactor>), Problem> {
    let app = caller.app();
    let secret = second_factor::new_secret(&**app.flow.entropy());
    let mut work = app.flow.store().begin().await?;
    if !work
        .second_factors()
        .begin(caller.account.id, &secret)
        .await?
    {
        return Err(Error::Already.into());
    }
    work.commit().await?;
    let address = second_factor::app_address(&secret, &caller.account.email, &app.home);
    let picture = second_factor::picture(&address).map(|it| SecondFactorPicture {
        size: it.size,
        path: it.path,
    });
    Ok((
        StatusCode::CREATED,
        Json(NewSecondFactor {
            secret,
            address,
            picture,
        }),
    ))
}
