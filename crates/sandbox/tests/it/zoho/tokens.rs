//! Tokens and their limits.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::server::{Answer, Server, answer};

async fn refresh(server: &Server, secret: &str) -> Answer {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "1000.STANDIN"),
        ("client_secret", secret),
        ("refresh_token", &server.refresh_token),
    ];
    let url = format!("{}/oauth/v2/token", server.sandbox.base_url());
    answer(server.http.post(url).form(&form).send().await.unwrap()).await
}

async fn opens(server: &Server, token: &str) -> bool {
    let url = format!("{}/crm/v8/org", server.sandbox.base_url());
    let token = format!("Zoho-oauthtoken {token}");
    let request = server.http.get(url).header("Authorization", token);
    request.send().await.unwrap().status() == StatusCode::OK
}

#[tokio::test]
async fn a_refresh_brings_an_access_token_and_no_refresh_token() {
    let server = Server::start().await;
    let fresh = refresh(&server, "stand-in-secret").await;
    assert_eq!(fresh.status, StatusCode::OK);
    assert_eq!(fresh.body["token_type"], "Bearer");
    assert_eq!(fresh.body["api_domain"], server.sandbox.base_url());
    assert_eq!(fresh.body.get("refresh_token"), None);
    assert!(opens(&server, fresh.body["access_token"].as_str().unwrap()).await);
}

#[tokio::test]
async fn a_refusal_has_status_200_and_names_an_error() {
    let server = Server::start().await;
    let refused = refresh(&server, "wrong").await;
    assert_eq!(refused.status, StatusCode::OK);
    assert_eq!(refused.body["error"], "invalid_client");
}

#[tokio::test]
async fn the_eleventh_refresh_in_ten_minutes_is_denied() {
    let server = Server::start().await;
    for _ in 0..10 {
        let fresh = refresh(&server, "stand-in-secret").await;
        assert!(fresh.body["access_token"].is_string());
    }
    let denied = refresh(&server, "stand-in-secret").await;
    assert_eq!(denied.body["error"], "Access Denied");
    server.clock.advance(SignedDuration::from_mins(11));
    let fresh = refresh(&server, "stand-in-secret").await;
    assert!(fresh.body["access_token"].is_string());
}

#[tokio::test]
async fn the_sixteenth_access_token_kills_the_first() {
    let server = Server::start().await;
    let mut tokens = vec![server.token.clone()];
    for round in 0..15 {
        if round == 9 {
            server.clock.advance(SignedDuration::from_mins(11));
        }
        let fresh = refresh(&server, "stand-in-secret").await;
        let token = fresh.body["access_token"].as_str().unwrap();
        tokens.push(token.to_owned());
    }
    assert!(!opens(&server, &tokens[0]).await);
    assert!(opens(&server, &tokens[1]).await);
}

#[tokio::test]
async fn a_token_lasts_an_hour_and_its_end_is_told() {
    let server = Server::start().await;
    let request = server.request(Method::GET, "/crm/v8/org");
    let answer = request.send().await.unwrap();
    assert_eq!(
        answer.headers()["x-accesstoken-reset"],
        "2026-05-14T12:00:00+02:00"
    );
    server.clock.advance(SignedDuration::from_hours(1));
    let expired = server.get("/crm/v8/org").await;
    assert_eq!(expired.status, StatusCode::UNAUTHORIZED);
    assert_eq!(expired.body["code"], "INVALID_TOKEN");
}

#[tokio::test]
async fn only_zohos_own_scheme_opens_the_door() {
    let server = Server::start().await;
    let url = format!("{}/crm/v8/org", server.sandbox.base_url());
    let request = server.http.get(url).bearer_auth(&server.token);
    assert_eq!(answer(request.send().await.unwrap()).await.status, 401);
}

#[tokio::test]
async fn a_missing_scope_is_told_as_such() {
    let server = Server::with(linecard_sandbox::zoho::Switches {
        granted_scopes: Some(vec!["ZohoCRM.modules.ALL".to_owned()]),
        ..Default::default()
    })
    .await;
    let refused = server.get("/crm/v8/Contacts/search?word=maya").await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(refused.body["code"], "OAUTH_SCOPE_MISMATCH");
}

#[tokio::test]
async fn a_consent_is_taken_back_in_the_address() {
    let server = Server::start().await;
    let url = format!(
        "{}/oauth/v2/token/revoke?token={}",
        server.sandbox.base_url(),
        server.refresh_token
    );
    let revoked = answer(server.http.post(url).send().await.unwrap()).await;
    assert_eq!(revoked.body["status"], Value::from("success"));
    assert!(!opens(&server, &server.token).await);
}
