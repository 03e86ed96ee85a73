//! Sessions, one-time links, and consents that are under way.

use linecard_store::{LinkPurpose, NewAuthorization};

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(
    a_session_is_found_until_it_expires,
    a_session_that_was_ended_is_not_found,
    expired_sessions_are_removed_and_the_others_stay,
    a_one_time_link_works_once,
    a_one_time_link_that_has_expired_does_not_work,
    looking_at_a_one_time_link_leaves_it,
    set_up_links_go_and_sign_in_links_stay,
    a11_an_oauth_state_works_once,
    a11_an_oauth_state_that_has_expired_does_not_work,
    expired_consents_are_removed_and_the_others_stay,
);

const TOKEN: &[u8] = &[1; 32];
const OTHER: &[u8] = &[2; 32];

async fn a_session_is_found_until_it_expires(fixture: &Fixture) {
    let account = fixture.account().await;
    let mut unit = fixture.begin().await;
    let expires = fixture.later(60);
    unit.sessions()
        .create(TOKEN, account.id, expires)
        .await
        .unwrap();

    let (session, whose) = unit
        .sessions()
        .find(TOKEN, fixture.later(59))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(whose, account);
    assert_eq!(session.account, account.id);
    assert_eq!(session.created, fixture.now());
    assert_eq!(session.expires, expires);
    assert_eq!(unit.sessions().find(TOKEN, expires).await.unwrap(), None);
    assert_eq!(
        unit.sessions().find(OTHER, fixture.now()).await.unwrap(),
        None
    );
}

async fn a_session_that_was_ended_is_not_found(fixture: &Fixture) {
    let account = fixture.account().await;
    let mut unit = fixture.begin().await;
    unit.sessions()
        .create(TOKEN, account.id, fixture.later(60))
        .await
        .unwrap();
    unit.sessions().delete(TOKEN).await.unwrap();
    assert_eq!(
        unit.sessions().find(TOKEN, fixture.now()).await.unwrap(),
        None
    );
}

async fn expired_sessions_are_removed_and_the_others_stay(fixture: &Fixture) {
    let account = fixture.account().await;
    let mut unit = fixture.begin().await;
    unit.sessions()
        .create(TOKEN, account.id, fixture.later(60))
        .await
        .unwrap();
    unit.sessions()
        .create(OTHER, account.id, fixture.later(61))
        .await
        .unwrap();
    assert_eq!(
        unit.sessions()
            .delete_expired(fixture.later(60))
            .await
            .unwrap(),
        1
    );
    assert!(
        unit.sessions()
            .find(OTHER, fixture.now())
            .await
            .unwrap()
            .is_some()
    );
}

async fn a_one_time_link_works_once(fixture: &Fixture) {
    let purpose = LinkPurpose::SignIn(fixture.account().await.id);
    let mut unit = fixture.begin().await;
    let mut links = unit.sign_in_links();
    links
        .create(TOKEN, purpose, fixture.later(60))
        .await
        .unwrap();
    assert_eq!(links.take(OTHER, fixture.now()).await.unwrap(), None);
    assert_eq!(
        links.take(TOKEN, fixture.now()).await.unwrap(),
        Some(purpose)
    );
    assert_eq!(links.take(TOKEN, fixture.now()).await.unwrap(), None);
}

async fn a_one_time_link_that_has_expired_does_not_work(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut links = unit.sign_in_links();
    let expires = fixture.later(60);
    links
        .create(TOKEN, LinkPurpose::SetUp, expires)
        .await
        .unwrap();
    assert_eq!(links.peek(TOKEN, expires).await.unwrap(), None);
    assert_eq!(links.take(TOKEN, expires).await.unwrap(), None);
}

async fn looking_at_a_one_time_link_leaves_it(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let mut links = unit.sign_in_links();
    links
        .create(TOKEN, LinkPurpose::SetUp, fixture.later(60))
        .await
        .unwrap();
    for _ in 0..2 {
        let seen = links.peek(TOKEN, fixture.now()).await.unwrap();
        assert_eq!(seen, Some(LinkPurpose::SetUp));
    }
    assert_eq!(
        links.take(TOKEN, fixture.now()).await.unwrap(),
        Some(LinkPurpose::SetUp)
    );
}

