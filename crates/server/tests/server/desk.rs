//! Desk's socket.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::browser::Browser;
use crate::company::Company;
use crate::fake_crm::HOSTILE_NAME;

/// Long enough for any machine; nothing waits for it when all is well.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Desk {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Every text that came, as it came.
    pub(crate) heard: String,
}

impl Desk {
    pub(crate) async fn open(company: &Company, agent: &Browser) -> Self {
        let origin = company.base.clone();
        Self::open_from(company, agent, "web", Some(&origin))
            .await
            .unwrap()
    }

    /// At another node.
    pub(crate) async fn open_at(base: &str, agent: &Browser) -> Self {
        Self::dial(base, agent, "web", Some(base)).await.unwrap()
    }

    /// The same as another kind of client.
    pub(crate) async fn open_as(company: &Company, agent: &Browser, client: &str) -> Self {
        let origin = company.base.clone();
        Self::open_from(company, agent, client, Some(&origin))
            .await
            .unwrap()
    }

    /// The HTTP status when the socket is refused.
    async fn open_from(
        company: &Company,
        agent: &Browser,
        client: &str,
        origin: Option<&str>,
    ) -> Result<Self, u16> {
        Self::dial(&company.base, agent, client, origin).await
    }

    async fn dial(
        base: &str,
        agent: &Browser,
        client: &str,
        origin: Option<&str>,
    ) -> Result<Self, u16> {
        let base = base.replace("http", "ws");
        let address = format!("{base}/api/v1/desk/socket?client={client}");
        let mut request = address.into_client_request().unwrap();
        let headers = request.headers_mut();
        if let Some(cookie) = agent.cookie() {
            headers.insert("cookie", cookie.parse().unwrap());
        }
        if let Some(origin) = origin {
            headers.insert("origin", origin.parse().unwrap());
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((socket, _)) => Ok(Self {
                socket,
                heard: String::new(),
            }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    pub(crate) async fn say(&mut self, message: Value) {
        self.socket
            .send(Message::text(message.to_string()))
            .await
            .unwrap();
    }

    /// The next message that is one of `t`.
    pub(crate) async fn hear(&mut self, t: &str) -> Value {
        self.hear_where(|message| message["t"] == t).await
    }

    /// The code with which the server closes the socket.
    pub(crate) async fn closed(&mut self) -> u16 {
        self.pings_until_closed().await.1
    }

    /// The same, with how often it was pinged before.
    pub(crate) async fn pings_until_closed(&mut self) -> (usize, u16) {
        tokio::time::timeout(PATIENCE, async {
            let mut pings = 0;
            loop {
                let message = self.socket.next().await;
                match message.expect("no word of goodbye").unwrap() {
                    Message::Ping(_) => pings += 1,
                    Message::Close(Some(frame)) => return (pings, frame.code.into()),
                    _ => {}
                }
            }
        })
        .await
        .expect("the socket stayed open")
    }

    pub(crate) async fn hear_where(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        tokio::time::timeout(PATIENCE, async {
            loop {
                let message = self
                    .socket
                    .next()
                    .await
                    .expect("the socket was closed")
                    .unwrap();
                if let Message::Text(text) = message {
                    self.heard.push_str(&text);
                    let message: Value = serde_json::from_str(&text).unwrap();
                    if wanted(&message) {
                        return message;
                    }
                }
            }
        })
        .await
        .unwrap_or_else(|_| panic!("the message did not come; these did: {}", self.heard))
    }
}

/// A company with a phone system, a CRM, and an agent at 101.
pub(crate) async fn office() -> (Company, Browser) {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    company.connect_crm(&admin).await;
    let agent = company.agent(&admin).await;
    (company, agent)
}

#[tokio::test]
async fn the_socket_opens_only_for_an_agent_and_only_from_linecards_own_page() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let own = Some(company.base.as_str());
    let refused = async |browser: &Browser, origin| {
        let opened = Desk::open_from(&company, browser, "web", origin).await;
        opened.err()
    };
    assert_eq!(
        refused(&agent, Some("https://evil.example")).await,
        Some(403)
    );
    assert_eq!(refused(&agent, Some("http://127.0.0.1:1")).await, Some(403));
    assert_eq!(refused(&agent, None).await, Some(403));
    assert_eq!(refused(&company.browser(), own).await, Some(401));
    // The admin has no extension, hence no Desk.
    assert_eq!(refused(&admin, own).await, Some(403));
    assert_eq!(refused(&agent, own).await, None);
}

#[tokio::test]
async fn desk_is_greeted_with_what_it_needs_to_start() {
    let (company, agent) = office().await;
    let mut desk = Desk::open(&company, &agent).await;
    let hello = desk.hear("hello").await;
    assert_eq!(hello["extension"], "101");
    assert_eq!(hello["name"], "Alice");
    assert_eq!(hello["duty"]["state"], "off");
    assert_eq!(hello["breaks"], json!(["Lunch", "Meeting", "Training"]));
    assert_eq!(hello["cards"], json!([]));
    assert_eq!(hello["dialling"], json!([]));
    assert_eq!(
        hello["abilities"],
        json!({ "answer": true, "hang_up": true, "dial": true, "transfer": true, "pick_up": false,
            "simulation": false })
    );
    desk.say(json!({ "t": "ping" })).await;
    desk.hear("pong").await;
}

#[tokio::test]
async fn every_open_desk_of_an_agent_gets_the_card_and_its_texts_are_data() {
    let (company, agent) = office().await;
    let mut one = Desk::open(&company, &agent).await;
    let mut other = Desk::open(&company, &agent).await;
    one.hear("hello").await;
    other.hear("hello").await;
    company.phones.ring("fake.1", "4155550134", "101").await;
    for desk in [&mut one, &mut other] {
        let found = desk
            .hear_where(|message| message["card"]["lookup"] == "found")
            .await;
        let card = &found["card"];
        assert_eq!(card["state"], "ringing");
        assert_eq!(card["number"], "(415) 555-0134");
        assert_eq!(card["contact"]["name"], HOSTILE_NAME);
        assert_eq!(card["contact"]["page"], "https://crm.example/003");
    }
    // Who comes later is shown the same.
    let mut late = Desk::open(&company, &agent).await;
    let hello = late.hear("hello").await;
    assert_eq!(hello["cards"][0]["contact"]["name"], HOSTILE_NAME);
}

#[tokio::test]
async fn d2_the_page_opens_on_ringing_while_the_agent_is_on_duty() {
    let (company, agent) = office().await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.say(json!({ "t": "duty", "state": "on" })).await;
    assert_eq!(desk.hear("duty").await["state"], "on");
    company.phones.ring("fake.1", "4155550134", "101").await;
    let pop = desk.hear("pop").await;
    assert_eq!(pop["url"], "https://crm.example/003");
    assert!(pop["call"].as_str().unwrap().ends_with(".fake.1"), "{pop}");
    let how = json!({ "t": "popped", "id": pop["id"], "how": "blocked" });
    desk.say(how).await;
    desk.say(json!({ "t": "ping" })).await;
    desk.hear("pong").await;
}

#[tokio::test]
async fn a_break_is_the_same_in_every_window_and_a_reason_that_nobody_chose_is_refused() {
    let (company, agent) = office().await;
    let mut one = Desk::open(&company, &agent).await;
    let mut other = Desk::open(&company, &agent).await;
    one.hear("hello").await;
    other.hear("hello").await;
    one.say(json!({ "t": "duty", "state": "break", "reason": "Lunch" }))
        .await;
    for desk in [&mut one, &mut other] {
        let duty = desk.hear("duty").await;
        assert_eq!(
            (&duty["state"], &duty["reason"]),
            (&json!("break"), &json!("Lunch"))
        );
    }
    one.say(json!({ "t": "duty", "state": "break", "reason": "Fishing" }))
        .await;
    let refused = one.hear("refused").await;
    assert_eq!(
        (&refused["to"], &refused["code"]),
        (&json!("duty"), &json!("unknown_break_reason"))
    );
    drop((one, other));
    let hello = Desk::open(&company, &agent).await.hear("hello").await;
    assert_eq!(hello["duty"]["reason"], "Lunch");
}

#[tokio::test]
async fn an_agent_answers_from_desk_and_reads_why_a_command_was_refused() {
    let (company, agent) = office().await;
    let mut desk = Desk::open(&company, &agent).await;
    company.phones.ring("fake.1", "4155550134", "101").await;
    let call = desk.hear("card").await["card"]["call"].clone();
    desk.say(json!({ "t": "answer", "call": call })).await;
    company.phones.take("fake.1").await;
    desk.hear_where(|message| message["card"]["state"] == "talking")
        .await;
    desk.say(json!({ "t": "hang_up", "call": call })).await;
    let refused = desk.hear("refused").await;
    assert_eq!(refused["to"], "hang_up");
    assert_eq!(refused["call"], call);
    assert_eq!(refused["code"], "phone_system_refused");
    assert_eq!(company.phones.asked(), ["answer 101", "hang up 101"]);
}

#[tokio::test]
async fn a_message_that_is_not_understood_is_refused_and_desk_stays_open() {
    let (company, agent) = office().await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.say(json!({ "t": "explode" })).await;
    assert_eq!(desk.hear("refused").await["code"], "not_understood");
    desk.say(json!({ "t": "ping" })).await;
    desk.hear("pong").await;
}

#[tokio::test]
async fn a_message_that_is_too_long_ends_the_conversation() {
    let (company, agent) = office().await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.hear("hello").await;
    // The server may close before all of it has left.
    let _ = desk.socket.send(Message::text("x".repeat(100_000))).await;
    let closed = async {
        while let Some(Ok(message)) = desk.socket.next().await {
            if message.is_close() {
                break;
            }
        }
    };
    tokio::time::timeout(PATIENCE, closed)
        .await
        .expect("the socket stayed open");
}

#[tokio::test]
async fn x1_x3_g8_an_agent_writes_about_an_own_call_and_about_no_other() {
    let (company, agent) = office().await;
    let mut desk = Desk::open(&company, &agent).await;
    assert_eq!(desk.hear("hello").await["creates"], false);
    company.phones.ring("fake.1", "4155550134", "101").await;
    let call = desk.hear("card").await["card"]["call"].clone();
    desk.say(json!({ "t": "note", "call": call, "note": "Calls back" }))
        .await;
    let done = desk.hear("done").await;
    assert_eq!(done, json!({ "t": "done", "to": "note", "call": call }));
    desk.say(json!({ "t": "note", "call": call, "note": "x".repeat(10_001) }))
        .await;
    assert_eq!(desk.hear("refused").await["code"], "too_long");
    desk.say(json!({ "t": "create", "call": call })).await;
    assert_eq!(desk.hear("refused").await["code"], "creation_off");

    let foreign = call.as_str().unwrap().replace("fake.1", "fake.2");
    for message in [
        json!({ "t": "note", "call": foreign, "note": "Calls back" }),
        json!({ "t": "create", "call": foreign }),
        json!({
            "t": "choose", "call": foreign, "module": "contact", "id": "003",
            "connection": "01900000-0000-7000-8000-000000000002",
        }),
    ] {
        desk.say(message.clone()).await;
        let refused = desk.hear("refused").await;
        assert_eq!(refused["to"], message["t"]);
    }
}
