//! The people who sign in.

use linecard_store::{AccountChange, ChangeAccountError, CreateAccountError, NewApiKey, Role};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{account, extension, nobody};

on_both_databases!(
    an_account_reads_back_as_it_was_made,
    an_email_address_belongs_to_one_account_in_any_spelling,
    the_refused_account_leaves_the_unit_of_work_usable,
    a_password_and_a_language_can_be_changed,
    an_account_without_a_password_has_none,
    a_change_is_refused_when_somebody_else_was_faster_or_the_address_is_taken,
    a_disabled_account_has_no_session_and_no_key_until_it_is_enabled,
    whatever_changes_what_an_account_may_changes_its_mark_and_no_other,
    a_removed_account_takes_everything_with_it_that_opens_a_door,
    a_second_factor_is_asked_for_once_it_was_confirmed,
    a_code_and_a_recovery_code_count_once,
);

async fn an_account_reads_back_as_it_was_made(fixture: &Fixture) {
    let made = fixture.account().await;
    assert_eq!(made.email, "ada@example.com");
    assert_eq!(made.role, Role::Admin);
    assert_eq!(made.extension, Some(extension("101")));
    assert_eq!(made.language.as_deref(), Some("zh-CN"));
    assert_eq!(made.created, fixture.now());

    let mut unit = fixture.read().await;
    assert_eq!(
        unit.accounts().by_id(made.id).await.unwrap(),
        Some(made.clone())
    );
    assert_eq!(unit.accounts().list().await.unwrap(), [made]);
    assert_eq!(unit.accounts().count().await.unwrap(), 1);
    assert_eq!(unit.accounts().by_id(nobody()).await.unwrap(), None);
}

async fn an_email_address_belongs_to_one_account_in_any_spelling(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let made = unit
        .accounts()
        .create(account("Zoë@Example.com"))
        .await
        .unwrap();
    assert_eq!(made.email, "Zoë@Example.com");
    let found = unit.accounts().by_email("ZOË@example.COM").await.unwrap();
    assert_eq!(found, Some(made));
    let again = unit.accounts().create(account("zoË@example.com")).await;
    assert!(matches!(again, Err(CreateAccountError::EmailTaken)));
}

async fn the_refused_account_leaves_the_unit_of_work_usable(fixture: &Fixture) {
    fixture.account().await;
    let mut unit = fixture.begin().await;
    let again = unit.accounts().create(account("ADA@example.com")).await;
    assert!(matches!(again, Err(CreateAccountError::EmailTaken)));
    unit.accounts()
        .create(account("bob@example.com"))
        .await
        .unwrap();
    unit.commit().await.unwrap();
    assert_eq!(fixture.read().await.accounts().count().await.unwrap(), 2);
}

async fn a_password_and_a_language_can_be_changed(fixture: &Fixture) {
    let id = fixture.account().await.id;
    let mut unit = fixture.begin().await;
    let hash = unit.accounts().password_hash(id).await.unwrap();
    assert_eq!(hash.as_deref(), Some("$argon2id$one"));
    unit.accounts()
        .set_password_hash(id, "$argon2id$two")
        .await
        .unwrap();
    unit.accounts().set_language(id, None).await.unwrap();
    unit.commit().await.unwrap();

    let mut unit = fixture.read().await;
    let hash = unit.accounts().password_hash(id).await.unwrap();
    assert_eq!(hash.as_deref(), Some("$argon2id$two"));
    assert_eq!(
        unit.accounts().by_id(id).await.unwrap().unwrap().language,
        None
    );
}

async fn an_account_without_a_password_has_none(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut new = account("bob@example.com");
    new.password_hash = None;
    let made = unit.accounts().create(new).await.unwrap();
    assert_eq!(unit.accounts().password_hash(made.id).await.unwrap(), None);
    assert_eq!(unit.accounts().password_hash(nobody()).await.unwrap(), None);
}

fn supervisor(email: &str) -> AccountChange {
    AccountChange {
        email: email.to_owned(),
        name: "Ada B.".to_owned(),
        role: Role::Supervisor,
        extension: None,
        language: None,
    }
}

async fn a_change_is_refused_when_somebody_else_was_faster_or_the_address_is_taken(
    fixture: &Fixture,
) {
    let id = fixture.account().await.id;
    let mut unit = fixture.begin().await;
    let mut accounts = unit.accounts();
    accounts.create(account("bob@example.com")).await.unwrap();
    let taken = accounts.change(id, 1, &supervisor("BOB@example.com")).await;
    assert!(matches!(taken, Err(ChangeAccountError::EmailTaken)));
    accounts
        .change(id, 1, &supervisor("ADA@example.com"))
        .await
        .unwrap();
    let late = accounts.change(id, 1, &supervisor("eve@example.com")).await;
    assert!(matches!(late, Err(ChangeAccountError::Conflict)));
    let changed = accounts.by_id(id).await.unwrap().unwrap();
    assert_eq!(changed.email, "ADA@example.com");
    assert_eq!(changed.role, Role::Supervisor);
    assert_eq!(changed.version, 2);
    assert_eq!(accounts.admins().await.unwrap(), 1);
}

fn key(account: linecard_store::AccountId) -> NewApiKey {
    NewApiKey {
        account,
        name: "Wallboard".to_owned(),
        role: Role::Supervisor,
        secret_sha256: vec![1; 32],
        ending: "x7Qp".to_owned(),
    }
}

