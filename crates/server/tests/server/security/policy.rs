//! What a browser is told to refuse: foreign scripts, frames, guessing at types (CSP Level 3).

use std::collections::HashSet;

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
