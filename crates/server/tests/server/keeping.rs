//! For how many days what is kept, as an admin chooses it (X17).

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::calls::call;
use crate::company::Company;

const KEEPING: &str = "/api/v1/keeping";

fn kept(version: i64, calls: &Value) -> Value {
    json!({
        "calls": calls, "audit": 730, "webhook_deliveries": 7, "dead_jobs": 90, "imports": 90,
        "version": version,
    })
}

/// How much of a kind there is.
fn amount(keeping: &Value, kind: &str) -> u64 {
    let held = keeping["held"].as_array().unwrap();
    let of_kind = held.iter().find(|held| held["kind"] == kind).unwrap();
    of_kind["amount"].as_u64().unwrap()
}

#[tokio::test]
async fn x17_calls_older_than_the_days_are_deleted_and_the_change_is_audited() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    for number in [1, 2] {
        let mut work = company.store().begin().await.unwrap();
        let phone_system = work.phone_systems().list().await.unwrap()[0].id;
        let mut kept = call(number);
        kept.started -= SignedDuration::from_hours(240 * number);
        work.calls().put(phone_system, &kept).await.unwrap();
        work.commit().await.unwrap();
    }
    let before = admin.get(KEEPING).await.is(200).json();
    assert_eq!(before["days"], kept(0, &json!(730)));
    assert_eq!(amount(&before, "calls"), 2);
    company.clock.advance(SignedDuration::from_secs(10));
    admin.put(KEEPING, kept(0, &json!(15))).await.is(200);
    let left = loop {
        let now = admin.get(KEEPING).await.is(200).json();
        if amount(&now, "calls") < 2 {
            break now;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(amount(&left, "calls"), 1, "the younger one stays");
    let log = admin.get("/api/v1/audit").await.is(200).json();
    assert_eq!(log["entries"][0]["kind"], "keeping_change");
    assert_eq!(log["entries"][0]["subject"], "calls 730 → 15");
}

#[tokio::test]
async fn x17_for_ever_is_a_choice_and_two_admins_do_not_overwrite_each_other() {
    let (_company, admin) = Company::new().await;
    let saved = admin.put(KEEPING, kept(0, &json!(null))).await.is(200);
    assert_eq!(saved.json()["days"], kept(1, &json!(null)));
    let late = admin.put(KEEPING, kept(0, &json!(10))).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
}

#[tokio::test]
async fn x17_no_days_and_more_than_a_hundred_years_are_refused_at_their_field() {
    let (_company, admin) = Company::new().await;
    for days in [0, 36_501] {
        let refused = admin
            .put(KEEPING, kept(0, &json!(days)))
            .await
            .is(422)
            .json();
        assert_eq!(refused["fields"][0]["path"], "/calls");
        assert_eq!(refused["fields"][0]["code"], "out_of_range");
    }
}
