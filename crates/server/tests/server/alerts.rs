//! Mail, and who is told when something needs a person, as an admin sets them up (X7).

use jiff::SignedDuration;
use linecard_clock::Clock as _;
use linecard_flow::{Certificate, Disk, Flow};
use linecard_pbx::{LinkState, Problem, ProblemKind};
use serde_json::{Value, json};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::browser::Browser;
use crate::company::{Company, FakeDisks};

const MAIL: &str = "/api/v1/mail";
const SETTINGS: &str = "/api/v1/alerts/settings";

fn server() -> Value {
    json!({
        "host": "127.0.0.1",
        "port": 9,
        "security": "start_tls",
        "user": "linecard",
        "password": "mail-password-that-nobody-may-see",
        "sender": "linecard@example.com",
        "sender_name": "Linecard",
        "version": 0,
    })
}

#[tokio::test]
async fn x7_the_mail_servers_password_is_kept_and_never_shown() {
    let (_company, admin) = Company::new().await;
    assert_eq!(
        admin.get(MAIL).await.is(200).json(),
        json!({ "server": null })
    );
    let saved = admin.put(MAIL, server()).await.is(200);
    assert!(!saved.text.contains("mail-password"));
    assert_eq!(saved.json()["server"]["has_password"], true);
    let mut changed = server();
    changed["port"] = json!(2525);
    changed["password"] = json!(null);
    let late = admin.put(MAIL, changed.clone()).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
    changed["version"] = json!(1);
    let kept = admin.put(MAIL, changed.clone()).await.is(200).json();
    assert_eq!(kept["server"]["has_password"], true);
    changed["version"] = json!(2);
    changed["user"] = json!(null);
    let without = admin.put(MAIL, changed).await.is(200).json();
    assert_eq!(without["server"]["has_password"], false);
    admin.delete(MAIL).await.is(204);
    assert_eq!(
        admin.get(MAIL).await.is(200).json(),
        json!({ "server": null })
    );
}

#[tokio::test]
async fn x7_what_cannot_be_mailed_with_is_said_field_by_field() {
    let (_company, admin) = Company::new().await;
    for (field, value, code) in [
        ("host", json!(""), "required"),
        ("host", json!("smtp.example.com/mail"), "host_invalid"),
        ("security", json!("plain"), "password_needs_tls"),
        ("password", json!(""), "required"),
        ("sender", json!("linecard"), "email_invalid"),
        (
            "sender_name",
            json!("a\r\nBcc: eve@example.com"),
            "one_line",
        ),
    ] {
        let mut wanted = server();
        wanted[field] = value;
        let refused = admin.put(MAIL, wanted).await.is(422).json();
        assert_eq!(refused["fields"][0]["path"], format!("/{field}"));
        assert_eq!(refused["fields"][0]["code"], code, "{field}");
    }
}

#[tokio::test]
async fn x7_the_test_button_says_what_is_wrong() {
    let (_company, admin) = Company::new().await;
    let test = json!({ "to": "ada@example.com" });
    let none = admin.post("/api/v1/mail/test", test.clone()).await.is(409);
    assert_eq!(none.code(), "not_set_up");
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut wanted = server();
    wanted["port"] = json!(nobody.local_addr().unwrap().port());
    drop(nobody);
    admin.put(MAIL, wanted).await.is(200);
    let tried = admin.post("/api/v1/mail/test", test).await.is(200).json();
    assert_eq!(tried["problem"]["kind"], "unreachable");
}

#[tokio::test]
async fn x7_an_admin_chooses_who_is_told_of_what() {
    let (company, admin) = Company::new().await;
    let mut chosen = admin.get(SETTINGS).await.is(200).json();
    assert_eq!(chosen["link_down_minutes"], 5);
    chosen["recipients"] = json!(["ada@example.com"]);
    chosen["quota_percent"] = json!(null);
    let saved = admin.put(SETTINGS, chosen.clone()).await.is(200).json();
    assert_eq!(
        (&saved["version"], &saved["quota_percent"]),
        (&json!(1), &json!(null))
    );
    let late = admin.put(SETTINGS, chosen.clone()).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
    chosen["version"] = json!(1);
    chosen["recipients"] = json!(["ada"]);
    chosen["backlog_minutes"] = json!(0);
    let refused = admin.put(SETTINGS, chosen).await.is(422).json();
    assert_eq!(refused["fields"][0]["path"], "/recipients/0");
    assert_eq!(refused["fields"][1]["path"], "/backlog_minutes");
    let agent = company.agent(&admin).await;
    for path in [SETTINGS, MAIL, "/api/v1/alerts"] {
        agent.get(path).await.is(403);
    }
}

/// What needs a person, once it is as `enough` says; time goes on meanwhile.
async fn later(
    company: &Company,
    flow: &Flow,
    admin: &Browser,
    enough: impl Fn(&[Value]) -> bool,
) -> Vec<Value> {
    loop {
        company.clock.advance(SignedDuration::from_secs(5));
        flow.alerts().look();
        let open = admin.get("/api/v1/alerts").await.is(200).json();
        let open = open["alerts"].as_array().unwrap().clone();
        if enough(&open) {
            return open;
        }
    }
}

