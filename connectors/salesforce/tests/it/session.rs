//! Tokens that expire, and versions.

use futures_util::future::join_all;
use linecard_crm::{Failure, Logged, PersonNeeded};
use serde_json::json;
use wiremock::matchers::{bearer_token, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::organisation::{
    Grants, answering, connected, entry, grant, opened, organisation, problem,
};

const QUERY: &str = "/services/data/v66.0/query/";
const TASK: &str = "/services/data/v66.0/sobjects/Task";

async fn first_token_has_expired(server: &MockServer, verb: &str, at: &str) {
    let expired = problem("INVALID_SESSION_ID", "Session expired or invalid");
    Mock::given(method(verb))
        .and(path(at))
        .and(bearer_token("first"))
        .respond_with(ResponseTemplate::new(401).set_body_json(expired))
        .mount(server)
        .await;
}

async fn refreshing_to(server: &MockServer, token: &str) {
    Mock::given(path("/services/oauth2/token"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_json(json!({"access_token": token, "token_type": "Bearer"})),
        )
        .expect(1)
        .mount(server)
        .await;
}

#[tokio::test]
async fn twenty_requests_with_an_expired_token_make_one_refresh() {
    let server = organisation().await;
    first_token_has_expired(&server, "GET", QUERY).await;
    refreshing_to(&server, "second").await;
    answering(&server, "GET", QUERY, 200, json!({"records": []})).await;
    let grants = Grants::holding(grant(&server));
    let crm = opened(&server, grants.clone());
    for users in join_all((0..20).map(|_| crm.users())).await {
        assert_eq!(users, Ok(Vec::new()));
    }
    assert_eq!(grants.access_token(), "second");
}

#[tokio::test]
async fn a_write_with_an_expired_token_is_written_once_after_the_refresh() {
    let server = organisation().await;
    answering(&server, "GET", QUERY, 200, json!({"records": []})).await;
    first_token_has_expired(&server, "POST", TASK).await;
    refreshing_to(&server, "second").await;
    Mock::given(method("POST"))
        .and(path(TASK))
        .and(bearer_token("second"))
        .respond_with(
            ResponseTemplate::new(201)
                .set_body_json(json!({"id": "00T000000000001AAA", "success": true})),
        )
        .expect(1)
        .mount(&server)
        .await;
    assert_eq!(
        connected(&server).log(&entry()).await,
        Ok(Logged::whole("00T000000000001AAA"))
    );
}

#[tokio::test]
async fn a_refreshed_token_that_is_turned_down_too_needs_a_person() {
    let server = organisation().await;
    let expired = problem("INVALID_SESSION_ID", "Session expired or invalid");
    answering(&server, "GET", QUERY, 401, expired).await;
    refreshing_to(&server, "second").await;
    let refused = connected(&server).users().await;
    assert!(
        matches!(
            refused,
            Err(Failure::NeedsPerson {
                what: PersonNeeded::SignIn,
                ..
            })
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn the_versions_are_asked_for_once() {
    let server = MockServer::start().await;
    Mock::given(path("/services/data"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([{"version": "66.0"}])))
        .expect(1)
        .mount(&server)
        .await;
    answering(&server, "GET", QUERY, 200, json!({"records": []})).await;
    let crm = connected(&server);
    assert_eq!(crm.users().await, Ok(Vec::new()));
    assert_eq!(crm.users().await, Ok(Vec::new()));
}

#[tokio::test]
async fn an_address_that_is_no_salesforce_of_our_time_needs_a_person() {
    let server = MockServer::start().await;
    answering(
        &server,
        "GET",
        "/services/data",
        200,
        json!([{"version": "31.0"}]),
    )
    .await;
    let refused = connected(&server).users().await;
    assert!(
        matches!(
            refused,
            Err(Failure::NeedsPerson {
                what: PersonNeeded::Configuration,
                ..
            })
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_token() {
    let server = organisation().await;
    let elsewhere = MockServer::start().await;
    Mock::given(path(QUERY))
        .respond_with(ResponseTemplate::new(302).insert_header("Location", elsewhere.uri()))
        .mount(&server)
        .await;
    let refused = connected(&server).users().await;
    assert!(
        matches!(
            refused,
            Err(Failure::NeedsPerson {
                what: PersonNeeded::Configuration,
                ..
            })
        ),
        "{refused:?}"
    );
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}
