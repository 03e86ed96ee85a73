//! Programs that are bound to an agent: how they get in, what they may do, how they are put out.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::{SinkExt as _, StreamExt as _};
use jiff::SignedDuration;
use linecard_pbx::DialFailure;
use linecard_server::ExtensionId;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use url::Url;

use crate::browser::{Answer, Browser};
use crate::company::Company;
use crate::desk::{Desk, office};

/// Long enough for any machine; nothing waits for it when all is well.
const PATIENCE: Duration = Duration::from_secs(30);
const VERIFIER: &str = "a-verifier-of-at-least-43-characters-0123456789";

fn origin() -> String {
    format!("chrome-extension://{}", ExtensionId::ours())
}

fn redirect() -> String {
    format!("https://{}.chromiumapp.org/cb", ExtensionId::ours())
}

fn consent() -> Value {
    json!({
        "client_id": "chrome",
        "redirect_uri": redirect(),
        "code_challenge": URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER)),
        "code_challenge_method": "S256",
        "state": "s1",
        "allow": true,
    })
}

/// What the browser is sent on with.
async fn sent_on(agent: &Browser, consent: Value) -> Vec<(String, String)> {
    let onward = agent.post("/api/v1/devices/consent", consent).await.is(200);
    let onward = onward.json()["redirect"].as_str().unwrap().to_owned();
    assert!(onward.starts_with(&redirect()), "{onward}");
    let onward = Url::parse(&onward).unwrap();
    onward.query_pairs().into_owned().collect()
}

async fn code(agent: &Browser) -> String {
    let answers = sent_on(agent, consent()).await;
    assert_eq!(answers[1], ("state".to_owned(), "s1".to_owned()));
    assert_eq!(answers[0].0, "code");
    answers[0].1.clone()
}

async fn ask(company: &Company, path: &str, form: &[(&str, &str)]) -> Answer {
    let program = company.browser();
    let request = program.bare(Method::POST, path);
    program
        .send(request.header("origin", origin()).form(form))
        .await
}

async fn exchange(company: &Company, code: &str, verifier: &str) -> Answer {
    let redirect = redirect();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("code_verifier", verifier),
        ("redirect_uri", redirect.as_str()),
        ("client_id", "chrome"),
    ];
    ask(company, "/oauth/token", &form).await
}

async fn refresh(company: &Company, token: &str) -> Answer {
    let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
    ask(company, "/oauth/token", &form).await
}

/// The tokens of a new device of this agent.
pub(crate) async fn bind(company: &Company, agent: &Browser) -> Value {
    let code = code(agent).await;
    exchange(company, &code, VERIFIER).await.is(200).json()
}

/// The tokens of a new companion of this agent.
async fn bind_companion(company: &Company, agent: &Browser) -> Value {
    let redirect = "http://127.0.0.1:49152/cb";
    let mut wanted = consent();
    wanted["client_id"] = json!("companion");
    wanted["redirect_uri"] = json!(redirect);
    let onward = agent.post("/api/v1/devices/consent", wanted).await.is(200);
    let onward = Url::parse(onward.json()["redirect"].as_str().unwrap()).unwrap();
    let code = onward.query_pairs().next().unwrap().1.into_owned();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("code_verifier", VERIFIER),
        ("redirect_uri", redirect),
        ("client_id", "companion"),
    ];
    let request = company
        .browser()
        .bare(Method::POST, "/oauth/token")
        .form(&form);
    company.browser().send(request).await.is(200).json()
}

fn text<'a>(tokens: &'a Value, name: &str) -> &'a str {
    tokens[name].as_str().unwrap()
}

#[track_caller]
fn is_refused(answer: Answer) {
    assert_eq!(answer.is(400).json()["error"], "invalid_grant");
}

