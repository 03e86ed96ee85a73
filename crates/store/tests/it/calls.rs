//! The calls, as they ended.

use linecard_store::StoredCall;

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::call;

on_both_databases!(
    a_call_reads_back_as_it_was_hostile_texts_included,
    the_same_call_kept_again_is_replaced_and_keeps_its_id,
    calls_kept_together_have_their_stored_ids_in_order,
    x15_a_call_out_of_the_records_is_kept_once_and_never_over_one_that_was_followed,
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
            call,
            reconciled: false,
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

async fn calls_kept_together_have_their_stored_ids_in_order(fixture: &Fixture) {
    let phone_system = fixture.phone_system().await.id;
    let mut unit = fixture.begin().await;
    // More than one statement takes, and one that is there already.
    let calls: Vec<_> = (0..1_001).map(|each| call(&each.to_string(), 0)).collect();
    let known = unit.calls().put(phone_system, &calls[600]).await.unwrap();
    let together: Vec<_> = calls.iter().map(|call| (phone_system, call)).collect();
    let ids = unit.calls().put_all(&together).await.unwrap();
    assert_eq!(ids[600], known);
    for (id, call) in ids.iter().zip(&calls) {
        let stored = unit.calls().get(*id).await.unwrap().unwrap();
        assert_eq!(stored.call.id, call.id);
    }
}

async fn x15_a_call_out_of_the_records_is_kept_once_and_never_over_one_that_was_followed(
    fixture: &Fixture,
) {
    let phone_system = fixture.phone_system().await.id;
    let mut unit = fixture.begin().await;
    let (missed, mut followed) = (call("1", 0), call("2", 1));
    let first = unit.calls().put_missing(phone_system, &missed).await;
    assert!(first.unwrap().is_some());
    let again = unit.calls().put_missing(phone_system, &missed).await;
    assert_eq!(again.unwrap(), None);

    unit.calls().put(phone_system, &followed).await.unwrap();
    followed.talk_ms += 1_000;
    let late = unit.calls().put_missing(phone_system, &followed).await;
    assert_eq!(late.unwrap(), None);
    let all = unit.calls().recent(None, 10).await.unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|stored| (stored.call.id.as_str(), stored.reconciled))
        .collect();
    assert_eq!(told, [("2", false), ("1", true)]);
    assert_ne!(all[0].call.talk_ms, followed.talk_ms);
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
