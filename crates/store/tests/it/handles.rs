//! Handles in place of numbers.

use linecard_clock::SystemEntropy;
use linecard_store::AccountId;

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(f17_a_handle_leads_its_own_account_to_the_number_and_nobody_else);

async fn f17_a_handle_leads_its_own_account_to_the_number_and_nobody_else(fixture: &Fixture) {
    let store = &fixture.store;
    let account = || AccountId::new(&SystemEntropy, jiff::Timestamp::UNIX_EPOCH);
    let (alice, bob) = (account(), account());
    let handle = store.number_handle(alice, "+1 415-555-0134").unwrap();
    assert_eq!(
        store.number_behind(alice, &handle).as_deref(),
        Some("+1 415-555-0134")
    );
    assert_eq!(store.number_behind(bob, &handle), None);
    for wrong in ["", "AAAA", "+14155550134", &handle[1..]] {
        assert_eq!(store.number_behind(alice, wrong), None, "{wrong}");
    }
    // Neither the length nor a second handle tells anything about the number.
    let (short, again) = (
        store.number_handle(alice, "1").unwrap(),
        store.number_handle(alice, "+1 415-555-0134").unwrap(),
    );
    assert_eq!(short.len(), handle.len());
    assert_ne!(again, handle);
    assert_eq!(store.number_handle(alice, &"1".repeat(65)), None);
}
