//! Which tokens of a provider are believed. The provider is made up here, because no real one can
//! be had to send what must be refused; one that we did not write is asked in the server's tests.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod forger;

use forger::{Forger, NOW};
use linecard_oidc::OidcError;
use serde_json::json;

#[tokio::test]
async fn whom_a_good_token_names_is_told() {
    let forger = Forger::new().await;
    let person = forger.sign_in(|it| forger.signed(&it)).await.unwrap();
    assert_eq!(person.email, "ada@example.com");
    assert_eq!(person.name.as_deref(), Some("Ada"));
}

#[tokio::test]
async fn a_token_of_another_sign_in_is_refused() {
    let forger = Forger::new().await;
    let refused = forger
        .sign_in(|mut it| {
            it["nonce"] = json!("of somebody else's sign-in");
            forger.signed(&it)
        })
        .await;
    assert!(matches!(refused, Err(OidcError::Token(_))), "{refused:?}");
}

#[tokio::test]
async fn a_token_for_another_program_is_refused() {
    let forger = Forger::new().await;
    let refused = forger
        .sign_in(|mut it| {
            it["aud"] = json!("another program");
            forger.signed(&it)
        })
        .await;
    assert!(matches!(refused, Err(OidcError::Token(_))), "{refused:?}");
}

#[tokio::test]
async fn a_token_of_another_issuer_is_refused() {
    let forger = Forger::new().await;
    let refused = forger
        .sign_in(|mut it| {
            it["iss"] = json!("https://elsewhere.example");
            forger.signed(&it)
        })
        .await;
    let is_told = matches!(refused, Err(OidcError::WrongIssuer(_)));
    assert!(is_told, "{refused:?}");
}

#[tokio::test]
async fn an_expired_token_is_refused_and_clocks_may_be_a_minute_apart() {
    let forger = Forger::new().await;
    let expires_in = async |seconds: i64| {
        forger
            .sign_in(|mut it| {
                it["exp"] = json!(NOW + seconds);
                forger.signed(&it)
            })
            .await
    };
    assert!(expires_in(-59).await.is_ok());
    let refused = expires_in(-61).await;
    assert!(matches!(refused, Err(OidcError::Expired(_))), "{refused:?}");
}

#[tokio::test]
async fn an_unsigned_token_is_refused_although_the_provider_offers_such() {
    let forger = Forger::new().await;
    let refused = forger.sign_in(|it| forger::unsigned(&it)).await;
    assert!(matches!(refused, Err(OidcError::Token(_))), "{refused:?}");
}

#[tokio::test]
async fn a_token_that_was_changed_on_its_way_is_refused() {
    let forger = Forger::new().await;
    let refused = forger
        .sign_in(|it| {
            let mut other = it.clone();
            other["email"] = json!("admin@example.com");
            forger.signature_of(&it, &other)
        })
        .await;
    assert!(matches!(refused, Err(OidcError::Token(_))), "{refused:?}");
}

#[tokio::test]
async fn an_address_that_the_provider_does_not_vouch_for_names_nobody() {
    let forger = Forger::new().await;
    for said in [Some(json!(false)), Some(json!("false")), None] {
        let refused = forger
            .sign_in(|mut it| {
                match said.clone() {
                    Some(said) => it["email_verified"] = said,
                    None => drop(it.as_object_mut().unwrap().remove("email_verified")),
                }
                forger.signed(&it)
            })
            .await;
        let expected = OidcError::EmailNotVerified("ada@example.com".to_owned());
        assert_eq!(refused.unwrap_err(), expected);
    }
}

#[tokio::test]
async fn entra_vouches_for_an_address_in_its_own_way() {
    let forger = Forger::new().await;
    for said in [json!(true), json!(1), json!("1")] {
        let person = forger
            .sign_in(|mut it| {
                it.as_object_mut().unwrap().remove("email_verified");
                it["xms_edov"] = said.clone();
                forger.signed(&it)
            })
            .await;
        assert!(person.is_ok(), "{said}: {person:?}");
    }
}

#[tokio::test]
async fn an_address_that_is_not_in_the_token_is_asked_for() {
    let forger = Forger::new().await;
    let person = forger
        .sign_in(|mut it| {
            it.as_object_mut().unwrap().remove("email");
            forger.signed(&it)
        })
        .await;
    assert_eq!(person.unwrap().email, "ada.by.userinfo@example.com");
}

#[tokio::test]
async fn a_provider_that_calls_itself_otherwise_is_not_believed() {
    let forger = Forger::new().await;
    let found = forger.discover(&format!("{}/", forger.issuer())).await;
    assert!(matches!(found, Err(OidcError::WrongIssuer(_))));
    let nothing = forger.discover(&format!("{}/no", forger.issuer())).await;
    assert!(matches!(nothing, Err(OidcError::NotAProvider(_))));
    let nobody = forger.discover("http://127.0.0.1:1").await;
    assert!(matches!(nobody, Err(OidcError::Unreachable(_))));
}

#[tokio::test]
async fn a_sign_in_goes_out_with_state_nonce_and_challenge() {
    let forger = Forger::new().await;
    let asked = forger.asked().await;
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "linecard"),
        (
            "redirect_uri",
            "https://linecard.example/sign-in/oidc/callback",
        ),
        ("code_challenge_method", "S256"),
        ("scope", "openid email profile"),
    ] {
        assert_eq!(asked.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert_eq!(asked["state"].len(), 64);
    assert_eq!(asked["nonce"].len(), 64);
    assert!(asked.contains_key("code_challenge"));
}
