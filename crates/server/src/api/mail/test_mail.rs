//! Sends a test letter.

use axum::Json;
use axum::http::StatusCode;
use linecard_flow::SendMailError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Admin;
use crate::api::input;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// A letter to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MailTest {
    /// Who gets it.
    #[schema(example = "ada@example.com")]
    to: String,
}

/// What became of it.
#[derive(Serialize, ToSchema)]
pub(super) struct MailTested {
    /// `null`: the server has taken it.
    #[schema(required)]
    problem: Option<MailTrouble>,
}

/// Why a letter was not sent.
#[derive(Serialize, ToSchema)]
struct MailTrouble {
    /// What has to be put right: `unreachable`, `tls`, `sign_in`, `refused`, `busy`, `settings`.
    #[schema(example = "sign_in")]
    kind: &'static str,
    /// The server's words, or the network's. Data: to be shown as text.
    words: String,
}

/// Sends a test letter over the server that is set up, and tells whether it was taken.
#[utoipa::path(
    post,
    path = "/mail/test",
    tag = "mail",
    request_body = MailTest,
    responses((status = 200, description = "What became of it", body = MailTested)),
)]
pub(super) async fn test_mail(
    admin: Admin,
    Body(wanted): Body<MailTest>,
) -> Result<Json<MailTested>, Problem> {
    let mut fields = FieldProblems::default();
    let to = input::email(&mut fields, "/to", &wanted.to);
    fields.finish()?;
    let subject = "Linecard: test / 测试".to_owned();
    let text = "This is a test by Linecard: mail works.\nLinecard 测试邮件：邮件发送正常。\n";
    let mail = admin.flow().mail();
    let sent = mail.send(vec![to], subject, text.to_owned());
    let problem = match sent.await {
        Ok(()) => None,
        Err(SendMailError::Mail(error)) => Some(MailTrouble {
            kind: error.problem.as_str(),
            words: error.words,
        }),
        Err(error @ SendMailError::NotSetUp) => {
            return Err(Problem::new(StatusCode::CONFLICT, "not_set_up", error));
        }
        Err(SendMailError::Store(error)) => return Err(error.into()),
    };
    Ok(Json(MailTested { problem }))
}
