//! People are invited: by mail, with a mail server that is away, and from a list.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use crate::browser::{Answer, Browser};
use crate::company::Company;
use crate::inbox::Inbox;

const ACCOUNTS: &str = "/api/v1/accounts";

async fn mails_over(admin: &Browser, port: u16) {
    let before = admin.get("/api/v1/mail").await.is(200).json();
    let wanted = json!({
        "host": "localhost",
        "port": port,
        "security": "plain",
        "user": null,
        "password": null,
        "sender": "linecard@example.com",
        "sender_name": "Linecard",
        "version": before["server"]["version"].as_i64().unwrap_or(0),
    });
    admin.put("/api/v1/mail", wanted).await.is(200);
}

fn eve() -> Value {
    json!({
        "name": "Eve", "email": "eve@example.com", "role": "agent", "extension": "101",
        "language": "zh-CN", "mail": true,
    })
}

/// The invitation of `email`, once it is as `enough` says.
async fn invitation(admin: &Browser, email: &str, enough: impl Fn(&Value) -> bool) -> Value {
    loop {
        let all = admin.get(ACCOUNTS).await.is(200).json();
        let mut all = all.as_array().unwrap().iter();
        let account = all.find(|it| it["email"] == email).unwrap();
        if enough(&account["invitation"]) {
            return account["invitation"].clone();
        }
        tokio::task::yield_now().await;
    }
}

fn token(text: &str) -> String {
    let link = text.split_whitespace().find(|it| it.contains("/sign-in?"));
    let link = Url::parse(link.unwrap()).unwrap();
    link.query_pairs().next().unwrap().1.into_owned()
}

async fn list(admin: &Browser, query: &str, file: &[u8]) -> Answer {
    let path = format!("{ACCOUNTS}/import{query}");
    admin
        .send(admin.request(Method::POST, &path).body(file.to_vec()))
        .await
}

