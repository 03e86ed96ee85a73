//! The session's cookie: no script reads it, no other site sends it along with a change, and where
//! the connection is encrypted it never travels otherwise.

use linecard_server::{TlsSettings, TrustedProxies};

use crate::browser::Browser;
use crate::company::{Company, PASSWORD};
use crate::sign_in::with;

/// What a sign-in hands to the browser, where a proxy says or pretends `protocol`.
async fn cookie(company: &Company, protocol: Option<&str>) -> (Browser, String) {
    let browser = company.browser();
    let mut request = browser.request(reqwest::Method::POST, "/api/v1/session");
    if let Some(protocol) = protocol {
        request = request.header("X-Forwarded-Proto", protocol);
    }
    let answer = browser
        .send(request.json(&with("ada@example.com", PASSWORD)))
        .await
        .is(200);
    let cookie = answer.header("set-cookie").to_owned();
    (browser, cookie)
}

/// The attributes, without the token.
fn attributes(cookie: &str) -> Vec<&str> {
    cookie.split("; ").skip(1).collect()
}

const PLAIN: [&str; 4] = ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=1209600"];
const SECURE: [&str; 5] = [
    "Path=/",
    "HttpOnly",
    "SameSite=Lax",
    "Max-Age=1209600",
    "Secure",
];

#[tokio::test]
async fn no_script_reads_the_cookie_and_no_other_site_sends_it_with_a_form() {
    let (company, _) = Company::new().await;
    let (_, cookie) = cookie(&company, None).await;
    assert!(cookie.starts_with("linecard_session="), "{cookie}");
    assert_eq!(attributes(&cookie), PLAIN);
}

#[tokio::test]
async fn under_tls_the_cookie_never_travels_otherwise_and_belongs_to_this_very_host() {
    let served = Company::served(|settings| {
        settings.home = "https://linecard.test".parse().unwrap();
        settings.tls = Some(TlsSettings::Authority { names: Vec::new() });
    });
    let (company, _) = served.await.0.begun().await;
    let (browser, cookie) = cookie(&company, None).await;
    assert!(cookie.starts_with("__Host-linecard_session="), "{cookie}");
    assert_eq!(attributes(&cookie), SECURE);
    browser.get("/api/v1/session").await.is(200);
    let taken_back = browser.delete("/api/v1/session").await.is(204);
    let taken_back = taken_back.header("set-cookie").to_owned();
    assert!(taken_back.starts_with("__Host-linecard_session=;"));
    assert!(taken_back.contains("Max-Age=0") && taken_back.ends_with("; Secure"));
}

#[tokio::test]
async fn what_came_encrypted_to_a_trusted_proxy_gets_a_cookie_that_travels_only_so() {
    let served = Company::served(|settings| {
        settings.trusted_proxies = TrustedProxies::read(&["127.0.0.1".to_owned()]).unwrap();
    });
    let (company, _) = served.await.0.begun().await;
    let (_, over_https) = cookie(&company, Some("https")).await;
    assert_eq!(attributes(&over_https), SECURE);
    let (_, over_http) = cookie(&company, Some("http")).await;
    assert_eq!(attributes(&over_http), PLAIN);
}

#[tokio::test]
async fn who_only_says_to_have_come_encrypted_is_not_believed() {
    let (company, _) = Company::new().await;
    let (_, cookie) = cookie(&company, Some("https")).await;
    assert_eq!(attributes(&cookie), PLAIN);
}
