//! Sign-in: an application asks, a user answers, a code becomes tokens.

use linecard_sandbox::salesforce::{Application, Fault, FaultKind, Options};
use reqwest::header::{LOCATION, SET_COOKIE};

use crate::application::{
    CALLBACK, Change, Form, ask, authorization, came_back, connected, exchange, opens_the_api,
    refused, returned, submit, ticket, token, with, without,
};
use crate::server::{Server, answer};

#[tokio::test]
async fn an_allowed_application_gets_tokens_that_open_the_api() {
    let server = Server::start().await;
    let back = came_back(&server, &authorization(), "allow").await;
    assert_eq!(back["state"], "state & more");
    assert_eq!(
        back["from"], "salesforce",
        "the address keeps its own query"
    );

    let answer = token(&server, &exchange(&back["code"])).await.body;
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["instance_url"], server.sandbox.base_url());
    assert_eq!(answer["scope"], "api refresh_token id");
    assert_eq!(answer["issued_at"], "1777620337000");
    assert_eq!(answer.get("expires_in"), None, "the vendor gives none");
    assert!(answer["access_token"].as_str().unwrap().starts_with("00D"));
    assert!(opens_the_api(&server, &answer["access_token"]).await);

    let identity = server
        .http
        .get(answer["id"].as_str().unwrap())
        .query(&[("oauth_token", answer["access_token"].as_str().unwrap())]);
    let identity = crate::server::answer(identity.send().await.unwrap()).await;
    assert_eq!(identity.body["username"], "admin@example.com");
    assert_eq!(identity.body["id"], answer["id"]);
}

#[tokio::test]
async fn the_signature_is_made_with_the_consumer_secret() {
    use base64::Engine as _;
    use hmac::{Hmac, KeyInit as _, Mac as _};

    let server = Server::start().await;
    let answer = connected(&server).await;
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"stand-in-consumer-secret").unwrap();
    mac.update(answer["id"].as_str().unwrap().as_bytes());
    mac.update(answer["issued_at"].as_str().unwrap().as_bytes());
    let signature = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
    assert_eq!(answer["signature"], signature);
}

#[tokio::test]
async fn without_the_refresh_scope_there_is_no_refresh_token() {
    let server = Server::start().await;
    let asked = with(authorization(), "scope", "api");
    let back = came_back(&server, &asked, "allow").await;
    let answer = token(&server, &exchange(&back["code"])).await;
    assert_eq!(answer.body.get("refresh_token"), None);
}

#[tokio::test]
async fn a_denied_application_is_told_so() {
    let server = Server::start().await;
    let back = came_back(&server, &authorization(), "deny").await;
    assert_eq!(back["error"], "access_denied");
    assert_eq!(back["error_description"], "end-user denied authorization");
    assert_eq!(back["state"], "state & more");
    assert!(!back.contains_key("code"));
}

#[tokio::test]
async fn consent_can_be_refused_on_demand() {
    let server = Server::start().await;
    server
        .sandbox
        .add_fault(Fault::new(FaultKind::RefuseConsent, 1));
    let back = returned(&ask(&server, &authorization()).await);
    assert_eq!(back["error"], "access_denied");
    assert_eq!(ask(&server, &authorization()).await.status(), 200);
}

#[tokio::test]
async fn a_wrong_password_asks_again() {
    let server = Server::start().await;
    let page = ask(&server, &authorization()).await.text().await.unwrap();
    let ticket = ticket(&page);
    for (username, password) in [
        ("admin@example.com", "wrong"),
        ("nobody@example.com", "stand-in"),
        ("frank@example.com", "stand-in"),
    ] {
        let form = [
            ("request", ticket.as_str()),
            ("username", username),
            ("password", password),
        ];
        let path = "/services/oauth2/authorize/sign-in";
        let answer = submit(&server, path, &form, "").await;
        assert_eq!(answer.status(), 403, "{username}");
        assert!(!answer.headers().contains_key(SET_COOKIE));
    }
}

#[tokio::test]
async fn nobody_answers_for_a_browser_that_is_not_signed_in() {
    let server = Server::start().await;
    let page = ask(&server, &authorization()).await.text().await.unwrap();
    let form = [("request", ticket(&page)), ("decision", "allow".to_owned())];
    let form = [
        (form[0].0, form[0].1.as_str()),
        (form[1].0, form[1].1.as_str()),
    ];
    let answer = submit(&server, "/services/oauth2/authorize/consent", &form, "").await;
    assert_eq!(answer.status(), 410);
}

