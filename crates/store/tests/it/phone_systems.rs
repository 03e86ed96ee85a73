//! The phone systems that are linked.

use jiff::Timestamp;
use linecard_store::{Heard, UpdateError};

use crate::fixture::{Fixture, START, on_both_databases};
use crate::samples::texts;

on_both_databases!(
    a_phone_system_reads_back_and_shows_no_secret_unasked,
    a_change_keeps_the_secrets_that_are_not_named,
    an_empty_secret_removes_it,
    the_second_of_two_admins_is_told_that_somebody_was_first,
    a_phone_system_that_was_removed_is_gone_with_its_secrets,
    x15_what_was_heard_begins_with_the_first_link_and_goes_on_from_there,
);

async fn a_phone_system_reads_back_and_shows_no_secret_unasked(fixture: &Fixture) {
    let made = fixture.phone_system().await;
    assert_eq!((made.kind.as_str(), made.version), ("asterisk", 1));
    assert_eq!(
        made.settings,
        texts(&[("host", "pbx.example"), ("port", "5038")])
    );

    let mut unit = fixture.read().await;
    let mut systems = unit.phone_systems();
    assert_eq!(systems.get(made.id).await.unwrap(), Some(made.clone()));
    assert_eq!(systems.list().await.unwrap(), std::slice::from_ref(&made));
    let secrets = systems.secrets(made.id).await.unwrap();
    assert_eq!(secrets, texts(&[("secret", "ami-secret-in-clear")]));
}

async fn a_change_keeps_the_secrets_that_are_not_named(fixture: &Fixture) {
    let id = fixture.phone_system().await.id;
    let settings = texts(&[("host", "other.example")]);
    let secrets = texts(&[("tls_key", "k")]);
    let mut unit = fixture.begin().await;
    let mut systems = unit.phone_systems();
    systems
        .update(id, 1, "Branch", &settings, &secrets)
        .await
        .unwrap();

    let changed = systems.get(id).await.unwrap().unwrap();
    assert_eq!((changed.name.as_str(), changed.version), ("Branch", 2));
    assert_eq!(changed.settings, settings);
    let all = texts(&[("secret", "ami-secret-in-clear"), ("tls_key", "k")]);
    assert_eq!(systems.secrets(id).await.unwrap(), all);
}

async fn an_empty_secret_removes_it(fixture: &Fixture) {
    let made = fixture.phone_system().await;
    let mut unit = fixture.begin().await;
    let mut systems = unit.phone_systems();
    let empty = texts(&[("secret", "")]);
    systems
        .update(made.id, 1, &made.name, &made.settings, &empty)
        .await
        .unwrap();
    assert_eq!(systems.secrets(made.id).await.unwrap(), texts(&[]));
}

async fn the_second_of_two_admins_is_told_that_somebody_was_first(fixture: &Fixture) {
    let made = fixture.phone_system().await;
    let mut unit = fixture.begin().await;
    let mut systems = unit.phone_systems();
    let none = texts(&[]);
    systems
        .update(made.id, 1, "First", &made.settings, &none)
        .await
        .unwrap();
    let second = systems
        .update(made.id, 1, "Second", &made.settings, &none)
        .await;
    assert!(matches!(second, Err(UpdateError::Conflict)));
    assert_eq!(systems.get(made.id).await.unwrap().unwrap().name, "First");
}

async fn a_phone_system_that_was_removed_is_gone_with_its_secrets(fixture: &Fixture) {
    let made = fixture.phone_system().await;
    let mut unit = fixture.begin().await;
    let mut systems = unit.phone_systems();
    systems.delete(made.id).await.unwrap();
    assert_eq!(systems.get(made.id).await.unwrap(), None);
    assert_eq!(systems.secrets(made.id).await.unwrap(), texts(&[]));
    let late = systems
        .update(made.id, 1, "Late", &made.settings, &texts(&[]))
        .await;
    assert!(matches!(late, Err(UpdateError::Conflict)));
}

async fn x15_what_was_heard_begins_with_the_first_link_and_goes_on_from_there(fixture: &Fixture) {
    let id = fixture.phone_system().await.id;
    let at = |seconds| Timestamp::from_second(START + seconds).unwrap();
    let mut unit = fixture.begin().await;
    let mut systems = unit.phone_systems();
    assert_eq!(systems.heard(id).await.unwrap(), None);
    systems.set_heard(id, at(0)).await.unwrap();
    systems.set_heard(id, at(60)).await.unwrap();
    let (since, until) = (at(0), at(60));
    assert_eq!(
        systems.heard(id).await.unwrap(),
        Some(Heard { since, until })
    );
    // It is no change that an admin made.
    assert_eq!(systems.get(id).await.unwrap().unwrap().version, 1);
}
