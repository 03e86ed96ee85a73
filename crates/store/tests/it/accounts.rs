//! The people who sign in.

use linecard_store::{CreateAccountError, Role};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{account, extension, nobody};

on_both_databases!(
    an_account_reads_back_as_it_was_made,
    an_email_address_belongs_to_one_account_in_any_spelling,
    the_refused_account_leaves_the_unit_of_work_usable,
    a_password_and_a_language_can_be_changed,
    an_account_without_a_password_has_none,
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
