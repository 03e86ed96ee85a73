//! Makes a backup and gives it as a file.

use axum::Extension;
use axum::http::StatusCode;
use axum::response::Response;
use linecard_store::{AuditKind, Passphrase};
use serde::Deserialize;
use utoipa::ToSchema;

use super::outlet::outlet;
use crate::access::{Admin, AdminInPerson};
use crate::api::change;
use crate::api::imports::download;
use crate::body::Body;
use crate::password::PasswordError;
use crate::problem::{FieldProblem, Problem};
use crate::second_factor;
use crate::single_sign_on::SingleSignOn;
use crate::state::Peer;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("This is not your password.")]
    WrongPassword,
    #[error(
        "You sign in without a password here, so nothing can be asked before a backup. Make it on \
         the server, with `linecard backup`."
    )]
    NoPassword,
    #[error("A backup is being made already. Wait until it is done.")]
    Busy,
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::WrongPassword => Self::invalid(vec![FieldProblem {
                path: "/password".to_owned(),
                code: "wrong_current_password",
                detail: error.to_string(),
            }]),
            Error::NoPassword => Self::new(StatusCode::FORBIDDEN, "backup_needs_password", error),
            Error::Busy => Self::new(StatusCode::CONFLICT, "backup_under_way", error),
            Error::Password(error) => error.into(),
        }
    }
}

/// Who asks for a backup, once more, and what is to lock it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MakeBackup {
    /// One's own password.
    password: String,
    /// Where the account has a second factor: a code of its app, or a recovery code. Without it
    /// the answer is the problem `code_needed`.
    #[serde(default)]
    code: Option<String>,
    /// What locks the file: at least 16 characters. Nobody can open the file without it.
    passphrase: String,
}

/// Everything that is kept, as one file that only the passphrase opens (age). A download that broke
/// off is no backup.
#[utoipa::path(
    post,
    path = "/backups",
    tag = "backups",
    request_body = MakeBackup,
    responses((
        status = 200,
        description = "The file",
        body = Vec<u8>,
        content_type = "application/octet-stream",
    )),
)]
pub(super) async fn make_backup(
    AdminInPerson(admin): AdminInPerson,
    Extension(peer): Extension<Peer>,
    Body(wanted): Body<MakeBackup>,
) -> Result<Response, Problem> {
    let passphrase = Passphrase::new(wanted.passphrase).map_err(|weak| {
        Problem::invalid(vec![FieldProblem {
            path: "/passphrase".to_owned(),
            code: "weak_passphrase",
            detail: weak.to_string(),
        }])
    })?;
    signs_in_again(&admin, peer, wanted.password, wanted.code.as_deref()).await?;
    let turn = admin.app().backups.clone().try_acquire_owned();
    let turn = turn.map_err(|_| Error::Busy)?;
    change::written(&admin, AuditKind::BackupMake, "").await?;
    let (flow, (outlet, body)) = (admin.flow().clone(), outlet());
    let made = flow.clock().now().strftime("%Y-%m-%d-%H%M").to_string();
    tokio::spawn(async move {
        let done = flow.store().back_up(passphrase, outlet.clone()).await;
        if let Err(error) = done {
            tracing::error!(%error, "a backup could not be made");
            outlet.break_off().await;
        }
        drop(turn);
    });
    let (name, media) = (format!("linecard-{made}"), "application/octet-stream");
    Ok(download(&name, "backup", media, body))
}

/// Whether it is really the admin who sits there, and not somebody who found the page open.
async fn signs_in_again(
    admin: &Admin,
    Peer(address): Peer,
    password: String,
    code: Option<&str>,
) -> Result<(), Problem> {
    let (app, account) = (admin.app(), &admin.account);
    let now = app.flow.clock().now();
    let mut work = app.flow.store().begin().await?;
    let rules = SingleSignOn::read(&mut work).await?;
    let hash = work.accounts().password_hash(account.id).await?;
    drop(work);
    if hash.is_none() || !rules.allows_password(account.id) {
        return Err(Error::NoPassword.into());
    }
    app.attempts.begin(&account.email, address, now)?;
    let is_right = app.passwords.is_right(password, hash).await;
    if !is_right.map_err(Error::Password)? {
        return Err(Error::WrongPassword.into());
    }
    let mut work = app.flow.store().begin().await?;
    second_factor::check(&mut work, account, code, now).await?;
    work.commit().await?;
    app.attempts.succeeded(&account.email, address);
    Ok(())
}