#[tokio::test]
async fn an_unknown_application_or_address_is_never_redirected() {
    let application = Application {
        redirect_uris: vec![CALLBACK.to_owned()],
        ..Application::default()
    };
    let server = Server::start_with(Options {
        application,
        ..Options::default()
    })
    .await;
    for (asked, words) in [
        (
            with(authorization(), "client_id", "somebody"),
            "invalid_client_id",
        ),
        (
            with(authorization(), "redirect_uri", "https://evil.example/"),
            "redirect_uri_mismatch",
        ),
    ] {
        let page = ask(&server, &asked).await;
        assert_eq!(page.status(), 400);
        assert!(!page.headers().contains_key(LOCATION));
        assert!(page.text().await.unwrap().contains(words), "{words}");
    }
    assert_eq!(ask(&server, &authorization()).await.status(), 200);
}

#[tokio::test]
async fn a_request_that_cannot_be_granted_goes_back_with_its_reason() {
    let server = Server::start().await;
    for (asked, error, description) in [
        (
            without(authorization(), "code_challenge"),
            "invalid_request",
            "missing required code challenge",
        ),
        (
            with(authorization(), "code_challenge_method", "plain"),
            "invalid_request",
            "code challenge method not supported",
        ),
        (
            with(authorization(), "response_type", "token"),
            "unsupported_response_type",
            "response type not supported",
        ),
        (
            with(authorization(), "scope", "api everything"),
            "invalid_scope",
            "the requested scope is not allowed",
        ),
    ] {
        let back = returned(&ask(&server, &asked).await);
        assert_eq!(back["error"], error);
        assert_eq!(back["error_description"], description);
    }
}

#[tokio::test]
async fn a_code_is_good_once() {
    let server = Server::start().await;
    let back = came_back(&server, &authorization(), "allow").await;
    let form = exchange(&back["code"]);
    assert_eq!(token(&server, &form).await.status, 200);
    let again = token(&server, &form).await;
    refused(&again, "invalid_grant", "expired authorization code");
}

#[tokio::test]
async fn a_code_is_good_for_a_quarter_of_an_hour() {
    let server = Server::start().await;
    let back = came_back(&server, &authorization(), "allow").await;
    server.pass(1);
    let late = token(&server, &exchange(&back["code"])).await;
    refused(&late, "invalid_grant", "expired authorization code");
}

#[tokio::test]
async fn a_code_needs_its_verifier_its_address_and_the_secret() {
    let server = Server::start().await;
    let cases: [(Change, &str, &str); 6] = [
        (
            |form| with(form, "code_verifier", "another"),
            "invalid_request",
            "invalid code verifier",
        ),
        (
            |form| without(form, "code_verifier"),
            "invalid_grant",
            "missing code verifier",
        ),
        (
            |form| with(form, "redirect_uri", "http://127.0.0.1:8080/other"),
            "redirect_uri_mismatch",
            "redirect_uri must match configuration",
        ),
        (
            |form| with(form, "client_secret", "guessed"),
            "invalid_client",
            "invalid client credentials",
        ),
        (
            |form| with(form, "client_id", "somebody"),
            "invalid_client_id",
            "client identifier invalid",
        ),
        (
            |form| with(form, "grant_type", "password"),
            "unsupported_grant_type",
            "grant type not supported",
        ),
    ];
    for (change, error, description) in cases {
        let back = came_back(&server, &authorization(), "allow").await;
        let answer = token(&server, &change(exchange(&back["code"]))).await;
        refused(&answer, error, description);
    }
}

#[tokio::test]
async fn the_secret_may_come_as_basic_authentication_but_the_body_wins() {
    let server = Server::start().await;
    let back = came_back(&server, &authorization(), "allow").await;
    let form = without(
        without(exchange(&back["code"]), "client_id"),
        "client_secret",
    );
    let basic = |form: &Form| {
        server
            .http
            .post(server.url("/services/oauth2/token"))
            .basic_auth("stand-in-consumer-key", Some("stand-in-consumer-secret"))
            .form(form)
    };
    let wrong_body = with(form.clone(), "client_secret", "guessed");
    let answered = answer(basic(&wrong_body).send().await.unwrap()).await;
    assert_eq!(answered.body["error"], "invalid_client");
    let answered = answer(basic(&form).send().await.unwrap()).await;
    assert_eq!(answered.status, 200, "{answered:?}");
}
