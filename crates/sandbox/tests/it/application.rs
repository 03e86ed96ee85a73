//! An application and a browser that go through OAuth together.

use std::collections::BTreeMap;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use serde_json::{Value, json};
use url::Url;

use crate::server::{API, Answer, Server, answer};

/// RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(crate) const CALLBACK: &str = "http://127.0.0.1:8080/callback?from=salesforce";

pub(crate) type Form = BTreeMap<&'static str, String>;
pub(crate) type Change = fn(Form) -> Form;

pub(crate) fn authorization() -> Form {
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

pub(crate) fn exchange(code: &str) -> Form {
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

pub(crate) fn refresh(token: &Value) -> Form {
    [
        ("grant_type", "refresh_token"),
        ("refresh_token", token.as_str().unwrap()),
        ("client_id", "stand-in-consumer-key"),
        ("client_secret", "stand-in-consumer-secret"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

pub(crate) fn with(mut form: Form, name: &'static str, value: &str) -> Form {
    form.insert(name, value.to_owned());
    form
}

pub(crate) fn without(mut form: Form, name: &str) -> Form {
    form.remove(name);
    form
}

/// What the application finds in the address that the browser comes back to.
pub(crate) async fn came_back(server: &Server, authorization: &Form, decision: &str) -> Form {
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

pub(crate) async fn ask(server: &Server, authorization: &Form) -> reqwest::Response {
    let request = server
        .http
        .get(server.url("/services/oauth2/authorize"))
        .query(authorization);
    request.send().await.unwrap()
}

pub(crate) async fn submit(
    server: &Server,
    path: &str,
    form: &[(&str, &str)],
    cookie: &str,
) -> reqwest::Response {
    let request = server.http.post(server.url(path)).header(COOKIE, cookie);
    request.form(form).send().await.unwrap()
}

pub(crate) fn ticket(page: &str) -> String {
    let (_, after) = page.split_once("name=\"request\" value=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

pub(crate) fn returned(response: &reqwest::Response) -> Form {
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

pub(crate) async fn token(server: &Server, form: &Form) -> Answer {
    let request = server.http.post(server.url("/services/oauth2/token"));
    answer(request.form(form).send().await.unwrap()).await
}

pub(crate) async fn connected(server: &Server) -> Value {
    let back = came_back(server, &authorization(), "allow").await;
    let answer = token(server, &exchange(&back["code"])).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

pub(crate) async fn opens_the_api(server: &Server, access_token: &Value) -> bool {
    let request = server
        .http
        .get(server.url(&format!("{API}/limits")))
        .bearer_auth(access_token.as_str().unwrap());
    request.send().await.unwrap().status() == 200
}

pub(crate) fn refused(answer: &Answer, error: &str, description: &str) {
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.body,
        json!({"error": error, "error_description": description})
    );
}
