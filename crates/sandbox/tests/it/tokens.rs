//! Tokens: how long they last, what renews and ends them, and whom they belong to.

use linecard_sandbox::salesforce::{Application, Options};
use reqwest::Method;
use serde_json::{Value, json};

use crate::application::{connected, opens_the_api, refresh, refused, token};
use crate::server::{API, Server, answer};

#[tokio::test]
async fn a_refresh_gives_another_access_token_and_keeps_the_refresh_token() {
    let server = Server::start().await;
    let first = connected(&server).await;
    let second = token(&server, &refresh(&first["refresh_token"])).await;
    assert_eq!(second.status, 200);
    assert_eq!(second.body.get("refresh_token"), None);
    assert_ne!(second.body["access_token"], first["access_token"]);
    assert!(opens_the_api(&server, &second.body["access_token"]).await);
    assert!(opens_the_api(&server, &first["access_token"]).await);
}

#[tokio::test]
async fn with_rotation_a_replaced_refresh_token_ends_the_family() {
    let application = Application {
        rotates_refresh_tokens: true,
        ..Application::default()
    };
    let server = Server::start_with(Options {
        application,
        ..Options::default()
    })
    .await;
    let first = connected(&server).await;
    let second = token(&server, &refresh(&first["refresh_token"])).await.body;
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert!(opens_the_api(&server, &second["access_token"]).await);

    let reused = token(&server, &refresh(&first["refresh_token"])).await;
    refused(&reused, "invalid_grant", "expired access/refresh token");
    assert!(!opens_the_api(&server, &second["access_token"]).await);
    let ended = token(&server, &refresh(&second["refresh_token"])).await;
    refused(&ended, "invalid_grant", "expired access/refresh token");
}

#[tokio::test]
async fn an_access_token_ends_two_hours_after_its_last_use() {
    let server = Server::start().await;
    let tokens = connected(&server).await;
    server.pass(1);
    assert!(opens_the_api(&server, &tokens["access_token"]).await);
    server.pass(1);
    assert!(opens_the_api(&server, &tokens["access_token"]).await);
    server.pass(2);
    assert!(!opens_the_api(&server, &tokens["access_token"]).await);
    let fresh = token(&server, &refresh(&tokens["refresh_token"])).await;
    assert!(opens_the_api(&server, &fresh.body["access_token"]).await);
}

#[tokio::test]
async fn expiring_on_demand_ends_only_the_tokens_already_issued() {
    let server = Server::start().await;
    let tokens = connected(&server).await;
    server.sandbox.expire_access_tokens().unwrap();
    assert!(!opens_the_api(&server, &tokens["access_token"]).await);
    let fresh = token(&server, &refresh(&tokens["refresh_token"])).await;
    assert!(opens_the_api(&server, &fresh.body["access_token"]).await);
}

#[tokio::test]
async fn revoking_a_refresh_token_takes_its_access_tokens_along() {
    let server = Server::start().await;
    let tokens = connected(&server).await;
    let revoke = |token: &Value| {
        server
            .http
            .post(server.url("/services/oauth2/revoke"))
            .form(&[("token", token.as_str().unwrap())])
    };
    let answered = answer(revoke(&tokens["refresh_token"]).send().await.unwrap()).await;
    assert_eq!((answered.status.as_u16(), answered.body), (200, json!("")));
    assert!(!opens_the_api(&server, &tokens["access_token"]).await);
    let again = answer(revoke(&tokens["refresh_token"]).send().await.unwrap()).await;
    refused(&again, "invalid_token", "invalid token");
}

#[tokio::test]
async fn revoking_an_access_token_leaves_the_refresh_token() {
    let server = Server::start().await;
    let tokens = connected(&server).await;
    let address = server.url("/services/oauth2/revoke");
    let request = server
        .http
        .get(address)
        .query(&[("token", tokens["access_token"].as_str().unwrap())]);
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert!(!opens_the_api(&server, &tokens["access_token"]).await);
    let fresh = token(&server, &refresh(&tokens["refresh_token"])).await;
    assert_eq!(fresh.status, 200);
}