async fn a_disabled_account_has_no_session_and_no_key_until_it_is_enabled(fixture: &Fixture) {
    let id = fixture.account().await.id;
    let mut unit = fixture.begin().await;
    let later = fixture.later(60);
    unit.sessions().create(&[2; 32], id, later).await.unwrap();
    let made = unit.api_keys().create(key(id)).await.unwrap();
    let now = fixture.now();
    unit.accounts().set_disabled(id, Some(now)).await.unwrap();
    assert_eq!(unit.sessions().find(&[2; 32], now).await.unwrap(), None);
    assert_eq!(unit.api_keys().find(&[1; 32]).await.unwrap(), None);
    let disabled = unit.accounts().by_id(id).await.unwrap().unwrap();
    assert_eq!(disabled.disabled, Some(now));
    assert_eq!(unit.accounts().admins().await.unwrap(), 0);

    unit.accounts().set_disabled(id, None).await.unwrap();
    let (found, whose) = unit.api_keys().find(&[1; 32]).await.unwrap().unwrap();
    assert_eq!((found, whose.id), (made.clone(), id));
    unit.api_keys().used(made.id).await.unwrap();
    let listed = unit.api_keys().list().await.unwrap();
    assert_eq!(listed[0].last_used, Some(now));
    let removed = unit.api_keys().delete(made.id).await.unwrap();
    assert_eq!(removed.map(|it| it.name).as_deref(), Some("Wallboard"));
    assert_eq!(unit.api_keys().delete(made.id).await.unwrap(), None);
}

async fn whatever_changes_what_an_account_may_changes_its_mark_and_no_other(fixture: &Fixture) {
    let id = fixture.account().await.id;
    let mut unit = fixture.begin().await;
    let other = unit.accounts().create(account("bob@example.com")).await;
    let other = other.unwrap().id;
    let first = unit.accounts().access_marks().await.unwrap();
    let later = fixture.later(60);
    unit.sessions().create(&[2; 32], id, later).await.unwrap();
    let signed_in = unit.accounts().access_marks().await.unwrap();
    assert_ne!(signed_in[&id], first[&id]);
    let now = fixture.now();
    unit.accounts().set_disabled(id, Some(now)).await.unwrap();
    let disabled = unit.accounts().access_marks().await.unwrap();
    assert_ne!(disabled[&id], signed_in[&id]);
    assert_eq!(disabled[&other], first[&other]);
    unit.accounts().delete(id).await.unwrap();
    let deleted = unit.accounts().access_marks().await.unwrap();
    assert_eq!(deleted.get(&id), None);
}

async fn a_removed_account_takes_everything_with_it_that_opens_a_door(fixture: &Fixture) {
    let id = fixture.account().await.id;
    let mut unit = fixture.begin().await;
    let later = fixture.later(60);
    unit.sessions().create(&[2; 32], id, later).await.unwrap();
    unit.api_keys().create(key(id)).await.unwrap();
    unit.second_factors().begin(id, "SECRET").await.unwrap();
    unit.accounts().delete(id).await.unwrap();
    let now = fixture.now();
    assert_eq!(unit.sessions().find(&[2; 32], now).await.unwrap(), None);
    assert_eq!(unit.api_keys().list().await.unwrap(), []);
    assert!(unit.second_factors().get(id).await.unwrap().is_none());
}

async fn a_second_factor_is_asked_for_once_it_was_confirmed(fixture: &Fixture) {
    let id = fixture.account().await.id;
    let mut unit = fixture.begin().await;
    assert!(unit.second_factors().begin(id, "ONE").await.unwrap());
    assert!(unit.second_factors().begin(id, "TWO").await.unwrap());
    let account = unit.accounts().by_id(id).await.unwrap().unwrap();
    assert!(!account.second_factor);
    unit.second_factors().confirm(id).await.unwrap();
    let account = unit.accounts().by_id(id).await.unwrap().unwrap();
    assert!(account.second_factor);
    // Nobody slips another secret under a person's sign-in.
    assert!(!unit.second_factors().begin(id, "THREE").await.unwrap());
    let factor = unit.second_factors().get(id).await.unwrap().unwrap();
    assert_eq!(factor.secret, "TWO");
    assert_eq!(factor.confirmed, Some(fixture.now()));
}

async fn a_code_and_a_recovery_code_count_once(fixture: &Fixture) {
    let id = fixture.account().await.id;
    let mut unit = fixture.begin().await;
    let mut factors = unit.second_factors();
    factors.begin(id, "SECRET").await.unwrap();
    assert!(factors.use_step(id, 10).await.unwrap());
    assert!(!factors.use_step(id, 10).await.unwrap());
    assert!(!factors.use_step(id, 9).await.unwrap());
    assert!(factors.use_step(id, 11).await.unwrap());

    let (one, two) = ([1; 32], [2; 32]);
    factors
        .replace_recovery_codes(id, &[one, two])
        .await
        .unwrap();
    assert!(factors.use_recovery_code(id, &one).await.unwrap());
    assert!(!factors.use_recovery_code(id, &one).await.unwrap());
    assert_eq!(factors.recovery_codes(id).await.unwrap(), 1);
    factors.replace_recovery_codes(id, &[one]).await.unwrap();
    assert!(!factors.use_recovery_code(id, &two).await.unwrap());
}
