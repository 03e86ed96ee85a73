//! What a unit of work says when the database fails under it, and that the next one works again.

use std::fs;

use linecard_store::StoreError;

use crate::fixture::Fixture;
use crate::raw::Raw;
use crate::samples::{account, call};

#[tokio::test]
async fn damage_that_is_met_later_is_named() {
    let fixture = Fixture::sqlite().await;
    let file = fixture.url.trim_start_matches("sqlite://");
    let tables = usize::try_from(fs::metadata(file).unwrap().len()).unwrap();
    let system = fixture.phone_system().await.id;
    let mut unit = fixture.begin().await;
    for number in 0..500 {
        let call = call(&number.to_string(), number);
        unit.calls().put(system, &call).await.unwrap();
    }
    unit.commit().await.unwrap();
    fixture.store.close().await;

    // Every table begins within the pages that were there first; what is behind them is rows.
    let mut bytes = fs::read(file).unwrap();
    bytes[tables..].fill(0xff);
    fs::write(file, bytes).unwrap();

    let store = fixture.another().await;
    let mut unit = store.read().await.unwrap();
    let error = unit.calls().recent(None, 1_000).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert!(error.to_string().contains("backup"), "{error}");
}

#[tokio::test]
async fn a_postgresql_that_ends_a_connection_breaks_one_unit_of_work_and_not_the_next() {
    let fixture = Fixture::postgres().await;
    let mut unit = fixture.begin().await;
    unit.accounts()
        .create(account("ada@example.com"))
        .await
        .unwrap();
    let mut raw = Raw::open(&fixture.url).await;
    raw.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .await;
    let error = unit.settings().put("organisation", &1).await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    drop(unit);

    for key in ["3", "4", "5"] {
        fixture.enqueue([(key, key)]).await;
    }
    let mut keys = fixture.leased_keys().await;
    keys.sort();
    assert_eq!(keys, ["3", "4", "5"]);
    drop(raw);
    fixture.remove().await;
}

#[tokio::test]
async fn a_postgresql_that_may_only_be_read_is_named() {
    let fixture = Fixture::postgres().await;
    let mut raw = Raw::open(&fixture.url).await;
    let name = raw.texts("SELECT current_database()::text").await.remove(0);
    raw.execute(&format!(
        "ALTER DATABASE {name} SET default_transaction_read_only = on"
    ))
    .await;
    // The one connection so far knows nothing of it; while it is busy, a new one is made.
    let busy = fixture.read().await;
    let mut unit = fixture.begin().await;
    let error = unit.settings().put("organisation", &1).await.unwrap_err();
    assert!(matches!(error, StoreError::NotWritable { .. }), "{error:?}");
    drop((busy, unit, raw));
    fixture.remove().await;
}
