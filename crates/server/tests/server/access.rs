//! Who may do what: asked of every endpoint that the document lists.

use reqwest::Method;
use serde_json::json;

use crate::browser::Browser;
use crate::company::Company;

/// Open to everybody, or to every signed-in person, or guarded in its own way (Desk's socket).
const NOT_FOR_ADMINS_ALONE: [&str; 8] = [
    "/set-up",
    "/session",
    "/session/link",
    "/session/language",
    "/openapi.json",
    "/desk/socket",
    "/desk/calls",
    // Dial plans ask with a token of their own.
    "/route",
];

/// Every endpoint that only an admin may use.
async fn endpoints(browser: &Browser) -> Vec<(Method, String)> {
    let document = browser.get("/api/v1/openapi.json").await.is(200).json();
    let mut endpoints = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let own = path.strip_prefix("/api/v1").unwrap();
        if NOT_FOR_ADMINS_ALONE.contains(&own) || own.starts_with("/demo") {
            continue;
        }
        let path = path
            .replace("{kind}", "fake")
            .replace("{number}", "101")
            .replace("{id}", "01900000-0000-7000-8000-000000000001");
        for method in item.as_object().unwrap().keys() {
            let method = method.to_uppercase().parse().unwrap();
            endpoints.push((method, path.clone()));
        }
    }
    assert!(endpoints.len() > 20, "{endpoints:?}");
    endpoints
}

#[tokio::test]
async fn an_agent_may_use_no_endpoint_of_the_console() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    for (method, path) in endpoints(&agent).await {
        let answer = agent
            .send(agent.request(method.clone(), &path).json(&json!({})))
            .await;
        assert_eq!(answer.status, 403, "{method} {path}: {}", answer.text);
        assert_eq!(answer.code(), "forbidden", "{method} {path}");
    }
}

#[tokio::test]
async fn somebody_who_is_not_signed_in_may_use_no_endpoint_of_the_console() {
    let (company, _) = Company::new().await;
    let stranger = company.browser();
    for (method, path) in endpoints(&stranger).await {
        let answer = stranger
            .send(stranger.request(method.clone(), &path).json(&json!({})))
            .await;
        assert_eq!(answer.status, 401, "{method} {path}: {}", answer.text);
        assert_eq!(answer.code(), "not_signed_in", "{method} {path}");
    }
}
