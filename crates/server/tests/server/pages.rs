//! The web pages, and the headers of everything.

use std::collections::HashSet;

use crate::browser::Browser;
use crate::company::Company;

#[tokio::test]
async fn every_page_has_a_strict_policy_with_a_nonce_of_its_own() {
    let company = Company::before_set_up().await;
    let browser = company.browser();
    let mut nonces = HashSet::new();
    for path in [
        "/",
        "/",
        "/integrations/crm/fake",
        "/desk/",
        "/outside-line",
    ] {
        let page = browser.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        let (_, rest) = policy.split_once("'nonce-").unwrap();
        let (nonce, _) = rest.split_once('\'').unwrap();
        assert!(page.text.contains(nonce), "{path}: {}", page.text);
        assert!(nonces.insert(nonce.to_owned()), "{path}: used twice");
        assert_eq!(page.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_missing_file_is_not_answered_with_a_page() {
    let company = Company::before_set_up().await;
    let browser = company.browser();
    browser.get("/assets/gone-1a2b.js").await.is(404);
    browser.get("/desk/assets/gone-1a2b.js").await.is(404);
}

#[tokio::test]
async fn no_address_leads_to_another_site() {
    let (company, admin) = Company::new().await;
    for path in [
        "//evil.example/",
        "/%2F%2Fevil.example/",
        "/desk//evil.example",
        "/sign-in?to=//evil.example/",
        "/integration/callback/api/crm/evil.example/?state=x&code=y",
        "/integration/callback/api/crm/..%2F..%2F%2Fevil.example/?state=x&code=y",
    ] {
        let answer = admin.get(path).await;
        assert!(!answer.status.is_redirection(), "{path}: {}", answer.status);
        assert!(!answer.text.contains("//evil.example"), "{path}");
    }
    // The one redirection there is knows where it leads.
    let moved = company.browser().get("/desk?to=//evil.example").await;
    assert_eq!(moved.header("location"), "/desk/");
}

#[tokio::test]
async fn no_answer_may_be_shown_in_a_frame_or_run_what_stands_in_it() {
    let (_company, admin) = Company::new().await;
    for path in [
        "/",
        "/desk/",
        "/outside-line",
        "/api/v1/session",
        "/api/v1/nothing",
        "/metrics",
        "/health/live",
        "/integration/callback/api/crm/fake/?state=x&code=y",
    ] {
        let answer = admin.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn desk_has_one_address() {
    let company = Company::before_set_up().await;
    let moved = company.browser().get("/desk").await.is(308);
    assert_eq!(moved.header("location"), "/desk/");
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let company = Company::before_set_up().await;
    let browser = company.browser();
    for path in ["/", "/api/v1/set-up", "/api/v1/nothing", "/health/live"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(!answer.header("content-security-policy").is_empty());
    }
    let answer = browser.get("/api/v1/set-up").await;
    assert_eq!(answer.header("cache-control"), "no-store");
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
