//! Which account a person of the provider has.

use linecard_oidc::Person;
use linecard_store::{Account, AuditKind, CreateAccountError, Deed, NewAccount, Role, UnitOfWork};

use super::outcome::Outcome;
use super::{Newcomers, SingleSignOn};

/// The person's account; one is made where newcomers become agents.
pub(super) async fn account_of(
    work: &mut UnitOfWork,
    settings: &SingleSignOn,
    person: &Person,
) -> Result<Account, Outcome> {
    if let Some(account) = work.accounts().by_email(&person.email).await? {
        if account.disabled.is_some() {
            return Err(Outcome::Disabled);
        }
        return Ok(account);
    }
    let not_invited = || Outcome::NotInvited(person.email.clone());
    if settings.newcomers == Newcomers::Refused {
        return Err(not_invited());
    }
    let wanted = person.email.to_lowercase();
    let mut seats = work.extensions().list().await?;
    seats.retain(|seat| {
        let email = seat.email.as_deref().unwrap_or_default();
        email.trim().to_lowercase() == wanted
    });
    // With two of them nobody can say which is meant.
    let [seat] = <[_; 1]>::try_from(seats).map_err(|_| not_invited())?;
    let name = [person.name.clone().unwrap_or_default(), seat.name]
        .into_iter()
        .find(|name| !name.trim().is_empty());
    let made = work
        .accounts()
        .create(NewAccount {
            email: person.email.clone(),
            name: name.unwrap_or_else(|| person.email.clone()),
            role: Role::Agent,
            extension: Some(seat.number),
            language: None,
            password_hash: None,
        })
        .await;
    let account = match made {
        Ok(account) => account,
        // Made in this very moment by another browser of the same person: they try again.
        Err(CreateAccountError::EmailTaken) => return Err(Outcome::NotBegunHere),
        Err(CreateAccountError::Store(error)) => return Err(error.into()),
    };
    work.audit()
        .done(&Deed {
            account: account.id,
            kind: AuditKind::AccountCreate,
            subject: account.email.clone(),
            amount: None,
        })
        .await?;
    Ok(account)
}
