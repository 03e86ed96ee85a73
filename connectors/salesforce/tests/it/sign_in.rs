//! Asking for consent and turning its code into a grant.

use std::collections::HashMap;

use linecard_crm::{
    Advice, AdviceCode, AuthorizationRequest, Connector as _, Failure, PersonNeeded, Settings,
};
use serde_json::json;
use wiremock::MockServer;

use crate::organisation::{answering, consent, salesforce, settings};

fn request() -> AuthorizationRequest {
    AuthorizationRequest {
        redirect_uri: "https://linecard.example/integration/callback/api/crm/salesforce/"
            .parse()
            .unwrap(),
        state: "the-state".to_owned(),
        verifier: "v".repeat(64),
    }
}

/// Exchanges a code and tells why there is no grant.
async fn refusal(server: &MockServer) -> Failure {
    match salesforce()
        .exchange(&settings(&server.uri()), &request(), &consent("the-code"))
        .await
    {
        Ok(_) => panic!("a grant was given"),
        Err(failure) => failure,
    }
}

fn configuration(failure: &Failure) -> &str {
    match failure {
        Failure::NeedsPerson {
            what: PersonNeeded::Configuration,
            words,
            ..
        } => words,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a5_a6_consent_is_asked_at_the_organisations_address_for_the_least_with_pkce() {
    let url = salesforce()
        .authorize(&settings("https://acme.my.salesforce.com/"), &request())
        .unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(url.host_str(), Some("acme.my.salesforce.com"));
    assert_eq!(url.path(), "/services/oauth2/authorize");
    let query: HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(query["scope"], "api refresh_token");
    assert_eq!(query["code_challenge_method"], "S256");
    assert_eq!(query["state"], "the-state");
}

#[test]
fn a_setting_that_is_missing_is_named() {
    for name in ["login_url", "client_id"] {
        let mut settings = settings("https://acme.my.salesforce.com");
        settings.0.insert(name.to_owned(), String::new());
        let refused = salesforce().authorize(&settings, &request()).unwrap_err();
        let advice = Advice::about(AdviceCode::SettingMissing, name);
        assert_eq!(refused, Failure::misconfigured(advice));
    }
    assert!(
        salesforce()
            .authorize(&Settings::default(), &request())
            .is_err()
    );
}

#[tokio::test]
async fn a20_a_wrong_consumer_secret_is_said_in_salesforces_words() {
    let server = MockServer::start().await;
    let body =
        json!({"error": "invalid_client", "error_description": "invalid client credentials"});
    answering(&server, "POST", "/services/oauth2/token", 400, body).await;
    let refused = refusal(&server).await;
    let words = "invalid_client: invalid client credentials";
    assert_eq!(configuration(&refused), words);
    assert_eq!(refused.advice_code(), Some(AdviceCode::ConsumerSecret));
}

#[tokio::test]
async fn a23_a_client_id_that_is_not_known_yet_is_told_to_be_new() {
    let server = MockServer::start().await;
    let body = json!({
        "error": "invalid_client_id", "error_description": "client identifier invalid"
    });
    answering(&server, "POST", "/services/oauth2/token", 400, body).await;
    let refused = refusal(&server).await;
    assert_eq!(refused.advice_code(), Some(AdviceCode::ConsumerKey));
}

#[tokio::test]
async fn a_forged_instance_is_refused() {
    let server = MockServer::start().await;
    let evil = MockServer::start().await;
    // Signed with the right secret, so that only the address is wrong.
    let body = json!({
        "access_token": "token", "token_type": "Bearer", "issued_at": "1714600000000",
        "id": "https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA",
        "signature": "6ADXuBtpRlkWrMfjyZ2FLGfuIc8Onye+VQqXxbi9qtY=",
        "instance_url": evil.uri()
    });
    answering(&server, "POST", "/services/oauth2/token", 200, body).await;
    let refused = refusal(&server).await;
    let evils = Advice::about(AdviceCode::SignInAnswer, evil.uri());
    assert_eq!(refused, Failure::misconfigured(evils));
    assert!(evil.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_answer_that_somebody_else_signed_is_refused() {
    let server = MockServer::start().await;
    let body = json!({
        "access_token": "token", "token_type": "Bearer", "issued_at": "1714600000000",
        "id": "https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA",
        "signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "instance_url": server.uri()
    });
    answering(&server, "POST", "/services/oauth2/token", 200, body).await;
    let refused = refusal(&server).await;
    let expected = Failure::misconfigured(AdviceCode::ConsumerSecret);
    assert_eq!(refused, expected);
}
