//! `/sip`: who may speak to the phone system from a page, as whom, and what is said on the way.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use jiff::SignedDuration;
use linecard_server::TurnSettings;
use reqwest::Method;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::browser::Browser;
use crate::company::{Company, PHONE_SECRET};

/// Long enough for any machine; nothing waits for it when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

/// A phone system that takes softphones: what it was told, and what it is to say.
struct PhoneSystem {
    address: String,
    told: mpsc::UnboundedReceiver<String>,
    say: mpsc::UnboundedSender<String>,
}

impl PhoneSystem {
    async fn up() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("ws://{}/ws", listener.local_addr().unwrap());
        let (tell, told) = mpsc::unbounded_channel();
        let (say, mut to_say) = mpsc::unbounded_channel::<String>();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut socket = tokio_tungstenite::accept_hdr_async(stream, sip_only)
                    .await
                    .unwrap();
                loop {
                    tokio::select! {
                        message = socket.next() => match message {
                            Some(Ok(Message::Text(text))) => tell.send(text.to_string()).unwrap(),
                            Some(Ok(_)) => {}
                            _ => break,
                        },
                        Some(text) = to_say.recv() => {
                            socket.send(Message::text(text)).await.unwrap();
                        }
                    }
                }
            }
        });
        Self { address, told, say }
    }

    async fn was_told(&mut self) -> String {
        tokio::time::timeout(PATIENCE, self.told.recv())
            .await
            .expect("the phone system was told nothing")
            .unwrap()
    }
}

#[expect(
    clippy::result_large_err,
    clippy::unnecessary_wraps,
    reason = "the signature that the library wants"
)]
fn sip_only(
    request: &Request,
    mut response: Response,
) -> Result<Response, tokio_tungstenite::tungstenite::handshake::server::ErrorResponse> {
    let asked = request.headers()["sec-websocket-protocol"].clone();
    assert_eq!(asked, "sip");
    response
        .headers_mut()
        .insert("sec-websocket-protocol", asked);
    Ok(response)
}

/// What a page of somebody does.
struct Page<'a> {
    cookie: Option<String>,
    key: Option<&'a str>,
    origin: Option<&'a str>,
    protocol: Option<&'a str>,
}

impl<'a> Page<'a> {
    fn of(company: &'a Company, browser: &Browser) -> Self {
        Self {
            cookie: browser.cookie(),
            key: None,
            origin: Some(&company.base),
            protocol: Some("sip"),
        }
    }