async fn set_up_links_go_and_sign_in_links_stay(fixture: &Fixture) {
    let purpose = LinkPurpose::SignIn(fixture.account().await.id);
    let mut unit = fixture.begin().await;
    let mut links = unit.sign_in_links();
    links
        .create(TOKEN, LinkPurpose::SetUp, fixture.later(60))
        .await
        .unwrap();
    links
        .create(OTHER, purpose, fixture.later(60))
        .await
        .unwrap();
    links.delete_purpose_set_up().await.unwrap();
    assert_eq!(links.peek(TOKEN, fixture.now()).await.unwrap(), None);
    assert_eq!(
        links.peek(OTHER, fixture.now()).await.unwrap(),
        Some(purpose)
    );
}

async fn authorization(fixture: &Fixture, state: &[u8], seconds: i64) -> NewAuthorization {
    let mut unit = fixture.read().await;
    let account = unit
        .accounts()
        .by_email("ada@example.com")
        .await
        .unwrap()
        .unwrap();
    let connection = unit
        .connections()
        .by_kind("salesforce")
        .await
        .unwrap()
        .unwrap();
    NewAuthorization {
        state_sha256: state.to_vec(),
        connection: connection.id,
        account: account.id,
        redirect_uri: "http://127.0.0.1:8080/back?a=b".parse().unwrap(),
        verifier: "verifier-in-clear".to_owned(),
        expires: fixture.later(seconds),
    }
}

async fn a11_an_oauth_state_works_once(fixture: &Fixture) {
    fixture.account().await;
    fixture.connection().await;
    let new = authorization(fixture, TOKEN, 60).await;
    let mut unit = fixture.begin().await;
    let mut authorizations = unit.authorizations();
    authorizations.create(new.clone()).await.unwrap();
    assert!(
        authorizations
            .take(OTHER, fixture.now())
            .await
            .unwrap()
            .is_none()
    );

    let taken = authorizations
        .take(TOKEN, fixture.now())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(taken.connection, new.connection);
    assert_eq!(taken.account, new.account);
    assert_eq!(taken.redirect_uri, new.redirect_uri);
    assert_eq!(taken.verifier, new.verifier);
    assert_eq!(taken.expires, new.expires);
    assert!(
        authorizations
            .take(TOKEN, fixture.now())
            .await
            .unwrap()
            .is_none()
    );
}

async fn a11_an_oauth_state_that_has_expired_does_not_work(fixture: &Fixture) {
    fixture.account().await;
    fixture.connection().await;
    let new = authorization(fixture, TOKEN, 60).await;
    let mut unit = fixture.begin().await;
    let mut authorizations = unit.authorizations();
    authorizations.create(new).await.unwrap();
    assert!(
        authorizations
            .take(TOKEN, fixture.later(60))
            .await
            .unwrap()
            .is_none()
    );
    // It is gone, not merely hidden.
    assert!(
        authorizations
            .take(TOKEN, fixture.now())
            .await
            .unwrap()
            .is_none()
    );
}

async fn expired_consents_are_removed_and_the_others_stay(fixture: &Fixture) {
    fixture.account().await;
    fixture.connection().await;
    let (old, young) = (
        authorization(fixture, TOKEN, 60).await,
        authorization(fixture, OTHER, 61).await,
    );
    let mut unit = fixture.begin().await;
    let mut authorizations = unit.authorizations();
    authorizations.create(old).await.unwrap();
    authorizations.create(young).await.unwrap();
    assert_eq!(
        authorizations
            .delete_expired(fixture.later(60))
            .await
            .unwrap(),
        1
    );
    assert!(
        authorizations
            .take(OTHER, fixture.now())
            .await
            .unwrap()
            .is_some()
    );
}
