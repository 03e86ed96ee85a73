//! No address of Linecard's leads to another site.

use linecard_server::TrustedProxies;

use crate::company::Company;

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
async fn a_browser_that_came_unencrypted_is_sent_to_the_home_address_and_nowhere_else() {
    let served = Company::served(|settings| {
        settings.home = "https://linecard.test".parse().unwrap();
        settings.trusted_proxies = TrustedProxies::read(&["127.0.0.1".to_owned()]).unwrap();
    });
    let (company, _flow) = served.await;
    let browser = company.browser();
    let asked = |path: &'static str| {
        let request = browser.bare(reqwest::Method::GET, path);
        let request = request.header("X-Forwarded-Proto", "http");
        browser.send(request.header("Host", "evil.example"))
    };
    let moved = asked("/desk/?to=//evil.example").await.is(308);
    let told = "https://linecard.test/desk/?to=//evil.example";
    assert_eq!(moved.header("location"), told);
    let moved = asked("//evil.example/").await.is(308);
    assert_eq!(
        moved.header("location"),
        "https://linecard.test//evil.example/"
    );
    // Programs are not sent anywhere.
    asked("/health/live").await.is(200);
    asked("/api/v1/set-up").await.is(200);
}
