//! The people who can sign in.

mod change_account;
mod create_account;
mod create_account_link;
mod delete_account;
mod delete_second_factor;
mod disable_account;
mod enable_account;
mod import_accounts;
mod invitation;
mod invite_account;
mod list_accounts;
mod people_list;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use jiff::Timestamp;
use linecard_flow::Flow;
use linecard_number::Extension;
use linecard_store::{
    AccountId, AuditKind, ChangeAccountError, CreateAccountError, Deed, Invited, StoreError,
    UnitOfWork,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::invitation::AccountInvitation;
use super::Language;
use crate::access::Admin;
use crate::problem::{FieldProblems, Problem};
use crate::single_sign_on::SingleSignOn;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    let lists = OpenApiRouter::new()
        .routes(routes!(import_accounts::import_accounts))
        .layer(DefaultBodyLimit::max(import_accounts::LONGEST));
    OpenApiRouter::new()
        .routes(routes!(list_accounts::list_accounts))
        .routes(routes!(create_account::create_account))
        .routes(routes!(
            change_account::change_account,
            delete_account::delete_account
        ))
        .routes(routes!(disable_account::disable_account))
        .routes(routes!(enable_account::enable_account))
        .routes(routes!(create_account_link::create_account_link))
        .routes(routes!(invite_account::invite_account))
        .merge(lists)
        .routes(routes!(delete_second_factor::delete_second_factor))
}

/// Somebody who can sign in.
#[derive(Serialize, ToSchema)]
pub(super) struct Account {
    /// Its id.
    id: String,
    /// What the person signs in with.
    email: String,
    /// The person's name.
    name: String,
    /// What the person may do.
    role: Role,
    /// The person's phone; without one there is no Desk.
    #[schema(required, example = "101")]
    extension: Option<String>,
    /// The language chosen; `null`: the browser's.
    #[schema(required)]
    language: Option<Language>,
    /// Since when the person may not sign in.
    #[schema(required)]
    disabled: Option<Timestamp>,
    /// When the person signed in last.
    #[schema(required)]
    last_sign_in: Option<Timestamp>,
    /// Whether a code is asked for at the sign-in, besides the password.
    second_factor: bool,
    /// How far the person's invitation has come.
    invitation: AccountInvitation,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    /// Everything.
    Admin,
    /// See everybody's calls, the figures and the health; change nothing of the set-up.
    Supervisor,
    /// Handle the calls of one extension.
    Agent,
}

/// What can go wrong with an account that is named.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("There is no such account; somebody may have removed it.")]
    Unknown,
    #[error(
        "You cannot do this to your own account: you would lock yourself out. Ask another admin."
    )]
    OwnAccount,
    #[error(
        "This is the account that signs in by password when the identity provider is down. Choose \
         another one under Single sign-on first."
    )]
    Emergency,
    #[error(
        "No mail server is set up, so nothing can be mailed. Fill one in under Settings > Mail, or \
         hand the link over yourself."
    )]
    NoMail,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Unknown => Self::new(StatusCode::NOT_FOUND, "not_found", error),
            Error::OwnAccount => Self::new(StatusCode::CONFLICT, "own_account", error),
            Error::Emergency => Self::new(StatusCode::CONFLICT, "emergency_account", error),
            Error::NoMail => Self::new(StatusCode::CONFLICT, "mail_not_set_up", error),
        }
    }
}

/// The account of this id. Text that is no id names none.
async fn find(work: &mut UnitOfWork, id: &str) -> Result<linecard_store::Account, Problem> {
    let id: AccountId = id.parse().map_err(|_| Error::Unknown)?;
    let account = work.accounts().by_id(id).await?;
    Ok(account.ok_or(Error::Unknown)?)
}

/// The same, unless it is the admin's own: there is always an admin left that way.
async fn find_other(
    work: &mut UnitOfWork,
    admin: &Admin,
    id: &str,
) -> Result<linecard_store::Account, Problem> {
    let account = find(work, id).await?;
    if account.id == admin.account.id {
        return Err(Error::OwnAccount.into());
    }
    Ok(account)
}

/// Refuses what would leave nobody who can sign in while the identity provider is down.
async fn not_in_emergency(work: &mut UnitOfWork, id: AccountId) -> Result<(), Problem> {
    if SingleSignOn::read(work).await?.password_only_for == Some(id) {
        return Err(Error::Emergency.into());
    }
    Ok(())
}

/// What the audit log says of it.
fn deed(admin: &Admin, kind: AuditKind, account: &linecard_store::Account) -> Deed {
    Deed {
        account: admin.account.id,
        kind,
        subject: account.email.clone(),
        amount: None,
    }
}

/// Mail can be sent, or nothing is to be mailed.
async fn must_have_mail(work: &mut UnitOfWork, flow: &Flow) -> Result<(), Problem> {
    match flow.mail().settings(work).await? {
        Some(_) => Ok(()),
        None => Err(Error::NoMail.into()),
    }
}

/// The extension wanted; an agent without one could do nothing.
fn extension(fields: &mut FieldProblems, wanted: Option<String>, role: Role) -> Option<Extension> {
    let extension = wanted.filter(|it| !it.is_empty()).and_then(|extension| {
        fields.take(
            "/extension",
            "not_an_extension",
            Extension::try_from(extension),
        )
    });
    if role == Role::Agent && extension.is_none() {
        fields.add("/extension", "required", "An agent needs an extension.");
    }
    extension
}

impl From<ChangeAccountError> for Problem {
    fn from(error: ChangeAccountError) -> Self {
        match error {
            ChangeAccountError::EmailTaken => CreateAccountError::EmailTaken.into(),
            ChangeAccountError::Conflict => Self::changed_meanwhile(None),
            ChangeAccountError::Store(error) => error.into(),
        }
    }
}

impl From<CreateAccountError> for Problem {
    fn from(error: CreateAccountError) -> Self {
        match error {
            CreateAccountError::EmailTaken => Self::new(
                StatusCode::CONFLICT,
                "email_taken",
                "There is an account with this e-mail address already.",
            ),
            CreateAccountError::Store(error) => error.into(),
        }
    }
}

impl Account {
    /// The account as it is told, with how far its invitation has come.
    pub(super) async fn read(
        work: &mut UnitOfWork,
        account: linecard_store::Account,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let invited = work.invitations().of(account.id).await?;
        Ok(Self::of(account, invited, now))
    }

    fn of(account: linecard_store::Account, invited: Invited, now: Timestamp) -> Self {
        let has_signed_in = account.last_sign_in.is_some();
        Self {
            invitation: AccountInvitation::of(has_signed_in, invited, now),
            id: account.id.to_string(),
            email: account.email,
            name: account.name,
            role: account.role.into(),
            extension: account.extension.map(String::from),
            language: account.language.as_deref().and_then(Language::from_tag),
            disabled: account.disabled,
            last_sign_in: account.last_sign_in,
            second_factor: account.second_factor,
            version: account.version,
        }
    }
}

impl From<linecard_store::Role> for Role {
    fn from(role: linecard_store::Role) -> Self {
        match role {
            linecard_store::Role::Admin => Self::Admin,
            linecard_store::Role::Supervisor => Self::Supervisor,
            linecard_store::Role::Agent => Self::Agent,
        }
    }
}

impl From<Role> for linecard_store::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Supervisor => Self::Supervisor,
            Role::Agent => Self::Agent,
        }
    }
}
