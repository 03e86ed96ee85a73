//! Listing users, page by page.

use linecard_crm::Failure;
use serde_json::{Value, json};
use wiremock::MockServer;

use crate::organisation::{answering, connected, entry, organisation};

const QUERY: &str = "/services/data/v66.0/query/";

fn user(number: u32, username: &str) -> Value {
    json!({
        "Id": format!("00500000000000{number}AAA"), "Name": format!("User {number}"),
        "Email": null, "Username": username, "Profile": null
    })
}

#[tokio::test]
async fn b1_all_pages_are_read() {
    let server = organisation().await;
    let next = "/services/data/v66.0/query/0r8-2000";
    let first = json!({
        "done": false, "nextRecordsUrl": next,
        "records": [user(1, "one@acme.example"), user(2, "autoproc@00d000000000001aaa")]
    });
    let second = json!({"done": true, "records": [user(3, "three@acme.example")]});
    answering(&server, "GET", QUERY, 200, first).await;
    answering(&server, "GET", next, 200, second).await;
    let users = connected(&server).users().await.unwrap();
    let names: Vec<_> = (users
        .iter()
        .map(|user| (user.name.as_str(), user.is_system)))
    .collect();
    let automatic = ("User 2", true);
    assert_eq!(names, [("User 1", false), automatic, ("User 3", false)]);
}

#[tokio::test]
async fn a_next_page_on_another_host_is_not_read() {
    let server = organisation().await;
    let elsewhere = MockServer::start().await;
    for next in [elsewhere.uri(), format!("//{}/", elsewhere.address())] {
        server.reset().await;
        let versions = json!([{"version": "66.0"}]);
        answering(&server, "GET", "/services/data", 200, versions).await;
        let page = json!({"records": [], "nextRecordsUrl": next});
        answering(&server, "GET", QUERY, 200, page).await;
        let refused = connected(&server).users().await;
        assert!(
            matches!(refused, Err(Failure::Refused { .. })),
            "{refused:?}"
        );
    }
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_list_without_end_is_given_up() {
    let server = organisation().await;
    let page = json!({"records": [], "nextRecordsUrl": QUERY});
    answering(&server, "GET", QUERY, 200, page).await;
    let refused = connected(&server).users().await;
    assert!(
        matches!(refused, Err(Failure::Refused { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn odd_answers_are_never_taken_for_an_empty_list() {
    for odd in [
        json!(null),
        json!([]),
        json!({}),
        json!({"records": 7}),
        json!({"records": [{}]}),
    ] {
        let server = organisation().await;
        answering(&server, "GET", QUERY, 200, odd.clone()).await;
        let crm = connected(&server);
        let users = crm.users().await;
        assert!(
            matches!(users, Err(Failure::Retry { .. })),
            "{odd}: {users:?}"
        );
        let logged = crm.find_logged(&[entry()]).await;
        assert!(
            matches!(logged, Err(Failure::Retry { .. })),
            "{odd}: {logged:?}"
        );
    }
}