/// What the webhook was told, once it is so many messages.
async fn told(outside: &MockServer, count: usize) -> Vec<Value> {
    loop {
        let requests = outside.received_requests().await.unwrap();
        if requests.len() == count {
            let bodies = requests.iter();
            return bodies
                .map(|request| serde_json::from_slice(&request.body).unwrap())
                .collect();
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn x7_a_link_that_is_down_is_told_once_and_once_when_it_is_up_again() {
    let (company, flow) = Company::with_flow().await;
    let admin = company.browser();
    let set_up = company.set_up().await;
    admin.post("/api/v1/set-up", set_up).await.is(201);
    company.link_phones(&admin, "fake").await;
    let outside = MockServer::start().await;
    Mock::given(path("/hook"))
        .respond_with(ResponseTemplate::new(200))
        .mount(&outside)
        .await;
    let endpoint = json!({
        "name": "Pager",
        "url": format!("{}/hook", outside.uri()),
        "events": ["alert.raised", "alert.resolved"],
        "personal": true,
        "enabled": true,
    });
    admin.post("/api/v1/webhooks", endpoint).await.is(201);
    let down = Problem {
        kind: ProblemKind::Unreachable,
        words: "connection refused".to_owned(),
    };
    company.phones.link(LinkState::Down(down)).await;
    let open = later(&company, &flow, &admin, |open| !open.is_empty()).await;
    assert_eq!(
        (&open[0]["kind"], &open[0]["name"]),
        (&json!("link_down"), &json!("Office"))
    );
    assert_eq!(open[0]["page"], "/phone-system");
    let raised = told(&outside, 1).await.remove(0);
    assert_eq!(raised["type"], "alert.raised");
    assert_eq!(raised["data"]["page"], "http://linecard.test/phone-system");
    assert_eq!(raised["data"]["words"], "connection refused");
    let up = LinkState::Up {
        version: "1".to_owned(),
    };
    company.phones.link(up).await;
    later(&company, &flow, &admin, <[Value]>::is_empty).await;
    let resolved = told(&outside, 2).await.remove(1);
    assert_eq!(resolved["type"], "alert.resolved");
    assert_eq!(resolved["data"]["since"], raised["data"]["since"]);
}

/// What is wrong, as the Health page tells it: what, and how much.
async fn on_health(admin: &Browser) -> Vec<(Value, Value)> {
    let health = admin.get("/api/v1/health").await.is(200).json();
    let problems = health["problems"].as_array().unwrap().clone();
    let told = |it: &Value| (it["what"].clone(), it["amount"].clone());
    // The test's own address is not reached over HTTPS, which is another story.
    let ours = problems.iter().filter(|it| it["what"] != "home_address");
    ours.map(told).collect()
}

#[tokio::test]
async fn x7_a_disk_that_is_nearly_full_is_on_the_page_and_told_until_there_is_room() {
    let (company, flow) = Company::with_flow().await;
    let (company, admin) = company.begun().await;
    let scarce = Disk {
        free: 512 << 20,
        total: 1 << 40,
    };
    company.disks.is(scarce);
    let open = later(&company, &flow, &admin, |open| !open.is_empty()).await;
    assert_eq!(
        (&open[0]["kind"], &open[0]["amount"], &open[0]["page"]),
        (&json!("disk_scarce"), &json!(512), &json!("/health"))
    );
    assert_eq!(on_health(&admin).await, [(json!("disk"), json!(512 << 20))]);
    company.disks.is(FakeDisks::ROOMY);
    later(&company, &flow, &admin, <[Value]>::is_empty).await;
    assert_eq!(on_health(&admin).await, []);
}

#[tokio::test]
async fn x7_a_certificate_is_on_the_page_and_told_until_a_newer_one_is_used() {
    let (company, flow) = Company::with_flow().await;
    let (company, admin) = company.begun().await;
    let ends_soon = Certificate {
        place: "/etc/linecard/home.pem".to_owned(),
        until: "2026-01-14T07:00:00Z".parse().unwrap(),
        own_authority: false,
        refused: Some((company.clock.now(), "there is no key in it".to_owned())),
    };
    flow.put_certificate(ends_soon.clone());
    let open = later(&company, &flow, &admin, |open| open.len() == 2).await;
    let kinds: Vec<_> = open.iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["certificate_ends", "certificate_refused"]);
    assert_eq!(open[0]["amount"], 12);
    assert_eq!(open[1]["words"], "there is no key in it");
    assert_eq!(open[1]["name"], "/etc/linecard/home.pem");
    let shown = on_health(&admin).await;
    let shown: Vec<_> = shown.iter().map(|(what, _)| what).collect();
    assert_eq!(shown, ["certificate_refused", "certificate_ends"]);
    flow.put_certificate(Certificate {
        until: "2026-06-01T08:00:00Z".parse().unwrap(),
        refused: None,
        ..ends_soon
    });
    later(&company, &flow, &admin, <[Value]>::is_empty).await;
    assert_eq!(on_health(&admin).await, []);
}

#[tokio::test]
async fn x7_who_wants_to_know_nothing_of_disks_and_certificates_is_told_nothing() {
    let (company, flow) = Company::with_flow().await;
    let (company, admin) = company.begun().await;
    let mut chosen = admin.get(SETTINGS).await.is(200).json();
    assert_eq!(
        (&chosen["disk_scarce"], &chosen["certificate"]),
        (&json!(true), &json!(true))
    );
    chosen["disk_scarce"] = json!(false);
    admin.put(SETTINGS, chosen).await.is(200);
    company.disks.is(Disk {
        free: 0,
        total: 1 << 40,
    });
    flow.put_certificate(Certificate {
        place: "home.pem".to_owned(),
        until: company.clock.now(),
        own_authority: false,
        refused: None,
    });
    let open = later(&company, &flow, &admin, |open| !open.is_empty()).await;
    let kinds: Vec<_> = open.iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["certificate_ends"]);
}
