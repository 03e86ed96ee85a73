//! The pages that a person sees.

use reqwest::StatusCode;
use serde_json::json;

use super::server::Server;

async fn page(server: &Server, path: &str, language: &str) -> (StatusCode, String) {
    let url = format!("{}{path}", server.sandbox.base_url());
    let request = server.http.get(url).header("Accept-Language", language);
    let response = request.send().await.unwrap();
    (response.status(), response.text().await.unwrap())
}

#[tokio::test]
async fn a_records_page_shows_its_numbers_and_its_calls() {
    let server = Server::start().await;
    let maya = server.maya();
    let call = json!({
        "Subject": "Extension Call", "Call_Type": "Missed", "Call_Duration": "00:00",
        "Call_Start_Time": "2026-05-14T08:00:00Z", "Who_Id": {"id": maya},
        "Description": "Call: ... <b>"
    });
    let written = server
        .write(reqwest::Method::POST, "/crm/v8/Calls", &[call])
        .await;
    let path = format!("/crm/org20061234567/tab/Contacts/{maya}");
    let (status, html) = page(&server, &path, "en").await;
    assert_eq!(status, StatusCode::OK);
    for part in [
        "Maya Torres",
        "(415) 555-0134",
        "Extension Call",
        "Missed call",
        "Call: ... &lt;b&gt;",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let (_, html) = page(
        &server,
        &format!("/crm/tab/Calls/{}", written.id()),
        "zh-CN",
    )
    .await;
    assert!(html.contains("通话"), "{html}");
}

#[tokio::test]
async fn a_name_never_becomes_part_of_a_page() {
    let server = Server::start().await;
    let (status, html) = page(&server, "/", "en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(!html.contains("<img src=x"));
}

#[tokio::test]
async fn what_is_not_there_is_said_to_be_missing() {
    let server = Server::start().await;
    for path in [
        "/crm/org1/tab/Contacts/1",
        "/crm/tab/Contacts/nonsense",
        "/nothing",
    ] {
        assert_eq!(page(&server, path, "en").await.0, 404, "{path}");
    }
}