    /// The HTTP status when it is refused.
    async fn opens(
        &self,
        company: &Company,
    ) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, u16> {
        let address = format!("{}/sip", company.base.replace("http", "ws"));
        let mut request = address.into_client_request().unwrap();
        let headers = request.headers_mut();
        let key = self.key.map(|key| format!("Bearer {key}"));
        for (name, value) in [
            ("cookie", self.cookie.as_deref()),
            ("authorization", key.as_deref()),
            ("origin", self.origin),
            ("sec-websocket-protocol", self.protocol),
        ] {
            if let Some(value) = value {
                headers.insert(name, value.parse().unwrap());
            }
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((socket, _)) => Ok(socket),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }
}

/// An agent at 101 whose phone system takes softphones.
async fn office() -> (Company, Browser, Browser, PhoneSystem) {
    let (company, admin) = Company::new().await;
    office_of(company, admin).await
}

async fn office_of(company: Company, admin: Browser) -> (Company, Browser, Browser, PhoneSystem) {
    let pbx = PhoneSystem::up().await;
    link(&admin, &pbx.address).await;
    let agent = company.agent(&admin).await;
    (company, admin, agent, pbx)
}

async fn link(admin: &Browser, address: &str) {
    let wanted = json!({
        "kind": "fake",
        "name": "Office",
        "settings": { "host": "pbx.test", "sip_websocket": address },
        "secrets": { "secret": PHONE_SECRET },
    });
    admin.post("/api/v1/phone-systems", wanted).await.is(201);
}

fn register(user: &str, more: &str) -> String {
    format!(
        "REGISTER sip:linecard.invalid SIP/2.0\r\n\
         Via: SIP/2.0/WSS q1.invalid;branch=z9hG4bK1\r\n\
         To: <sip:{user}@linecard.invalid>\r\n\
         From: <sip:{user}@linecard.invalid>;tag=a1\r\n\
         Call-ID: c1\r\n\
         CSeq: 1 REGISTER\r\n\
         Contact: <sip:{user}@q1.invalid;transport=ws>\r\n\
         {more}Content-Length: 0\r\n\r\n"
    )
}

/// The next text; pings come between.
async fn text(socket: &mut WebSocketStream<MaybeTlsStream<TcpStream>>) -> String {
    let text = async {
        loop {
            let message = socket.next().await.expect("the socket was closed");
            if let Message::Text(text) = message.unwrap() {
                return text.to_string();
            }
        }
    };
    tokio::time::timeout(PATIENCE, text).await.unwrap()
}

async fn closed(socket: &mut WebSocketStream<MaybeTlsStream<TcpStream>>) -> u16 {
    let closed = async {
        loop {
            let message = socket.next().await.expect("no word of goodbye");
            if let Message::Close(Some(frame)) = message.unwrap() {
                return frame.code.into();
            }
        }
    };
    tokio::time::timeout(PATIENCE, closed).await.unwrap()
}

#[tokio::test]
async fn the_way_to_the_phone_system_opens_only_to_an_agent_at_linecards_own_page() {
    let (company, admin, agent, _pbx) = office().await;
    let (_, max) = company.person(&admin, "Max", "admin", Some("103")).await;
    let wanted = json!({ "name": "Report", "role": "admin" });
    let made = max.post("/api/v1/api-keys", wanted).await.is(201).json();
    assert!(Page::of(&company, &max).opens(&company).await.is_ok());
    let nobody = company.browser();
    let own = || Page::of(&company, &agent);
    for (why, page, status) in [
        ("nobody is signed in", Page::of(&company, &nobody), 401),
        ("no extension", Page::of(&company, &admin), 403),
        (
            "another site",
            Page {
                origin: Some("https://evil.example"),
                ..own()
            },
            403,
        ),
        (
            "no origin",
            Page {
                origin: None,
                ..own()
            },
            403,
        ),
        (
            "a program",
            Page {
                cookie: None,
                key: made["secret"].as_str(),
                ..own()
            },
            403,
        ),
        (
            "not SIP",
            Page {
                protocol: None,
                ..own()
            },
            426,
        ),
        (
            "another protocol",
            Page {
                protocol: Some("mqtt"),
                ..own()
            },
            426,
        ),
    ] {
        assert_eq!(page.opens(&company).await.err(), Some(status), "{why}");
    }
    assert!(own().opens(&company).await.is_ok());
}

#[tokio::test]
async fn without_softphones_or_without_the_phone_system_nobody_is_let_in() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let page = Page::of(&company, &agent);
    assert_eq!(page.opens(&company).await.err(), Some(409));
    // Nothing listens there any more.
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("ws://{}/ws", gone.local_addr().unwrap());
    drop(gone);
    link(&admin, &address).await;
    assert_eq!(page.opens(&company).await.err(), Some(502));
}

#[tokio::test]
async fn the_own_endpoint_signs_on_with_a_password_that_stays_at_the_server() {
    let (company, _, agent, mut pbx) = office().await;
    let mut page = Page::of(&company, &agent).opens(&company).await.unwrap();
    let answer = "Authorization: Digest username=\"101-web\", realm=\"asterisk\", nonce=\"n\", \
                  uri=\"sip:linecard.invalid\", response=\"worthless\"\r\n";
    let own = register("101-web", answer);
    page.send(Message::text(own)).await.unwrap();
    let told = pbx.was_told().await;
    assert!(told.contains("username=\"101-web\""), "{told}");
    assert!(
        !told.contains("worthless") && !told.contains(PHONE_SECRET),
        "{told}"
    );

    let ok = "SIP/2.0 200 OK\r\nVia: SIP/2.0/WSS q1.invalid;branch=z9hG4bK1\r\n\
              To: <sip:101-web@linecard.invalid>;tag=b\r\n\
              From: <sip:101-web@linecard.invalid>;tag=a1\r\nCall-ID: c1\r\n\
              CSeq: 1 REGISTER\r\nServer: Asterisk\r\nContent-Length: 0\r\n\r\n";
    pbx.say.send(ok.to_owned()).unwrap();
    let heard = text(&mut page).await;
    assert!(heard.starts_with("SIP/2.0 200 OK\r\n"), "{heard}");
}

#[tokio::test]
async fn who_speaks_for_another_endpoint_or_a_trunk_is_let_go_and_nothing_arrives() {
    let (company, admin, agent, mut pbx) = office().await;
    for text in [
        register("102-web", ""),
        register("trunk", ""),
        register("101-web", "X-Trunk: 1\r\n"),
        register("101-web", "").replace("REGISTER", "MESSAGE"),
        "no SIP at all".to_owned(),
    ] {
        let mut page = Page::of(&company, &agent).opens(&company).await.unwrap();
        page.send(Message::text(text.clone())).await.unwrap();
        assert_eq!(closed(&mut page).await, 1008, "{text}");
    }
    // One line for all five: they came within a minute.
    let log = admin.get("/api/v1/audit").await.is(200).json();
    let lines: Vec<_> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["kind"] == "softphone_refuse")
        .map(|entry| (&entry["subject"], &entry["amount"]))
        .collect();
    assert_eq!(lines, [(&json!("101"), &json!(1))]);
    // The first that the phone system hears is what comes now.
    let mut page = Page::of(&company, &agent).opens(&company).await.unwrap();
    let own = register("101-web", "");
    page.send(Message::text(own.clone())).await.unwrap();
    assert_eq!(pbx.was_told().await, own);
}

