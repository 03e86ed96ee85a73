//! The calls, as they ended.

use linecard_store::StoredCall;

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::call;

on_both_databases!(
    a_call_reads_back_as_it_was_hostile_texts_included,
    the_same_call_kept_again_is_replaced_and_keeps_its_id,
    two_phone_systems_may_use_the_same_call_id,
    calls_are_listed_from_the_newest_page_by_page,
);

async fn a_call_reads_back_as_it_was_hostile_texts_included(fixture: &Fixture) {
    let phone_system = fixture.phone_system().await.id;
    let call = call("ast22-1795226278.8", 0);
    let mut unit = fixture.begin().await;
    let id = unit.calls().put(phone_system, &call).await.unwrap();
    unit.commit().await.unwrap();
    let stored = fixture.read().await.calls().get(id).await.unwrap();
    assert_eq!(
        stored,
        Some(StoredCall {
            id,
            phone_system,
            call
        })
    );
}

async fn the_same_call_kept_again_is_replaced_and_keeps_its_id(fixture: &Fixture) {
    let phone_system = fixture.phone_system().await.id;
    let mut call = call("1", 0);
    let mut unit = fixture.begin().await;
    let first = unit.calls().put(phone_system, &call).await.unwrap();
    call.talk_ms = 1;
    call.estimated = true;
    fixture.advance(10);
    let second = unit.calls().put(phone_system, &call).await.unwrap();
    assert_eq!(first, second);
    let all = unit.calls().recent(None, 10).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].call, call);
}

async fn two_phone_systems_may_use_the_same_call_id(fixture: &Fixture) {
    let (one, two) = (
        fixture.phone_system().await.id,
        fixture.phone_system().await.id,
    );
    let mut unit = fixture.begin().await;
    let first = unit.calls().put(one, &call("1", 0)).await.unwrap();
    let second = unit.calls().put(two, &call("1", 0)).await.unwrap();
    assert_ne!(first, second);
}

async fn calls_are_listed_from_the_newest_page_by_page(fixture: &Fixture) {
    let phone_system = fixture.phone_system().await.id;
    let mut unit = fixture.begin().await;
    // Two calls begin at the same moment: neither may be left out or shown twice.
    for (id, seconds) in [("b", 1), ("e", 4), ("c", 2), ("d", 2), ("a", 0)] {
        unit.calls()
            .put(phone_system, &call(id, seconds))
            .await
            .unwrap();
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = unit.calls().recent(before, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.call.started, last.id));
        seen.extend(page.iter().map(|stored| stored.call.id.to_string()));
    }
    seen[1..3].sort();
    assert_eq!(seen, ["e", "c", "d", "b", "a"]);
}
