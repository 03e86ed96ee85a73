//! OAuth: an application asks, a user signs in and answers, tokens come and go.

use std::collections::BTreeMap;

use linecard_sandbox::salesforce::{Application, Fault, FaultKind, Options};
use reqwest::Method;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use serde_json::{Value, json};
use url::Url;

use crate::server::{API, Answer, Server, answer};

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const CALLBACK: &str = "http://127.0.0.1:8080/callback?from=salesforce";

type Form = BTreeMap<&'static str, String>;
type Change = fn(Form) -> Form;

fn authorization() -> Form {
    [
        ("response_type", "code"),
        ("client_id", "stand-in-consumer-key"),
        ("redirect_uri", CALLBACK),
        ("scope", "api refresh_token id"),
        ("state", "state & more"),
        ("code_challenge", CHALLENGE),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

fn exchange(code: &str) -> Form {
    [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", "stand-in-consumer-key"),
        ("client_secret", "stand-in-consumer-secret"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

fn refresh(token: &Value) -> Form {
    [
        ("grant_type", "refresh_token"),
        ("refresh_token", token.as_str().unwrap()),
        ("client_id", "stand-in-consumer-key"),
        ("client_secret", "stand-in-consumer-secret"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

fn with(mut form: Form, name: &'static str, value: &str) -> Form {
    form.insert(name, value.to_owned());
    form
}

fn without(mut form: Form, name: &str) -> Form {
    form.remove(name);
    form
}

/// What the application finds in the address that the browser comes back to.
async fn came_back(server: &Server, authorization: &Form, decision: &str) -> Form {
    let page = ask(server, authorization).await;
    let ticket = ticket(&page.text().await.unwrap());
    let signed_in = submit(
        server,
        "/services/oauth2/authorize/sign-in",
        &[
            ("request", ticket.as_str()),
            ("username", "ADMIN@example.com"),
            ("password", "stand-in"),
        ],
        "",
    )
    .await;
    let cookie = signed_in.headers()[SET_COOKIE].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let answered = submit(
        server,
        "/services/oauth2/authorize/consent",
        &[("request", ticket.as_str()), ("decision", decision)],
        &cookie,
    )
    .await;
    returned(&answered)
}

async fn ask(server: &Server, authorization: &Form) -> reqwest::Response {
    let request = server
        .http
        .get(server.url("/services/oauth2/authorize"))
        .query(authorization);
    request.send().await.unwrap()
}

async fn submit(
    server: &Server,
    path: &str,
    form: &[(&str, &str)],
    cookie: &str,
) -> reqwest::Response {
    let request = server.http.post(server.url(path)).header(COOKIE, cookie);
    request.form(form).send().await.unwrap()
}

fn ticket(page: &str) -> String {
    let (_, after) = page.split_once("name=\"request\" value=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

fn returned(response: &reqwest::Response) -> Form {
    let address = Url::parse(response.headers()[LOCATION].to_str().unwrap()).unwrap();
    assert_eq!(address.path(), "/callback");
    let wanted = ["from", "code", "state", "error", "error_description"];
    address
        .query_pairs()
        .map(|(name, value)| {
            let name = wanted.into_iter().find(|one| *one == name).unwrap();
            (name, value.into_owned())
        })
        .collect()
}

async fn token(server: &Server, form: &Form) -> Answer {
    let request = server.http.post(server.url("/services/oauth2/token"));
    answer(request.form(form).send().await.unwrap()).await
}

async fn connected(server: &Server) -> Value {
    let back = came_back(server, &authorization(), "allow").await;
    let answer = token(server, &exchange(&back["code"])).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

async fn opens_the_api(server: &Server, access_token: &Value) -> bool {
    let request = server
        .http
        .get(server.url(&format!("{API}/limits")))
        .bearer_auth(access_token.as_str().unwrap());
    request.send().await.unwrap().status() == 200
}

fn refused(answer: &Answer, error: &str, description: &str) {
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.body,
        json!({"error": error, "error_description": description})
    );
}

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
