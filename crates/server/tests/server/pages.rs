//! The web pages, and what watchers ask for.

use crate::browser::Browser;
use crate::company::Company;

#[tokio::test]
async fn a_missing_file_is_not_answered_with_a_page() {
    let company = Company::before_set_up().await;
    let browser = company.browser();
    browser.get("/assets/gone-1a2b.js").await.is(404);
    browser.get("/desk/assets/gone-1a2b.js").await.is(404);
}

#[tokio::test]
async fn desk_has_one_address() {
    let company = Company::before_set_up().await;
    let moved = company.browser().get("/desk").await.is(308);
    assert_eq!(moved.header("location"), "/desk/");
}

#[tokio::test]
async fn whoever_watches_learns_that_it_lives_and_is_ready() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    company.fill_in_crm(&admin).await;
    let stranger = company.browser();
    stranger.get("/health/live").await.is(200);
    stranger.get("/health/ready").await.is(200);
    let wanted = serde_json::json!({ "name": "Prometheus", "role": "supervisor" });
    let key = admin.post("/api/v1/api-keys", wanted).await.is(201).json();
    let watcher = Browser::program(&company.base, key["secret"].as_str().unwrap());
    let metrics = watcher.get("/metrics").await.is(200).text;
    for family in [
        "linecard_http_answers_total{class=\"2xx\"}",
        "linecard_phone_system_up{id=",
        "linecard_entries_waiting{crm=\"fake\"} 0",
    ] {
        assert!(metrics.contains(family), "{family} in {metrics}");
    }
}
