//! What an admin chose for one connection.

use linecard_rules::{assign, create};
use linecard_store::{Chosen, UpdateError};

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(
    choices_start_with_the_default_and_count_their_changes,
    two_admins_do_not_overwrite_each_other,
    h4_choices_go_with_their_connection,
);

async fn choices_start_with_the_default_and_count_their_changes(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let first: Chosen<create::Options> = unit.choices().get(connection).await.unwrap();
    assert_eq!(first, Chosen::default());
    let on = create::Options {
        on: true,
        ..create::Options::default()
    };
    unit.choices().put(connection, 0, &on).await.unwrap();
    unit.choices().put(connection, 1, &on).await.unwrap();
    let kept: Chosen<create::Options> = unit.choices().get(connection).await.unwrap();
    assert_eq!((kept.value, kept.version), (on, 2));
    let other: Chosen<assign::Options> = unit.choices().get(connection).await.unwrap();
    assert_eq!(other.version, 0);
}

async fn two_admins_do_not_overwrite_each_other(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let options = create::Options::default();
    for stale in [0, 7] {
        let mut unit = fixture.begin().await;
        if stale == 0 {
            unit.choices().put(connection, 0, &options).await.unwrap();
        }
        let refused = unit.choices().put(connection, stale, &options).await;
        assert!(matches!(refused, Err(UpdateError::Conflict)), "{refused:?}");
        unit.commit().await.unwrap();
    }
}

async fn h4_choices_go_with_their_connection(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let on = create::Options {
        on: true,
        ..create::Options::default()
    };
    unit.choices().put(connection, 0, &on).await.unwrap();
    unit.connections().delete(connection).await.unwrap();
    let kept: Chosen<create::Options> = unit.choices().get(connection).await.unwrap();
    assert_eq!(kept.version, 0);
}
