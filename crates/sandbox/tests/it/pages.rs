//! The pages as a browser gets them.

use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY};
use serde_json::json;

use crate::server::Server;

async fn page(server: &Server, path: &str) -> String {
    let response = server.http.get(server.url(path)).send().await.unwrap();
    let policy = response.headers()[CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'"));
    let text = response.text().await.unwrap();
    assert!(text.contains("Stand-in for Salesforce"));
    assert!(text.contains("not affiliated"));
    text
}

#[tokio::test]
async fn a_record_page_shows_the_contact_and_what_happened() {
    let server = Server::start().await;
    let maya = server.id("Contact", "Maya Torres");
    let task = json!({
        "Subject": "Inbound call from +1 415-555-0134", "TaskSubtype": "Call",
        "CallType": "Inbound", "CallDurationInSeconds": 93, "Status": "Completed",
        "ActivityDate": "2026-05-01", "OwnerId": server.id("User", "Bob Brown"),
        "WhoId": maya, "Description": "Start 2026-05-01 03:25:37",
    });
    let task = server.created("Task", &task).await;
    for path in [
        format!("/{maya}"),
        format!("/{}", &maya[..15]),
        format!("/lightning/r/Contact/{maya}/view"),
    ] {
        let page = page(&server, &path).await;
        for text in [
            "Maya Torres",
            "(415) 555-0134",
            "Blue Harbor Logistics",
            "Inbound call from +1 415-555-0134",
            "Inbound call<",
            "01:33",
            "Bob Brown",
            "Start 2026-05-01 03:25:37",
            "Completed",
        ] {
            assert!(page.contains(text), "{text}");
        }
    }
    let task = page(&server, &format!("/{task}")).await;
    assert!(task.contains("Call Duration") && task.contains("93"));
    let account = server.id("Account", "Blue Harbor Logistics");
    let account = page(&server, &format!("/{account}")).await;
    assert!(account.contains("Inbound call from"));
}

#[tokio::test]
async fn a_name_that_looks_like_markup_stays_a_name() {
    let server = Server::start().await;
    let id = server.id("Contact", "<img src=x onerror=alert(1)>");
    for path in ["/".to_owned(), format!("/{id}")] {
        let page = page(&server, &path).await;
        assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
        assert!(!page.contains("<img"));
        assert!(!page.contains("<script"));
    }
}

#[tokio::test]
async fn the_first_page_lists_everybody() {
    let server = Server::start().await;
    let page = page(&server, "/").await;
    for name in [
        "王小明",
        "Jürgen Müller",
        "Olivia Chen",
        "北京星河科技有限公司",
    ] {
        assert!(page.contains(name), "{name}");
    }
}

#[tokio::test]
async fn an_address_without_a_record_says_so() {
    let server = Server::start().await;
    for path in ["/003Lc0000009999", "/nothing", "/a/b/c"] {
        let response = server.http.get(server.url(path)).send().await.unwrap();
        assert_eq!(response.status(), 404);
        assert!(response.text().await.unwrap().contains("no record"));
    }
}

#[tokio::test]
async fn a_chinese_browser_gets_chinese_pages() {
    let server = Server::start().await;
    let request = server
        .http
        .get(server.url("/"))
        .header(ACCEPT_LANGUAGE, "zh-CN,zh;q=0.9,en;q=0.8");
    let page = request.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("lang=\"zh-CN\""));
    assert!(page.contains("联系人"));
}

#[tokio::test]
async fn the_consent_form_may_lead_back_to_the_application() {
    let server = Server::start().await;
    let request = server
        .http
        .get(server.url("/services/oauth2/authorize"))
        .query(&[
            ("response_type", "code"),
            ("client_id", "stand-in-consumer-key"),
            ("redirect_uri", "https://linecard.example:8443/callback"),
            ("code_challenge", "x"),
        ]);
    let response = request.send().await.unwrap();
    let policy = response.headers()[CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(
        policy.contains("form-action 'self' https://linecard.example:8443;"),
        "{policy}"
    );
}
