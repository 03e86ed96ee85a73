//! No other site lays its own buttons over a page of Linecard.

use crate::company::Company;

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
