//! Changes what the company asks of a sign-in.

use axum::Json;
use axum::http::StatusCode;
use linecard_store::{AuditKind, Deed};

use super::SignInRules;
use crate::access::AdminInPerson;
use crate::body::Body;
use crate::problem::Problem;
use crate::sign_in_rules;

/// What the audit log calls them.
const SUBJECT: &str = "sign-in";

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("Set up a second factor for your own account first, or you would be shut out.")]
    OwnFirst,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(StatusCode::CONFLICT, "own_second_factor_first", error)
    }
}

/// Changes what the company asks of a sign-in, at once and for those who are signed in, too.
#[utoipa::path(
    put,
    path = "/sign-in-rules",
    tag = "accounts",
    request_body = SignInRules,
    responses((status = 200, description = "The rules now", body = SignInRules)),
)]
pub(super) async fn put_sign_in_rules(
    AdminInPerson(admin): AdminInPerson,
    Body(wanted): Body<SignInRules>,
) -> Result<Json<SignInRules>, Problem> {
    if wanted.second_factor_for_admins && !admin.account.second_factor {
        return Err(Error::OwnFirst.into());
    }
    let mut work = admin.flow().store().begin().await?;
    let before = sign_in_rules::SignInRules::read(&mut work).await?;
    if before.version != wanted.version {
        let last = work
            .audit()
            .last(AuditKind::SignInRulesChange, SUBJECT)
            .await?;
        return Err(Problem::changed_meanwhile(last));
    }
    let rules = sign_in_rules::SignInRules {
        second_factor_for_admins: wanted.second_factor_for_admins,
        version: before.version + 1,
    };
    rules.keep(&mut work).await?;
    work.audit()
        .done(&Deed {
            account: admin.account.id,
            kind: AuditKind::SignInRulesChange,
            subject: SUBJECT.to_owned(),
            amount: None,
        })
        .await?;
    work.commit().await?;
    Ok(Json(rules.into()))
}