#[tokio::test]
async fn an_invitation_by_mail_is_written_in_the_persons_language_and_signs_in_once() {
    let (company, admin) = Company::new().await;
    let mut inbox = Inbox::open(&json!({})).await;
    mails_over(&admin, inbox.port).await;
    let made = admin.post(ACCOUNTS, eve()).await.is(201).json();
    assert_eq!(made["sign_in_link"], Value::Null);
    let letter = inbox.next().await;
    assert_eq!(letter["to"], json!(["eve@example.com"]));
    assert_eq!(letter["subject"], "Linecard 邀请您登录");
    let told = invitation(&admin, "eve@example.com", |it| {
        it["mail"]["state"] == "sent"
    })
    .await;
    assert_eq!(told["state"], "invited");
    assert_eq!(told["link_until"], "2026-01-08T08:00:00Z");
    let link = json!({ "token": token(letter["text"].as_str().unwrap()) });
    let browser = company.browser();
    browser
        .post("/api/v1/session/link", link.clone())
        .await
        .is(200);
    company
        .browser()
        .post("/api/v1/session/link", link)
        .await
        .is(403);
    let told = invitation(&admin, "eve@example.com", |_| true).await;
    assert_eq!(told["state"], "accepted");
    let id = made["account"]["id"].as_str().unwrap();
    let path = format!("{ACCOUNTS}/{id}/invitation");
    let again = admin.post(&path, json!({})).await.is(409);
    assert_eq!(again.code(), "invitation_accepted");
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_told_and_what_waited_goes_out_over_the_next_one() {
    let (_company, admin) = Company::new().await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = nobody.local_addr().unwrap().port();
    drop(nobody);
    mails_over(&admin, port).await;
    admin.post(ACCOUNTS, eve()).await.is(201);
    let told = invitation(&admin, "eve@example.com", |it| {
        !it["mail"]["problem"].is_null()
    })
    .await;
    assert_eq!(told["state"], "invited");
    assert_eq!(told["mail"]["state"], "waiting");
    assert_eq!(told["mail"]["problem"], "unreachable");
    assert_eq!(told["mail"]["due"], "2026-01-01T08:01:00Z");
    let mut inbox = Inbox::open(&json!({})).await;
    mails_over(&admin, inbox.port).await;
    assert_eq!(inbox.next().await["to"], json!(["eve@example.com"]));
    invitation(&admin, "eve@example.com", |it| {
        it["mail"]["state"] == "sent"
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_refused_is_told_and_the_link_can_be_handed_over_instead() {
    let (company, admin) = Company::new().await;
    let mut inbox = Inbox::open(&json!({ "refuses": "eve@example.com" })).await;
    mails_over(&admin, inbox.port).await;
    let made = admin.post(ACCOUNTS, eve()).await.is(201).json();
    let told = invitation(&admin, "eve@example.com", |it| it["state"] == "not_sent").await;
    assert_eq!(told["mail"]["problem"], "refused");
    assert!(
        told["mail"]["words"]
            .as_str()
            .unwrap()
            .contains("No such user here")
    );
    let id = made["account"]["id"].as_str().unwrap();
    let link = admin
        .post(&format!("{ACCOUNTS}/{id}/link"), json!({}))
        .await;
    let link = link.is(201).json();
    let told = invitation(&admin, "eve@example.com", |_| true).await;
    assert_eq!(
        (&told["state"], &told["mail"]),
        (&json!("invited"), &Value::Null)
    );
    company.clock.advance(SignedDuration::from_hours(7 * 24));
    let told = invitation(&admin, "eve@example.com", |_| true).await;
    assert_eq!(told["state"], "expired");
    let late = json!({ "token": token(link["sign_in_link"].as_str().unwrap()) });
    company
        .browser()
        .post("/api/v1/session/link", late)
        .await
        .is(403);
    // Somebody else's goes out all the same.
    let max = json!({
        "name": "Max", "email": "max@example.com", "role": "supervisor", "mail": true,
    });
    admin.post(ACCOUNTS, max).await.is(201);
    let letter = inbox.next().await;
    assert_eq!(letter["to"], json!(["max@example.com"]));
    assert!(
        letter["subject"].as_str().unwrap().contains(" / "),
        "{letter}"
    );
}

#[tokio::test]
async fn an_invitation_is_sent_again_with_a_new_link_and_the_log_says_who_did() {
    let (company, admin) = Company::new().await;
    let mut inbox = Inbox::open(&json!({})).await;
    mails_over(&admin, inbox.port).await;
    let made = admin.post(ACCOUNTS, eve()).await.is(201).json();
    let first = inbox.next().await;
    invitation(&admin, "eve@example.com", |it| {
        it["mail"]["state"] == "sent"
    })
    .await;
    company.clock.advance(SignedDuration::from_hours(1));
    let id = made["account"]["id"].as_str().unwrap();
    let path = format!("{ACCOUNTS}/{id}/invitation");
    admin.post(&path, json!({})).await.is(202);
    let second = inbox.next().await;
    let signs_in = async |letter: &Value| {
        let link = json!({ "token": token(letter["text"].as_str().unwrap()) });
        company.browser().post("/api/v1/session/link", link).await
    };
    signs_in(&first).await.is(403);
    signs_in(&second).await.is(200);
    let log = admin.get("/api/v1/audit").await.is(200).json();
    let entry = &log["entries"][0];
    assert_eq!(
        (&entry["kind"], &entry["subject"], &entry["address"]),
        (
            &json!("account_invite"),
            &json!("eve@example.com"),
            &json!("127.0.0.1")
        )
    );
}

#[tokio::test]
async fn without_a_mail_server_nothing_is_mailed_and_nobody_is_half_invited() {
    let (_company, admin) = Company::new().await;
    let refused = admin.post(ACCOUNTS, eve()).await.is(409);
    assert_eq!(refused.code(), "mail_not_set_up");
    let file = b"name,email,role\nSue,sue@example.com,supervisor\n";
    let refused = list(&admin, "?mail=true", file).await.is(409);
    assert_eq!(refused.code(), "mail_not_set_up");
    let all = admin.get(ACCOUNTS).await.is(200).json();
    assert_eq!(all.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_list_of_people_is_shown_first_and_then_invited_with_links_to_hand_over() {
    let (company, admin) = Company::new().await;
    for number in ["101", "102"] {
        let entry = json!({ "name": "Desk phone", "email": null });
        admin
            .put(&format!("/api/v1/extensions/{number}"), entry)
            .await
            .is(200);
    }
    let file = "姓名;邮箱;角色;分机\n=Eve;eve@example.com;坐席;101\nMax;max@example.com;;102\n\
                Ada;ADA@example.com;管理员;\nBob;bob@example.com;boss;\n";
    let shown = list(&admin, "?preview=true", file.as_bytes()).await;
    let shown = shown.is(200).json();
    assert_eq!(shown["people"].as_array().unwrap().len(), 2);
    assert_eq!(shown["links"], Value::Null);
    let left_out: Vec<_> = shown["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["row"].as_u64().unwrap(), it["code"].as_str().unwrap()))
        .collect();
    assert_eq!(left_out, [(4, "email_taken"), (5, "unknown_role")]);
    let all = admin.get(ACCOUNTS).await.is(200).json();
    assert_eq!(all.as_array().unwrap().len(), 1);
    let done = list(&admin, "?language=en", file.as_bytes())
        .await
        .is(200)
        .json();
    let links = done["links"].as_str().unwrap();
    // A name that a spreadsheet would run is text.
    assert!(
        links.contains("\"'=Eve\",\"eve@example.com\",\"101\",\"http"),
        "{links}"
    );
    let link = links
        .split('"')
        .find(|it| it.contains("/sign-in?"))
        .unwrap();
    let signed_in = json!({ "token": token(link) });
    let browser = company.browser();
    let session = browser.post("/api/v1/session/link", signed_in).await;
    let session = session.is(200).json();
    assert_eq!(session["account"]["email"], "eve@example.com");
    assert_eq!(session["account"]["language"], "en");
    // Once more: nobody of it can be invited again.
    let again = list(&admin, "", file.as_bytes()).await.is(200).json();
    assert_eq!(
        (&again["people"], &again["links"]),
        (&json!([]), &Value::Null)
    );
    let log = admin.get("/api/v1/audit").await.is(200).json();
    let invited = log["entries"].as_array().unwrap().iter();
    let invited = invited.filter(|it| it["kind"] == "account_create");
    assert_eq!(invited.count(), 2);
}

#[tokio::test]
async fn a_list_is_mailed_to_everybody_on_it() {
    let (_company, admin) = Company::new().await;
    let mut inbox = Inbox::open(&json!({})).await;
    mails_over(&admin, inbox.port).await;
    let file = "name,email,role\nSue,sue@example.com,supervisor\nTom,tom@example.com,admin\n";
    let done = list(&admin, "?mail=true", file.as_bytes())
        .await
        .is(200)
        .json();
    assert_eq!(done["links"], Value::Null);
    let mut to = [
        inbox.next().await["to"].clone(),
        inbox.next().await["to"].clone(),
    ];
    to.sort_by_key(ToString::to_string);
    assert_eq!(to, [json!(["sue@example.com"]), json!(["tom@example.com"])]);
}

#[tokio::test]
async fn a_list_that_is_none_is_refused() {
    let (_company, admin) = Company::new().await;
    let refused = list(&admin, "", b"who knows\n").await.is(422);
    assert_eq!(refused.code(), "list_without_header");
    let long = vec![b'x'; 1_000_001];
    assert_eq!(list(&admin, "", &long).await.is(413).code(), "too_large");
}
