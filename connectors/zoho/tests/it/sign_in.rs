//! Consent, data centres, and whose connection it becomes (A10, A15, A16, A20).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use linecard_clock::TestClock;
use linecard_conformance::started;
use linecard_crm::{
    Advice, AdviceCode, AuthorizationRequest, Connector as _, Consent, Failure, Grant, PersonNeeded,
};
use linecard_http::{HttpClient, HttpSettings, Request};
use linecard_sandbox::zoho::{Fault, FaultKind, Options, Sandbox, Switches};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::connection::{settings, stand_in, zoho};

fn clock() -> Arc<TestClock> {
    Arc::new(TestClock::at(started()))
}

fn request() -> AuthorizationRequest {
    AuthorizationRequest {
        redirect_uri: "http://localhost/callback/".parse().unwrap(),
        state: "the-state".to_owned(),
        verifier: "v".repeat(43),
    }
}

/// What a browser is sent to after this request, and its cookie.
async fn visit(url: &str, form: Option<&[(&str, &str)]>, cookie: &str) -> (String, String) {
    let http = HttpClient::new(HttpSettings {
        allow_private: true,
        ..HttpSettings::default()
    })
    .unwrap();
    let mut visit = http::Request::get(url).header("cookie", cookie);
    let mut body = String::new();
    if let Some(fields) = form {
        let kind = "application/x-www-form-urlencoded";
        visit = http::Request::post(url)
            .header("cookie", cookie)
            .header("content-type", kind);
        body = Serializer::new(body).extend_pairs(fields).finish();
    }
    let visit: Request = visit.body(body.into_bytes()).unwrap();
    let answer = http.send(visit).await.unwrap();
    let header = |name: &str| {
        let value = answer.headers().get(name);
        value.map(|value| value.to_str().unwrap().to_owned())
    };
    if let Some(location) = header("location") {
        let cookie = header("set-cookie").unwrap_or_default();
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        return (location, cookie);
    }
    let page = String::from_utf8(answer.into_body()).unwrap();
    (page, String::new())
}

/// Signs in as the admin, allows, and reads where the browser is sent.
async fn consent(sandbox: &Sandbox) -> HashMap<String, String> {
    let settings = settings(sandbox.base_url());
    let asked = zoho(clock()).authorize(&settings, &request()).unwrap();
    let (page, _) = visit(asked.as_str(), None, "").await;
    let ticket = page
        .split("name=\"request\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_else(|| panic!("{page}"));
    let password = Options::default().password;
    let who = [
        ("request", ticket),
        ("username", "ada@acme.example"),
        ("password", &password),
    ];
    let base = sandbox.base_url();
    let at = format!("{base}/oauth/v2/auth/sign-in");
    let (_, cookie) = visit(&at, Some(&who), "").await;
    let allow = [("request", ticket), ("decision", "allow")];
    let at = format!("{base}/oauth/v2/auth/consent");
    let (back, _) = visit(&at, Some(&allow), &cookie).await;
    let back: Url = back.parse().unwrap();
    back.query_pairs().into_owned().collect()
}

async fn exchange(sandbox: &Sandbox) -> Result<Grant, Failure> {
    let mut back: BTreeMap<String, String> = consent(sandbox).await.into_iter().collect();
    let consent = Consent {
        code: back.remove("code").unwrap(),
        extra: back,
    };
    let settings = settings(sandbox.base_url());
    zoho(clock())
        .exchange(&settings, &request(), &consent)
        .await
}

async fn refusal(sandbox: &Sandbox) -> Failure {
    match exchange(sandbox).await {
        Err(failure) => failure,
        Ok(_) => panic!("not refused"),
    }
}

#[tokio::test]
async fn a15_the_consent_page_is_asked_as_zoho_wants_to_be_asked() {
    let sandbox = stand_in(Switches::default(), clock()).await;
    let mut settings = settings(sandbox.base_url());
    let asked = |settings: &_| -> HashMap<String, String> {
        let url = zoho(clock()).authorize(settings, &request()).unwrap();
        url.query_pairs().into_owned().collect()
    };
    let query = asked(&settings);
    assert_eq!(query["access_type"], "offline");
    assert_eq!(query["prompt"], "consent");
    assert_eq!(query["state"], "the-state");
    let scopes: Vec<&str> = query["scope"].split(',').collect();
    assert!(
        scopes.contains(&"ZohoSearch.securesearch.READ"),
        "{scopes:?}"
    );
    assert!(scopes.contains(&"ZohoCRM.coql.READ"), "{scopes:?}");
    let off = ("deep_search".to_owned(), "off".to_owned());
    settings.0.extend([off]);
    assert!(!asked(&settings)["scope"].contains("coql"));
}

#[tokio::test]
async fn a10_a20_consent_becomes_a_connection_that_knows_whose_it_is() {
    let sandbox = stand_in(Switches::default(), clock()).await;
    let grant = exchange(&sandbox)
        .await
        .unwrap_or_else(|failure| panic!("{failure}"));
    let (organisation, zgid) = Sandbox::organisation();
    assert_eq!(grant.organisation, organisation);
    assert_eq!(Some(grant.user), sandbox.user("ada@acme.example"));
    assert!(grant.refresh_token.is_some());
    assert_eq!(grant.extra["zgid"], zgid);
}

fn forged(address: &str) -> Failure {
    Failure::misconfigured(Advice::about(AdviceCode::SignInAnswer, address))
}

#[tokio::test]
async fn a16_an_accounts_server_that_is_not_zohos_gets_no_secret() {
    let switches = Switches {
        accounts_server: Some("https://accounts.zoho.evil.example".to_owned()),
        ..Switches::default()
    };
    let sandbox = stand_in(switches, clock()).await;
    let refused = refusal(&sandbox).await;
    assert_eq!(refused, forged("https://accounts.zoho.evil.example"));
    assert_eq!(sandbox.requests_to("POST /oauth/v2/token"), 0);
}

#[tokio::test]
async fn a16_an_api_domain_that_is_not_zohos_gets_no_token() {
    let switches = Switches {
        api_domain: Some("https://www.zohoapis.evil.example".to_owned()),
        ..Switches::default()
    };
    let sandbox = stand_in(switches, clock()).await;
    let refused = refusal(&sandbox).await;
    assert_eq!(refused, forged("https://www.zohoapis.evil.example"));
}

#[tokio::test]
async fn a_refusal_with_status_200_or_400_is_told_in_zohos_word() {
    for status in [200, 400] {
        let switches = Switches {
            token_error_status: status,
            ..Switches::default()
        };
        let sandbox = stand_in(switches, clock()).await;
        let consent = Consent {
            code: "1000.no-such-code".to_owned(),
            extra: BTreeMap::new(),
        };
        let settings = settings(sandbox.base_url());
        let refused = zoho(clock())
            .exchange(&settings, &request(), &consent)
            .await;
        let Err(Failure::NeedsPerson { what, words, .. }) = refused else {
            panic!("not refused with {status}");
        };
        assert_eq!(what, PersonNeeded::SignIn);
        assert_eq!(words, "invalid_code");
    }
}

#[tokio::test]
async fn a11_a_user_who_rejects_is_told_so() {
    let sandbox = stand_in(Switches::default(), clock()).await;
    sandbox.add_fault(Fault::new(FaultKind::RefuseConsent, 1));
    let settings = settings(sandbox.base_url());
    let asked = zoho(clock()).authorize(&settings, &request()).unwrap();
    let (back, _) = visit(asked.as_str(), None, "").await;
    assert!(back.contains("error=access_denied"), "{back}");
}
