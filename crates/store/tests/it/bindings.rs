//! Which extension is whose in a CRM.

use std::pin::pin;
use std::time::Duration;

use linecard_store::{Binding, ConnectionId, ReplaceBindingsError};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::extension;

on_both_databases!(
    b2_a_user_may_have_several_extensions,
    b2_an_extension_belongs_to_one_user_of_a_crm,
    the_bindings_are_replaced_as_a_whole,
    of_two_who_look_before_they_replace_one_waits_and_sees_the_others,
    the_same_extension_may_be_bound_in_two_crms,
);

fn bind(connection: ConnectionId, crm_user: &str, digits: &str) -> Binding {
    Binding {
        connection,
        crm_user: crm_user.to_owned(),
        extension: extension(digits),
    }
}

async fn b2_a_user_may_have_several_extensions(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let all = vec![bind(id, "1", "101"), bind(id, "1", "102")];
    let mut unit = fixture.begin().await;
    let mut bindings = unit.bindings();
    bindings.replace(id, all.clone()).await.unwrap();
    assert_eq!(bindings.list(id).await.unwrap(), all);
    for digits in ["101", "102"] {
        let user = bindings
            .for_extension(id, &extension(digits))
            .await
            .unwrap();
        assert_eq!(user.as_deref(), Some("1"));
    }
    let user = bindings.for_extension(id, &extension("103")).await.unwrap();
    assert_eq!(user, None);
}

async fn b2_an_extension_belongs_to_one_user_of_a_crm(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let kept = vec![bind(id, "1", "101")];
    let mut unit = fixture.begin().await;
    unit.bindings().replace(id, kept.clone()).await.unwrap();
    unit.commit().await.unwrap();

    let mut unit = fixture.begin().await;
    let twice = vec![bind(id, "1", "102"), bind(id, "2", "102")];
    let refused = unit.bindings().replace(id, twice).await;
    let Err(ReplaceBindingsError::ExtensionTwice(which)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(which, extension("102"));
    drop(unit);
    assert_eq!(
        fixture.read().await.bindings().list(id).await.unwrap(),
        kept
    );
}

async fn the_bindings_are_replaced_as_a_whole(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let mut bindings = unit.bindings();
    let old = vec![bind(id, "1", "101"), bind(id, "2", "102")];
    bindings.replace(id, old).await.unwrap();
    bindings
        .replace(id, vec![bind(id, "2", "101")])
        .await
        .unwrap();
    assert_eq!(bindings.list(id).await.unwrap(), [bind(id, "2", "101")]);
}

async fn the_same_extension_may_be_bound_in_two_crms(fixture: &Fixture) {
    let (one, two) = (fixture.connection().await.id, fixture.connection().await.id);
    let mut unit = fixture.begin().await;
    let mut bindings = unit.bindings();
    bindings
        .replace(one, vec![bind(one, "1", "101")])
        .await
        .unwrap();
    bindings
        .replace(two, vec![bind(two, "9", "101")])
        .await
        .unwrap();
    assert_eq!(bindings.list(one).await.unwrap(), [bind(one, "1", "101")]);
    let user = bindings
        .for_extension(two, &extension("101"))
        .await
        .unwrap();
    assert_eq!(user.as_deref(), Some("9"));
}

async fn of_two_who_look_before_they_replace_one_waits_and_sees_the_others(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let mut first = fixture.begin().await;
    first.bindings().one_at_a_time(id).await.unwrap();
    let second = async {
        let mut unit = fixture.begin().await;
        unit.bindings().one_at_a_time(id).await.unwrap();
        unit.bindings().list(id).await.unwrap()
    };
    let mut second = pin!(second);
    let early = tokio::time::timeout(Duration::from_millis(200), second.as_mut()).await;
    assert!(early.is_err(), "it did not wait: {early:?}");
    let all = vec![bind(id, "1", "101")];
    first.bindings().replace(id, all.clone()).await.unwrap();
    first.commit().await.unwrap();
    assert_eq!(second.await, all);
}