struct Device(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Device {
    /// The HTTP status when the socket is refused.
    async fn open(company: &Company, origin: Option<&str>) -> Result<Self, u16> {
        let base = company.base.replace("http", "ws");
        let address = format!("{base}/api/v1/devices/socket");
        let mut request = address.into_client_request().unwrap();
        if let Some(origin) = origin {
            let origin = origin.parse().unwrap();
            request.headers_mut().insert("origin", origin);
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Connected, and greeted.
    async fn greeted(company: &Company, tokens: &Value) -> (Self, Value) {
        Self::greeted_as(company, tokens, Some(&origin())).await
    }

    async fn greeted_as(company: &Company, tokens: &Value, origin: Option<&str>) -> (Self, Value) {
        let mut device = Self::open(company, origin).await.unwrap();
        let token = text(tokens, "access_token");
        device.say(json!({ "t": "hello", "token": token })).await;
        let hello = device.hear("hello").await;
        (device, hello)
    }

    async fn say(&mut self, message: Value) {
        let message = Message::text(message.to_string());
        self.0.send(message).await.unwrap();
    }

    async fn next(&mut self) -> Message {
        let next = tokio::time::timeout(PATIENCE, self.0.next()).await;
        next.expect("nothing came").expect("no goodbye").unwrap()
    }

    /// The next message that is one of `t`.
    async fn hear(&mut self, t: &str) -> Value {
        self.hear_where(|message| message["t"] == t).await
    }

    async fn hear_where(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            match self.next().await {
                Message::Text(text) => {
                    let message: Value = serde_json::from_str(&text).unwrap();
                    if wanted(&message) {
                        return message;
                    }
                }
                Message::Close(frame) => panic!("closed: {frame:?}"),
                _ => {}
            }
        }
    }

    /// The next message that is about a call which was asked for.
    async fn hear_of(&mut self, id: &str) -> Value {
        loop {
            if let Message::Text(text) = self.next().await {
                let message: Value = serde_json::from_str(&text).unwrap();
                if message["id"] == id || message["t"] == "dial_failed" {
                    return message;
                }
            }
        }
    }

    /// The code with which the server closes the socket.
    async fn closed(&mut self) -> u16 {
        loop {
            if let Message::Close(Some(frame)) = self.next().await {
                return frame.code.into();
            }
        }
    }
}

/// The close code of a socket that begins with this token.
async fn turned_away(company: &Company, token: &str) -> u16 {
    let mut device = Device::open(company, Some(&origin())).await.unwrap();
    device.say(json!({ "t": "hello", "token": token })).await;
    device.closed().await
}

async fn kinds(admin: &Browser) -> Vec<String> {
    let log = admin.get("/api/v1/audit").await.is(200).json();
    let entries = log["entries"].as_array().unwrap().iter();
    entries
        .map(|entry| entry["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn c2_an_agent_binds_a_device_and_everybody_who_should_can_see_it() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let tokens = bind(&company, &agent).await;
    let (_device, hello) = Device::greeted(&company, &tokens).await;
    assert_eq!(hello["extension"], "101");
    let own = agent.get("/api/v1/session/devices").await.is(200).json();
    assert_eq!(own[0]["name"], "Chrome");
    let all = admin.get("/api/v1/devices").await.is(200).json();
    assert_eq!(all, own);
    let admins = admin.get("/api/v1/session/devices").await.is(200).json();
    assert_eq!(admins, json!([]));
    assert!(kinds(&admin).await.contains(&"device_bind".to_owned()));
}

#[tokio::test]
async fn who_refuses_sends_the_program_away_without_a_code() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let mut refused = consent();
    refused["allow"] = json!(false);
    let answers = sent_on(&agent, refused).await;
    let expected = [("error", "access_denied"), ("state", "s1")];
    assert_eq!(
        answers,
        expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
}

#[tokio::test]
async fn nothing_is_sent_to_an_address_that_is_no_programs_own() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    for foreign in [
        "https://evil.example/cb",
        "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.chromiumapp.org/cb",
        &format!("{}/../elsewhere", redirect()),
        &format!(
            "https://{}.chromiumapp.org.evil.example/cb",
            ExtensionId::ours()
        ),
        "javascript:alert(1)",
        "",
    ] {
        let mut wanted = consent();
        wanted["redirect_uri"] = json!(foreign);
        let refused = agent.post("/api/v1/devices/consent", wanted).await.is(422);
        assert_eq!(refused.json()["fields"][0]["code"], "foreign_redirect");
    }
    let mut unknown = consent();
    unknown["client_id"] = json!("somebody");
    agent.post("/api/v1/devices/consent", unknown).await.is(422);
    let mut plain = consent();
    plain["code_challenge_method"] = json!("plain");
    agent.post("/api/v1/devices/consent", plain).await.is(422);
}

#[tokio::test]
async fn a_code_is_good_once_for_a_minute_and_with_its_verifier_only() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let wrong = "another-verifier-of-at-least-43-characters-012345";
    is_refused(exchange(&company, &code(&agent).await, wrong).await);
    is_refused(exchange(&company, "made-up", VERIFIER).await);
    let late = code(&agent).await;
    company.clock.advance(SignedDuration::from_secs(60));
    is_refused(exchange(&company, &late, VERIFIER).await);
    let devices = admin.get("/api/v1/devices").await.is(200).json();
    assert_eq!(devices, json!([]));
}

#[tokio::test]
async fn a_code_that_comes_twice_locks_out_the_device_that_it_made() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let code = code(&agent).await;
    let tokens = exchange(&company, &code, VERIFIER).await.is(200).json();
    let (mut device, _) = Device::greeted(&company, &tokens).await;
    is_refused(exchange(&company, &code, VERIFIER).await);
    assert_eq!(device.closed().await, 4401);
    assert!(
        kinds(&admin)
            .await
            .contains(&"device_token_reused".to_owned())
    );
}

#[tokio::test]
async fn tokens_are_exchanged_for_new_ones_and_the_old_ones_count_no_more() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let first = bind(&company, &agent).await;
    let answer = refresh(&company, text(&first, "refresh_token")).await;
    assert_eq!(answer.header("access-control-allow-origin"), origin());
    assert_eq!(answer.header("cache-control"), "no-store");
    let second = answer.is(200).json();
    assert_eq!(
        turned_away(&company, text(&first, "access_token")).await,
        4401
    );
    Device::greeted(&company, &second).await;
    company.clock.advance(SignedDuration::from_hours(1));
    assert_eq!(
        turned_away(&company, text(&second, "access_token")).await,
        4401
    );
}

