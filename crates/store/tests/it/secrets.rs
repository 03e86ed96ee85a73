//! Secrets at rest: a copy of the database opens none, and none opens in another's place.

use std::fs;
use std::path::Path;

use linecard_store::{ConnectionId, NewAuthorization, PhoneSystemId, StoreError};

use crate::fixture::{Fixture, on_both_databases};
use crate::raw::Raw;
use crate::samples::{connection, grant, phone_system, webhook};

on_both_databases!(
    the_sealed_columns_hold_no_secret_in_clear,
    a_sealed_value_moved_to_another_row_does_not_open,
    a_sealed_value_moved_to_another_column_does_not_open,
    an_altered_sealed_value_does_not_open,
);

/// Part of every secret in the samples.
const IN_CLEAR: &[u8] = b"-in-clear";

/// Keeps a secret of every sort.
async fn keep_secrets(fixture: &Fixture) -> (PhoneSystemId, ConnectionId) {
    let system = fixture.phone_system().await.id;
    let connection = fixture.connection().await.id;
    let account = fixture.account().await.id;
    let mut unit = fixture.begin().await;
    unit.connections()
        .set_grant(connection, Some(&grant()))
        .await
        .unwrap();
    let authorization = NewAuthorization {
        state_sha256: vec![1; 32],
        connection,
        account,
        redirect_uri: "http://127.0.0.1:8080/back".parse().unwrap(),
        verifier: "verifier-in-clear".to_owned(),
        expires: fixture.later(60),
    };
    unit.authorizations().create(authorization).await.unwrap();
    let (choice, secrets) = webhook();
    unit.webhooks().create(choice, &secrets).await.unwrap();
    unit.commit().await.unwrap();
    (system, connection)
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

async fn the_sealed_columns_hold_no_secret_in_clear(fixture: &Fixture) {
    keep_secrets(fixture).await;
    let mut raw = Raw::open(&fixture.url).await;
    let sealed = raw
        .bytes(
            "SELECT sealed_secrets FROM phone_systems \
             UNION ALL SELECT sealed_secrets FROM connections \
             UNION ALL SELECT sealed_grant FROM connections \
             UNION ALL SELECT sealed_verifier FROM authorizations \
             UNION ALL SELECT sealed FROM webhook_endpoints",
        )
        .await;
    assert_eq!(sealed.len(), 5);
    for bytes in sealed {
        assert!(!holds(&bytes, IN_CLEAR));
    }
}

#[tokio::test]
async fn no_byte_of_a_secret_is_readable_in_the_files_of_the_database() {
    let fixture = Fixture::sqlite().await;
    keep_secrets(&fixture).await;
    let file = fixture.url.trim_start_matches("sqlite://").to_owned();
    let folder = Path::new(&file).parent().unwrap();
    // While the log still holds everything, and after it went into the file.
    for closed in [false, true] {
        if closed {
            fixture.store.close().await;
        }
        let mut all = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            all.extend(fs::read(entry.unwrap().path()).unwrap());
        }
        assert!(holds(&all, b"login.example"), "settings are not sealed");
        assert!(!holds(&all, IN_CLEAR));
    }
    fixture.remove().await;
}

async fn a_sealed_value_moved_to_another_row_does_not_open(fixture: &Fixture) {
    let (system, connection) = keep_secrets(fixture).await;
    let mut unit = fixture.begin().await;
    let other_system = unit
        .phone_systems()
        .create(phone_system())
        .await
        .unwrap()
        .id;
    let other = unit
        .connections()
        .create(self::connection())
        .await
        .unwrap()
        .id;
    unit.connections()
        .set_grant(other, Some(&grant()))
        .await
        .unwrap();
    unit.commit().await.unwrap();

    let mut raw = Raw::open(&fixture.url).await;
    for (table, column, from, to) in [
        (
            "phone_systems",
            "sealed_secrets",
            system.to_string(),
            other_system.to_string(),
        ),
        (
            "connections",
            "sealed_secrets",
            connection.to_string(),
            other.to_string(),
        ),
        (
            "connections",
            "sealed_grant",
            connection.to_string(),
            other.to_string(),
        ),
    ] {
        raw.execute(&format!(
            "UPDATE {table} SET {column} = (SELECT {column} FROM {table} WHERE id = '{from}') \
             WHERE id = '{to}'"
        ))
        .await;
    }

    let mut unit = fixture.read().await;
    let moved = unit.phone_systems().secrets(other_system).await;
    assert!(matches!(
        moved,
        Err(StoreError::Sealed {
            table: "phone_systems",
            ..
        })
    ));
    let moved = unit.connections().secrets(other).await;
    assert!(matches!(
        moved,
        Err(StoreError::Sealed {
            column: "sealed_secrets",
            ..
        })
    ));
    let moved = unit.connections().grant(other).await;
    assert!(matches!(
        moved,
        Err(StoreError::Sealed {
            column: "sealed_grant",
            ..
        })
    ));
    // What was copied still opens where it belongs.
    unit.phone_systems().secrets(system).await.unwrap();
    assert!(
        unit.connections()
            .grant(connection)
            .await
            .unwrap()
            .is_some()
    );
}

async fn a_sealed_value_moved_to_another_column_does_not_open(fixture: &Fixture) {
    let (_, connection) = keep_secrets(fixture).await;
    let mut raw = Raw::open(&fixture.url).await;
    raw.execute("UPDATE connections SET sealed_secrets = sealed_grant")
        .await;
    let moved = fixture.read().await.connections().secrets(connection).await;
    assert!(matches!(moved, Err(StoreError::Sealed { .. })));
}

async fn an_altered_sealed_value_does_not_open(fixture: &Fixture) {
    let (_, connection) = keep_secrets(fixture).await;
    let mut raw = Raw::open(&fixture.url).await;
    let zeros = match raw {
        Raw::Sqlite(_) => "zeroblob(60)",
        Raw::Postgres(_) => "decode(repeat('00', 60), 'hex')",
    };
    raw.execute(&format!("UPDATE connections SET sealed_grant = {zeros}"))
        .await;
    let altered = fixture.read().await.connections().grant(connection).await;
    let Err(error) = altered else {
        panic!("it opened");
    };
    assert!(error.to_string().contains("enter it again"), "{error}");
}
