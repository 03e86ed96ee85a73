//! Failures on demand, as a client meets them, and the management endpoints that ask for them.

use std::time::Duration;

use linecard_sandbox::salesforce::{Fault, FaultKind, Target};
use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{API, Server, answer};

#[tokio::test]
async fn an_outage_is_html_and_carries_nothing_out() {
    let server = Server::start().await;
    server
        .sandbox
        .add_fault(Fault::new(FaultKind::Unavailable, 1));
    let request = server
        .request(Method::POST, &format!("{API}/sobjects/Task"))
        .json(&json!({}));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 503);
    let kind = response.headers()["content-type"].to_str().unwrap();
    assert!(kind.starts_with("text/html"));
    assert!(server.sandbox.records("Task").is_empty());
    server.created("Task", &json!({})).await;
}

#[tokio::test]
async fn a_used_up_quota_is_a_403() {
    let server = Server::start().await;
    server.sandbox.add_fault(Fault::new(FaultKind::Quota, 2));
    for _ in 0..2 {
        let refused = server.create("Task", &json!({})).await;
        assert_eq!(refused.status, 403);
        assert_eq!(
            refused.body,
            json!([{
                "message": "TotalRequests Limit exceeded.",
                "errorCode": "REQUEST_LIMIT_EXCEEDED",
            }])
        );
    }
    server.created("Task", &json!({})).await;
}

#[tokio::test]
async fn a_locked_row_refuses_one_write_and_every_record_of_a_collection() {
    let server = Server::start().await;
    server.sandbox.add_fault(Fault::new(FaultKind::Lock, 2));
    let single = server.create("Task", &json!({})).await;
    assert_eq!(
        (single.status.as_u16(), single.code()),
        (400, "UNABLE_TO_LOCK_ROW")
    );
    let records = json!([{"attributes": {"type": "Task"}}, {"attributes": {"type": "Task"}}]);
    let body = json!({ "records": records });
    let collection = format!("{API}/composite/sobjects");
    let locked = server.post(&collection, &body).await;
    for at in [0, 1] {
        let error = &locked.body[at]["errors"][0];
        assert_eq!(error["statusCode"], "UNABLE_TO_LOCK_ROW");
    }
    assert!(server.sandbox.records("Task").is_empty());
    let free = server.post(&collection, &body).await;
    assert_eq!(free.body[0]["success"], true);
}

#[tokio::test]
async fn a_lost_answer_is_a_closed_connection_and_a_written_record() {
    let server = Server::start().await;
    server
        .sandbox
        .add_fault(Fault::new(FaultKind::DropAfterCommit, 1));
    let task = json!({"CallObject": "0190-lost"});
    let request = server
        .request(Method::POST, &format!("{API}/sobjects/Task"))
        .json(&task);
    let error = request.send().await.unwrap_err();
    assert!(error.is_request() && !error.is_timeout(), "{error:?}");
    let written = server
        .soql("SELECT Id FROM Task WHERE CallObject = '0190-lost'")
        .await;
    assert_eq!(written.body["totalSize"], 1);
}

#[tokio::test]
async fn a_lost_answer_is_not_a_single_byte() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let server = Server::start().await;
    server
        .sandbox
        .add_fault(Fault::new(FaultKind::DropAfterCommit, 1).at(Target::Api));
    let address = server.sandbox.base_url().strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET {API}/limits HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut received = Vec::new();
    stream.read_to_end(&mut received).await.unwrap();
    assert!(
        received.is_empty(),
        "{}",
        String::from_utf8_lossy(&received)
    );
}