#[tokio::test]
async fn a_refresh_token_that_comes_again_locks_the_device_out() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let first = bind(&company, &agent).await;
    let second = refresh(&company, text(&first, "refresh_token")).await;
    let second = second.is(200).json();
    let (mut device, _) = Device::greeted(&company, &second).await;
    is_refused(refresh(&company, text(&first, "refresh_token")).await);
    assert_eq!(device.closed().await, 4401);
    is_refused(refresh(&company, text(&second, "refresh_token")).await);
    let devices = admin.get("/api/v1/devices").await.is(200).json();
    assert_eq!(devices, json!([]));
    assert!(
        kinds(&admin)
            .await
            .contains(&"device_token_reused".to_owned())
    );
}

#[tokio::test]
async fn a_worker_that_was_ended_before_its_new_tokens_came_may_ask_again() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let first = bind(&company, &agent).await;
    let token = text(&first, "refresh_token");
    refresh(&company, token).await.is(200);
    let again = refresh(&company, token).await.is(200).json();
    Device::greeted(&company, &again).await;
}

#[tokio::test]
async fn a_device_is_put_out_by_its_agent_by_an_admin_and_by_itself() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    for (number, by, path) in [
        (1, &agent, "/api/v1/session/devices"),
        (2, &admin, "/api/v1/devices"),
    ] {
        let tokens = bind(&company, &agent).await;
        let (mut device, _) = Device::greeted(&company, &tokens).await;
        let listed = by.get(path).await.is(200).json();
        let id = text(&listed[0], "id").to_owned();
        by.delete(&format!("{path}/{id}")).await.is(204);
        assert_eq!(device.closed().await, 4401);
        is_refused(refresh(&company, text(&tokens, "refresh_token")).await);
        assert_eq!(
            turned_away(&company, text(&tokens, "access_token")).await,
            4401
        );
        let kinds = kinds(&admin).await;
        let revoked = kinds.iter().filter(|kind| *kind == "device_revoke");
        assert_eq!(revoked.count(), number);
    }
    let tokens = bind(&company, &agent).await;
    let form = [("token", text(&tokens, "refresh_token"))];
    ask(&company, "/oauth/revoke", &form).await.is(200);
    assert_eq!(admin.get("/api/v1/devices").await.json(), json!([]));
}

#[tokio::test]
async fn nobody_puts_out_a_colleagues_device() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let (_, colleague) = company.person(&admin, "Bob", "agent", Some("102")).await;
    let tokens = bind(&company, &agent).await;
    let listed = agent.get("/api/v1/session/devices").await.json();
    let path = format!("/api/v1/session/devices/{}", text(&listed[0], "id"));
    colleague.delete(&path).await.is(404);
    Device::greeted(&company, &tokens).await;
}

#[tokio::test]
async fn a_device_whose_agent_is_disabled_is_put_out_at_once() {
    let (company, admin) = Company::new().await;
    let (id, agent) = company.person(&admin, "Bob", "agent", Some("102")).await;
    let tokens = bind(&company, &agent).await;
    let (mut device, _) = Device::greeted(&company, &tokens).await;
    let path = format!("/api/v1/accounts/{id}/disable");
    let disabled = admin.post(&path, json!({})).await;
    assert!(disabled.status.is_success(), "{}", disabled.text);
    assert_eq!(device.closed().await, 4401);
    is_refused(refresh(&company, text(&tokens, "refresh_token")).await);
}

