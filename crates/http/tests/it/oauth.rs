//! The code flow, refusals and revocation.

use std::collections::HashMap;

use linecard_http::{Endpoints, OAuth, OAuthError};
use url::Url;
use wiremock::matchers::{body_string_contains, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::client;

/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) fn oauth(server: &MockServer) -> OAuth {
    let base = Url::parse(&server.uri()).unwrap();
    let at = |path: &str| base.join(path).unwrap();
    OAuth::new(
        client(),
        Endpoints {
            authorize: at("/authorize"),
            token: at("/token"),
            revoke: at("/revoke"),
        },
        "the-client",
        Some("the-secret"),
    )
}

fn redirect_uri() -> Url {
    Url::parse("https://linecard.example/callback/").unwrap()
}

async fn answering(status: u16, body: &str, content_type: &str) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(path("/token"))
        .respond_with(ResponseTemplate::new(status).set_body_raw(body, content_type))
        .mount(&server)
        .await;
    server
}

async fn exchange(server: &MockServer) -> Result<(), OAuthError> {
    oauth(server)
        .exchange(&redirect_uri(), VERIFIER, "the-code")
        .await
        .map(|_tokens| ())
}

#[tokio::test]
async fn a6_the_consent_page_is_asked_with_pkce_s256() {
    let server = MockServer::start().await;
    let url = oauth(&server)
        .authorize_url(&redirect_uri(), "the-state", VERIFIER, &["api", "refresh"])
        .unwrap();
    let query: HashMap<_, _> = url.query_pairs().into_owned().collect();
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "the-client"),
        ("redirect_uri", "https://linecard.example/callback/"),
        ("state", "the-state"),
        ("scope", "api refresh"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(query.get(name).map(String::as_str), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_code_becomes_tokens() {
    let server = MockServer::start().await;
    let mut mock = Mock::given(path("/token"));
    for part in [
        "grant_type=authorization_code",
        "code=the-code",
        &format!("code_verifier={VERIFIER}"),
        "redirect_uri=https%3A%2F%2Flinecard.example%2Fcallback%2F",
        "client_id=the-client",
        "client_secret=the-secret",
    ] {
        mock = mock.and(body_string_contains(part));
    }
    mock.respond_with(ResponseTemplate::new(200).set_body_json(serde_json::json!({
        "access_token": "a", "refresh_token": "r", "token_type": "Bearer",
        "issued_at": "1714600000000", "instance_url": "https://x.example"
    })))
    .mount(&server)
    .await;
    let tokens = oauth(&server)
        .exchange(&redirect_uri(), VERIFIER, "the-code")
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(tokens.access_token, "a");
    assert_eq!(tokens.refresh_token.as_deref(), Some("r"));
    assert_eq!(tokens.extra["instance_url"], "https://x.example");
}

#[tokio::test]
async fn a_refusal_keeps_the_servers_code_and_words() {
    let body = r#"{"error":"invalid_grant","error_description":"expired authorization code"}"#;
    let server = answering(400, body, "application/json").await;
    let refused = exchange(&server).await.unwrap_err();
    assert!(refused.is_invalid_grant());
    assert_eq!(
        refused.to_string(),
        "invalid_grant: expired authorization code"
    );
}

#[tokio::test]
async fn a_refusal_with_status_200_is_a_refusal() {
    let body = r#"{"error":"invalid_code","status":"failure"}"#;
    let server = answering(200, body, "application/json").await;
    let refused = exchange(&server).await.unwrap_err();
    assert!(refused.is_invalid_grant(), "{refused:?}");
}

#[tokio::test]
async fn a_refusal_under_another_name_is_a_refusal() {
    let body = r#"{"status":"BAD_AUTH_CODE","message":"missing or unknown auth code"}"#;
    let server = answering(400, body, "application/json").await;
    let refused = exchange(&server).await.unwrap_err();
    assert!(refused.is_invalid_grant());
    assert_eq!(
        refused.to_string(),
        "BAD_AUTH_CODE: missing or unknown auth code"
    );
}

#[tokio::test]
async fn a_server_that_is_down_is_not_a_refusal() {
    let server = answering(503, "<html>maintenance</html>", "text/html").await;
    assert_eq!(
        exchange(&server).await,
        Err(OAuthError::Unavailable { status: 503 })
    );
}

#[tokio::test]
async fn a_page_instead_of_tokens_is_told_as_such() {
    for (status, body) in [
        (200, "<html>hello</html>"),
        (404, "<html>no such page</html>"),
        (302, ""),
    ] {
        let server = answering(status, body, "text/html").await;
        let refused = exchange(&server).await.unwrap_err();
        assert!(
            matches!(refused, OAuthError::Unreadable(_)),
            "{status}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_does_not_show_its_tokens() {
    let body = r#"{"access_token":["s3cr3t"],"token_type":"Bearer","refresh_token":"s3cr3t"}"#;
    let server = answering(200, body, "application/json").await;
    let refused = exchange(&server).await.unwrap_err();
    assert!(
        !format!("{refused} {refused:?}").contains("s3cr3t"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_verifier_of_a_wrong_length_is_refused() {
    let server = MockServer::start().await;
    for verifier in ["short", &"v".repeat(129)] {
        assert_eq!(
            oauth(&server).authorize_url(&redirect_uri(), "s", verifier, &[]),
            Err(OAuthError::Verifier)
        );
    }
}

#[tokio::test]
async fn revoking_a_token_that_is_gone_already_succeeds() {
    let server = MockServer::start().await;
    Mock::given(path("/revoke"))
        .and(body_string_contains("token=the-token"))
        .respond_with(ResponseTemplate::new(400).set_body_json(serde_json::json!({
            "error": "unsupported_token_type"
        })))
        .expect(1)
        .mount(&server)
        .await;
    assert_eq!(oauth(&server).revoke("the-token").await, Ok(()));
}

#[tokio::test]
async fn a_token_is_taken_back_in_the_address_where_the_server_wants_it_there() {
    let server = MockServer::start().await;
    Mock::given(path("/revoke"))
        .and(query_param("token", "the-token"))
        .respond_with(ResponseTemplate::new(200))
        .expect(1)
        .mount(&server)
        .await;
    let oauth = oauth(&server).revoking_by_query();
    assert_eq!(oauth.revoke("the-token").await, Ok(()));
}