#[tokio::test]
async fn a_refresh_whose_answer_is_lost_has_happened() {
    let server = Server::start().await;
    let tokens = server.sandbox.sign_in("bob@example.com").unwrap().unwrap();
    server
        .sandbox
        .add_fault(Fault::new(FaultKind::DropAfterCommit, 1).at(Target::Token));
    let refresh = || {
        server
            .http
            .post(server.url("/services/oauth2/token"))
            .form(&[
                ("grant_type", "refresh_token"),
                ("refresh_token", tokens.refresh_token.as_str()),
                ("client_id", "stand-in-consumer-key"),
                ("client_secret", "stand-in-consumer-secret"),
            ])
    };
    assert!(refresh().send().await.is_err());
    assert_eq!(refresh().send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_delayed_request_outlasts_an_impatient_client() {
    let server = Server::start().await;
    server
        .sandbox
        .add_fault(Fault::new(FaultKind::Delay, 1).lasting(60_000));
    let request = server
        .request(Method::GET, &format!("{API}/limits"))
        .timeout(Duration::from_millis(200));
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(server.get(&format!("{API}/limits")).await.status, 200);
}

#[tokio::test]
async fn the_management_endpoints_do_what_the_library_does() {
    let server = Server::start().await;
    let manage = |method: Method, path: &str| {
        server
            .http
            .request(method, server.url(&format!("/__sandbox{path}")))
    };
    let session = manage(Method::POST, "/sessions").json(&json!({"username": "bob@example.com"}));
    let session = answer(session.send().await.unwrap()).await;
    assert_eq!(session.status, 201);

    let fault = manage(Method::POST, "/faults").json(&json!({"kind": "quota", "times": 5}));
    assert_eq!(fault.send().await.unwrap().status(), 204);
    assert_eq!(server.get(&format!("{API}/limits")).await.status, 403);
    let faults = answer(manage(Method::GET, "/faults").send().await.unwrap()).await;
    assert_eq!(faults.body["coming"][0]["times"], 4);
    assert_eq!(faults.body["fired"]["quota"], 1);
    manage(Method::DELETE, "/faults").send().await.unwrap();
    server.created("Task", &json!({})).await;

    let tasks = answer(manage(Method::GET, "/records/Task").send().await.unwrap()).await;
    assert_eq!(tasks.body.as_array().unwrap().len(), 1);
    let requests = answer(manage(Method::GET, "/requests").send().await.unwrap()).await;
    let endpoint = format!("POST {API}/sobjects/Task");
    assert_eq!(requests.body["by_endpoint"][&endpoint], 1);
    assert_eq!(server.sandbox.requests_to(&endpoint), 1);
    assert_eq!(requests.body["total"], 2);

    manage(Method::POST, "/reset").send().await.unwrap();
    assert!(server.sandbox.records("Task").is_empty());
    assert_eq!(server.sandbox.requests(), 0);
    assert_eq!(
        server.get(&format!("{API}/limits")).await.status,
        200,
        "tokens outlive a reset"
    );

    manage(Method::POST, "/tokens/expire").send().await.unwrap();
    assert_eq!(server.get(&format!("{API}/limits")).await.status, 401);
    let refresh = |token: &Value| {
        server
            .http
            .post(server.url("/services/oauth2/token"))
            .form(&[
                ("grant_type", "refresh_token"),
                ("refresh_token", token.as_str().unwrap()),
                ("client_id", "stand-in-consumer-key"),
                ("client_secret", "stand-in-consumer-secret"),
            ])
    };
    let refresh_token = &session.body["refresh_token"];
    assert_eq!(refresh(refresh_token).send().await.unwrap().status(), 200);
    manage(Method::POST, "/tokens/revoke").send().await.unwrap();
    assert_eq!(refresh(refresh_token).send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn the_edge_and_too_many_at_once_refuse_in_their_own_ways() {
    let server = Server::start().await;
    let limits = format!("{API}/limits");
    server.sandbox.add_fault(Fault::new(FaultKind::Moved, 1));
    let moved = server.request(Method::GET, &limits).send().await.unwrap();
    assert_eq!(moved.status().as_u16(), 420);
    assert!(
        moved.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    server
        .sandbox
        .add_fault(Fault::new(FaultKind::Concurrency, 1));
    let busy = server.get(&limits).await;
    assert_eq!(
        (busy.status.as_u16(), busy.code()),
        (403, "REQUEST_LIMIT_EXCEEDED")
    );
    assert!(busy.message().starts_with("ConcurrentRequests"));
}

#[tokio::test]
async fn tokens_that_end_on_demand_are_those_given_out_so_far() {
    let server = Server::start().await;
    let limits = format!("{API}/limits");
    server
        .sandbox
        .add_fault(Fault::new(FaultKind::ExpireTokens, 1));
    assert_eq!(server.get(&limits).await.code(), "INVALID_SESSION_ID");
    let fresh = server.sandbox.sign_in("bob@example.com").unwrap().unwrap();
    let request = server
        .http
        .get(server.url(&limits))
        .bearer_auth(fresh.access_token);
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert_eq!(server.sandbox.fired(FaultKind::ExpireTokens), 1);
}

#[tokio::test]
async fn a_task_meets_an_owner_who_left_and_a_rule_on_demand() {
    let server = Server::start().await;
    server
        .sandbox
        .add_fault(Fault::new(FaultKind::InactiveOwner, 1));
    server
        .sandbox
        .add_fault(Fault::new(FaultKind::ValidationRule, 1));
    let owned = json!({"OwnerId": server.id("User", "Bob Brown")});
    let refused = server.create("Task", &owned).await;
    assert_eq!(refused.code(), "INACTIVE_OWNER_OR_USER");
    let refused = server.create("Task", &owned).await;
    assert_eq!(refused.code(), "FIELD_CUSTOM_VALIDATION_EXCEPTION");
    server.created("Task", &owned).await;
}