#[tokio::test]
async fn the_socket_is_for_known_programs_and_silent_until_a_token_is_shown() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let tokens = bind(&company, &agent).await;
    let foreign = "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    for page in [
        company.base.as_str(),
        "https://evil.example",
        "null",
        foreign,
    ] {
        let refused = Device::open(&company, Some(page)).await;
        assert_eq!(refused.err(), Some(403), "{page}");
    }
    // A program that is no browser, with the token of the extension: a copy.
    let mut copy = Device::open(&company, None).await.unwrap();
    let token = text(&tokens, "access_token");
    copy.say(json!({ "t": "hello", "token": token })).await;
    assert_eq!(copy.closed().await, 4401);
    let mut eager = Device::open(&company, Some(&origin())).await.unwrap();
    let dial = json!({ "t": "dial", "id": "d1", "number": "+14155550134" });
    eager.say(dial).await;
    assert_eq!(eager.closed().await, 4401);
}

#[tokio::test]
async fn c2_a_device_calls_and_the_same_id_again_never_places_a_second_call() {
    let (company, agent) = office().await;
    let tokens = bind(&company, &agent).await;
    let (mut device, _) = Device::greeted(&company, &tokens).await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.hear("hello").await;
    let dial = json!({ "t": "dial", "id": "d1", "number": "+1 415-555-0134" });
    device.say(dial.clone()).await;
    let placed = device.hear("dialled").await;
    drop(device);
    let (mut again, _) = Device::greeted(&company, &tokens).await;
    again.say(dial).await;
    assert_eq!(again.hear("dialled").await, placed);
    desk.hear_where(|message| message["stage"] == "answered")
        .await;
    let asked = company.phones.asked();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(asked[0].starts_with("101 calls +14155550134"), "{asked:?}");
}

#[tokio::test]
async fn c2_a_device_is_told_why_a_call_was_not_placed() {
    let (company, agent) = office().await;
    let tokens = bind(&company, &agent).await;
    let (mut device, _) = Device::greeted(&company, &tokens).await;
    device
        .say(json!({ "t": "dial", "id": "d1", "number": "abc" }))
        .await;
    let refused = device.hear("not_dialled").await;
    assert_eq!(
        (&refused["id"], &refused["code"]),
        (&json!("d1"), &json!("not_a_number"))
    );
    company.phones.fail_dials(DialFailure::Unreachable);
    device
        .say(json!({ "t": "dial", "id": "d2", "number": "4155550134" }))
        .await;
    // Which of the two comes first is not said.
    let mut told = [device.hear_of("d2").await, device.hear_of("d2").await];
    told.sort_by_key(|message| message["t"].to_string());
    let [failed, placed] = told;
    assert_eq!(placed["t"], "dialled");
    assert_eq!(failed["call"], placed["call"]);
    assert_eq!(failed["code"], "own_phone_unreachable");
}

#[tokio::test]
async fn d11_a_ringing_call_is_shown_by_a_device_until_it_rings_no_more() {
    let (company, agent) = office().await;
    let tokens = bind(&company, &agent).await;
    let (mut device, _) = Device::greeted(&company, &tokens).await;
    let phones = &company.phones;
    phones
        .ring_named("1.1", "+14155550134", Some("EVE"), "101")
        .await;
    let ringing = device.hear("incoming").await;
    assert_eq!(ringing["number"], "(415) 555-0134");
    assert_eq!(ringing["name"], "EVE");
    phones.take("1.1").await;
    assert_eq!(device.hear("incoming_over").await["call"], ringing["call"]);
}

#[tokio::test]
async fn d11_a_ringing_call_is_shown_by_the_extension_and_not_by_the_companion_too() {
    let (company, agent) = office().await;
    let extension = bind(&company, &agent).await;
    let companion = bind_companion(&company, &agent).await;
    let mut companion = Device::greeted_as(&company, &companion, None).await.0;
    let phones = &company.phones;
    let eve = "+14155550134";
    phones.ring_named("1.1", eve, Some("EVE"), "101").await;
    let alone = companion.hear("incoming").await;
    phones.take("1.1").await;
    companion.hear("incoming_over").await;
    let (mut extension, _) = Device::greeted(&company, &extension).await;
    phones.ring_named("1.2", eve, Some("EVE"), "101").await;
    let second = extension.hear("incoming").await;
    assert_ne!(second["call"], alone["call"]);
    phones.take("1.2").await;
    // That it is over is told to both; that it rang is not.
    let of_second = |it: &Value| it["call"] == second["call"];
    let next = companion.hear_where(of_second).await;
    assert_eq!(next["t"], "incoming_over");
}
