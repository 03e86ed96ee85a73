//! Bad input meets a limit and a clear error.

use linecard_server::{Server, ServerSettings, TrustedProxies};
use reqwest::Method;
use serde_json::json;

use crate::company::{Company, loopback};

#[tokio::test]
async fn a_huge_body_is_refused() {
    let company = Company::before_set_up().await;
    let browser = company.browser();
    let huge = json!({ "email": "x".repeat(300 * 1024), "password": "x" });
    let refused = browser.post("/api/v1/session", huge).await.is(413);
    assert_eq!(refused.code(), "too_large");
}

#[tokio::test]
async fn a_body_that_is_no_json_or_has_a_wrong_field_is_refused_with_the_reason() {
    let company = Company::before_set_up().await;
    let browser = company.browser();
    let send = |media: &'static str, body: &'static str| {
        let request = browser.request(Method::POST, "/api/v1/session");
        browser.send(request.header("Content-Type", media).body(body))
    };
    assert_eq!(send("text/plain", "{}").await.is(415).code(), "not_json");
    let cut = send("application/json", r#"{"email":"#).await.is(400);
    assert_eq!(cut.code(), "malformed_json");
    let wrong = send("application/json", r#"{"email":1,"password":""}"#).await;
    assert_eq!(wrong.is(422).fields(), ["/email"]);
    let unknown = send("application/json", r#"{"email":"","password":"","x":1}"#).await;
    assert_eq!(unknown.is(422).code(), "invalid");
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_refused_as_a_problem() {
    let (_company, admin) = Company::new().await;
    for query in ["limit=-1", "limit=1&limit=1", "journal=nothing"] {
        let refused = admin.get(&format!("/api/v1/calls?{query}")).await.is(400);
        assert_eq!(refused.code(), "address_unreadable", "{query}");
    }
}

#[tokio::test]
async fn a_long_answer_is_compressed_for_whoever_takes_it() {
    let (_company, admin) = Company::new().await;
    let ask = |path: &'static str, takes: &'static str| {
        let request = admin.request(Method::GET, path);
        admin.send(request.header("Accept-Encoding", takes))
    };
    let document = "/api/v1/openapi.json";
    let plain = ask(document, "identity").await.is(200);
    assert_eq!(plain.header("content-encoding"), "");
    let small = ask(document, "gzip").await.is(200);
    assert_eq!(small.header("content-encoding"), "gzip");
    assert_eq!(small.header("vary"), "accept-encoding");
    assert!(
        small.bytes.len() * 3 < plain.bytes.len(),
        "{}",
        small.bytes.len()
    );
    let short = ask("/api/v1/session", "gzip").await.is(200);
    assert_eq!(short.header("content-encoding"), "");
}

#[tokio::test]
async fn an_unknown_path_of_the_api_is_a_problem_and_not_the_console() {
    let company = Company::before_set_up().await;
    let browser = company.browser();
    for path in ["/api/v1/nothing", "/api/v2/session", "/api"] {
        assert_eq!(browser.get(path).await.is(404).code(), "no_such_endpoint");
    }
    let wrong = browser.delete("/api/v1/set-up").await.is(405);
    assert_eq!(wrong.code(), "wrong_method");
}

#[tokio::test]
async fn a_port_in_use_is_said_in_one_line() {
    let (company, flow) = Company::with_flow().await;
    let settings = ServerSettings {
        listen: company
            .base
            .strip_prefix("http://")
            .unwrap()
            .parse()
            .unwrap(),
        home: company.base.parse().unwrap(),
        stand_ins: Vec::new(),
        tls: None,
        redirect_from: None,
        trusted_proxies: TrustedProxies::default(),
        chrome_extensions: vec![linecard_server::ExtensionId::ours()],
        identity: loopback(),
        ice: linecard_server::IceSettings::default(),
    };
    let error = Server::bind(settings, flow)
        .await
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("in use") && !error.contains('\n'), "{error}");
}