#[tokio::test]
async fn introspection_tells_until_when_a_token_is_good() {
    let server = Server::start().await;
    let tokens = connected(&server).await;
    let introspect = |token: &Value| {
        server
            .http
            .post(server.url("/services/oauth2/introspect"))
            .basic_auth("stand-in-consumer-key", Some("stand-in-consumer-secret"))
            .form(&[("token", token.as_str().unwrap())])
    };
    let good = answer(introspect(&tokens["access_token"]).send().await.unwrap()).await;
    assert_eq!(good.body["active"], true);
    assert_eq!(good.body["username"], "admin@example.com");
    assert_eq!(good.body["exp"], 1_777_620_337 + 2 * 3600);
    let bad = answer(introspect(&json!("nonsense")).send().await.unwrap()).await;
    assert_eq!(bad.body, json!({"active": false}));
}

#[tokio::test]
async fn identity_fails_in_plain_text() {
    let server = Server::start().await;
    let tokens = connected(&server).await;
    let id = tokens["id"].as_str().unwrap();
    let good = tokens["access_token"].as_str().unwrap();
    let (rest, user) = id.rsplit_once('/').unwrap();
    let (rest, _) = rest.rsplit_once('/').unwrap();
    for (address, token, status, text) in [
        (id.to_owned(), "", 403, "Missing_OAuth_Token"),
        (id.to_owned(), "nonsense", 403, "Bad_OAuth_Token"),
        (
            format!("{rest}/00DLc0000000009/{user}"),
            good,
            403,
            "Wrong_Org",
        ),
        (format!("{id}x"), good, 404, "Bad_Id"),
    ] {
        let mut request = server.http.get(address);
        if !token.is_empty() {
            request = request.header("Authorization", format!("OAuth {token}"));
        }
        let answered = answer(request.send().await.unwrap()).await;
        assert_eq!(answered.status.as_u16(), status);
        assert_eq!(answered.body, json!(text));
    }
}

#[tokio::test]
async fn userinfo_and_discovery_agree_with_the_token_answer() {
    let server = Server::start().await;
    let tokens = connected(&server).await;
    let discovery = server.get("/.well-known/openid-configuration").await.body;
    let userinfo = server
        .http
        .get(discovery["userinfo_endpoint"].as_str().unwrap())
        .bearer_auth(tokens["access_token"].as_str().unwrap());
    let userinfo = answer(userinfo.send().await.unwrap()).await.body;
    assert_eq!(userinfo["sub"], tokens["id"]);
    assert_eq!(userinfo["email"], "admin@example.com");
    assert_eq!(userinfo["zoneinfo"], "America/New_York");
}

#[tokio::test]
async fn the_api_wants_a_good_token() {
    let server = Server::start().await;
    for header in ["", "Bearer", "Bearer nonsense", "Basic eDp5"] {
        let request = server
            .http
            .get(server.url(&format!("{API}/limits")))
            .header("Authorization", header);
        let answered = answer(request.send().await.unwrap()).await;
        assert_eq!(answered.status, 401, "{header}");
        assert_eq!(
            answered.body,
            json!([{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}])
        );
    }
    let versions = server.request(Method::GET, "/services/data");
    assert_eq!(versions.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_sixth_consent_of_a_user_ends_the_oldest() {
    let server = Server::start().await;
    let limits = format!("{API}/limits");
    let mut tokens = Vec::new();
    for _ in 0..6 {
        tokens.push(server.sandbox.sign_in("bob@example.com").unwrap().unwrap());
    }
    let status = |token: &str| {
        let request = server.http.get(server.url(&limits)).bearer_auth(token);
        async move { request.send().await.unwrap().status().as_u16() }
    };
    assert_eq!(status(&tokens[0].access_token).await, 401);
    for token in &tokens[1..] {
        assert_eq!(status(&token.access_token).await, 200);
    }
    assert_eq!(server.get(&limits).await.status, 200, "others' stay");
}
