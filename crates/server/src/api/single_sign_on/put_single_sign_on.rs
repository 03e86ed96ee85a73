//! Changes how people sign in at the identity provider.

use axum::Json;
use linecard_store::{AccountId, AuditKind, Deed, Role, StoreError, UnitOfWork};
use serde::Deserialize;
use url::Url;
use utoipa::ToSchema;

use super::{Newcomers, SingleSignOn};
use crate::access::AdminInPerson;
use crate::api::input;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};
use crate::single_sign_on;

/// What the audit log calls it.
const SUBJECT: &str = "single-sign-on";
/// The most bytes of an address, a name at the provider, a secret.
const LONGEST: usize = 2_000;

/// How people are to sign in at the identity provider.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WantedSingleSignOn {
    /// Whether the sign-in pages offer it.
    enabled: bool,
    /// What the button calls the provider.
    name: String,
    /// The provider's issuer, letter for letter.
    issuer: String,
    /// Linecard's name at the provider.
    client_id: String,
    /// What proves it: sealed, never shown. Left out: as it was; empty: none.
    client_secret: Option<String>,
    /// What becomes of people without an account.
    newcomers: Newcomers,
    /// The only account whose password is to count; it must be an administrator's and have one.
    password_only_for: Option<String>,
    /// The version that was read; 0 before the first.
    version: i64,
}

impl WantedSingleSignOn {
    async fn check(
        &self,
        work: &mut UnitOfWork,
        fields: &mut FieldProblems,
    ) -> Result<single_sign_on::SingleSignOn, StoreError> {
        let name = input::name(fields, "/name", &self.name);
        let issuer = self.issuer.trim().to_owned();
        let address = Url::parse(&issuer).ok();
        if issuer.is_empty() {
            fields.add("/issuer", "required", "The issuer is needed.");
        } else if !address.is_some_and(|it| matches!(it.scheme(), "http" | "https")) {
            let detail = "An issuer is an address such as https://login.example.com.";
            fields.add("/issuer", "address_invalid", detail);
        }
        let client_id = self.client_id.trim().to_owned();
        if client_id.is_empty() {
            fields.add("/client_id", "required", "The client ID is needed.");
        }
        let secret = self.client_secret.as_deref().unwrap_or_default();
        for (path, text) in [
            ("/issuer", issuer.as_str()),
            ("/client_id", client_id.as_str()),
            ("/client_secret", secret),
        ] {
            if text.len() > LONGEST {
                fields.add(path, "too_long", format_args!("At most {LONGEST} bytes."));
            } else if text.chars().any(char::is_control) {
                fields.add(path, "one_line", "This must stand on one line.");
            }
        }
        let password_only_for = match &self.password_only_for {
            Some(id) => emergency(work, id).await?,
            None => None,
        };
        if self.password_only_for.is_some() && password_only_for.is_none() {
            let detail = "Choose an administrator who may sign in and has a password.";
            fields.add("/password_only_for", "no_emergency_account", detail);
        }
        Ok(single_sign_on::SingleSignOn {
            enabled: self.enabled,
            name,
            issuer,
            client_id,
            newcomers: self.newcomers.into(),
            password_only_for,
            version: self.version + 1,
        })
    }
}

/// The account, if it can sign in while the provider is down and set Linecard up then.
async fn emergency(work: &mut UnitOfWork, id: &str) -> Result<Option<AccountId>, StoreError> {
    let Ok(id) = id.parse::<AccountId>() else {
        return Ok(None);
    };
    let account = work.accounts().by_id(id).await?;
    let is_admin = account.is_some_and(|it| it.role == Role::Admin && it.disabled.is_none());
    let has_password = work.accounts().password_hash(id).await?.is_some();
    Ok((is_admin && has_password).then_some(id))
}

/// Changes how people sign in at the identity provider, from the next sign-in on. Who is signed in
/// stays so.
#[utoipa::path(
    put,
    path = "/single-sign-on",
    tag = "accounts",
    request_body = WantedSingleSignOn,
    responses((status = 200, description = "What is set up now", body = SingleSignOn)),
)]
pub(super) async fn put_single_sign_on(
    AdminInPerson(admin): AdminInPerson,
    Body(wanted): Body<WantedSingleSignOn>,
) -> Result<Json<SingleSignOn>, Problem> {
    let mut work = admin.flow().store().begin().await?;
    let mut fields = FieldProblems::default();
    let settings = wanted.check(&mut work, &mut fields).await?;
    fields.finish()?;
    let before = single_sign_on::SingleSignOn::read(&mut work).await?;
    if before.version != wanted.version {
        let kind = AuditKind::SingleSignOnChange;
        let last = work.audit().last(kind, SUBJECT).await?;
        return Err(Problem::changed_meanwhile(last));
    }
    settings
        .keep(&mut work, wanted.client_secret.as_deref())
        .await?;
    work.audit()
        .done(&Deed {
            account: admin.account.id,
            kind: AuditKind::SingleSignOnChange,
            subject: SUBJECT.to_owned(),
            amount: None,
        })
        .await?;
    let now = SingleSignOn::read(&mut work, &admin.app().home).await?;
    work.commit().await?;
    Ok(Json(now))
}