#[tokio::test]
async fn who_signs_out_is_let_go() {
    let (company, _, agent, _pbx) = office().await;
    let mut page = Page::of(&company, &agent).opens(&company).await.unwrap();
    agent.delete("/api/v1/session").await.is(204);
    assert_eq!(closed(&mut page).await, 4401);
}

#[tokio::test]
async fn desk_is_told_which_softphone_it_has() {
    let (company, _, agent, _pbx) = office().await;
    let mut desk = crate::desk::Desk::open(&company, &agent).await;
    assert_eq!(desk.hear("hello").await["softphone"], "101-web");
}

/// A TURN server whose passes count for so long, and its secret.
fn turn(lifetime: Duration) -> (TurnSettings, &'static str) {
    let secret = "turn-secret-that-nobody-may-see";
    let url = "turn:turn.example.com:3478".parse().unwrap();
    (
        TurnSettings::new(vec![url], secret, lifetime).unwrap(),
        secret,
    )
}

async fn office_with_turn(lifetime: Duration) -> (Company, Browser, Browser, PhoneSystem) {
    let (company, _) = Company::served(|settings| {
        settings.ice.stun = vec!["stun:turn.example.com:3478".parse().unwrap()];
        settings.ice.turn = Some(turn(lifetime).0);
    })
    .await;
    let (company, admin) = company.begun().await;
    office_of(company, admin).await
}

#[tokio::test]
async fn desk_is_given_a_pass_for_turn_that_ends_and_never_the_secret() {
    let (company, _, agent, _pbx) = office_with_turn(Duration::from_hours(1)).await;
    let mut desk = crate::desk::Desk::open(&company, &agent).await;
    let told = desk.hear("ice_servers").await;
    let [stun, turned] = told["servers"].as_array().unwrap().as_slice() else {
        panic!("{told}")
    };
    assert_eq!(*stun, json!({ "urls": ["stun:turn.example.com:3478"] }));
    assert_eq!(turned["urls"], json!(["turn:turn.example.com:3478"]));
    // An hour after the company's clock, which stands.
    assert_eq!(turned["username"], "1767258000:101-web");
    assert!(!told.to_string().contains(turn(Duration::ZERO).1), "{told}");
}

#[tokio::test]
async fn desk_is_given_a_new_pass_before_the_last_one_ends() {
    let (company, _, agent, _pbx) = office_with_turn(Duration::from_secs(2)).await;
    let mut desk = crate::desk::Desk::open(&company, &agent).await;
    let first = desk.hear("ice_servers").await;
    company.clock.advance(SignedDuration::from_mins(1));
    let next = desk.hear("ice_servers").await;
    assert_eq!(first["servers"][1]["username"], "1767254402:101-web");
    assert_eq!(next["servers"][1]["username"], "1767254462:101-web");
    assert_ne!(
        first["servers"][1]["credential"],
        next["servers"][1]["credential"]
    );
}

#[tokio::test]
async fn desk_is_given_a_pass_with_each_greeting_also_when_numbers_are_hidden() {
    let (company, admin, agent, _pbx) = office_with_turn(Duration::from_hours(1)).await;
    let mut desk = crate::desk::Desk::open(&company, &agent).await;
    desk.hear("ice_servers").await;
    crate::masking::mask(&admin, true).await;
    desk.hear("hello").await;
    desk.hear("ice_servers").await;
}

#[tokio::test]
async fn a_softphone_that_signs_on_in_a_loop_is_told_when_to_come_back() {
    let (company, admin, agent, _pbx) = office().await;
    let (_, bob) = company.person(&admin, "Bob", "agent", Some("102")).await;
    for _ in 0..30 {
        assert!(Page::of(&company, &agent).opens(&company).await.is_ok());
    }
    assert_eq!(
        Page::of(&company, &agent).opens(&company).await.err(),
        Some(429)
    );
    // As a page asks that was not told why its own socket was refused.
    let ask = |who: &Browser| who.request(Method::HEAD, "/sip").send();
    let told = ask(&agent).await.unwrap();
    assert_eq!(
        (told.status().as_u16(), &told.headers()["retry-after"]),
        (429, &"61".parse().unwrap())
    );
    assert_eq!(ask(&bob).await.unwrap().status(), 204);
    assert!(Page::of(&company, &bob).opens(&company).await.is_ok());
    company.clock.advance(SignedDuration::from_mins(1));
    assert!(Page::of(&company, &agent).opens(&company).await.is_ok());
}
