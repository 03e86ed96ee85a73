//! Contacts out of files and into files, as an admin does it.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(30);

async fn phonebook(admin: &Browser) -> String {
    let wanted = json!({ "name": "客户 / Kunden" });
    let made = admin.post("/api/v1/phonebooks", wanted).await.is(201);
    made.json()["id"].as_str().unwrap().to_owned()
}

/// Announces a file and sends it in one piece.
async fn sent(admin: &Browser, phonebook: &str, name: &str, bytes: &[u8]) -> String {
    let wanted = json!({ "phonebook": phonebook, "file_name": name, "bytes": bytes.len() });
    let announced = admin.post("/api/v1/imports", wanted).await.is(201);
    let id = announced.json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/imports/{id}/file?from=0");
    let request = admin.request(Method::PUT, &path).body(bytes.to_vec());
    let ready = admin.send(request).await.is(200).json();
    assert_eq!(ready["state"], "ready");
    id
}

async fn previewed(admin: &Browser, id: &str, plan: Value) -> Value {
    let path = format!("/api/v1/imports/{id}/preview");
    let shown = admin.post(&path, json!({ "plan": plan })).await;
    shown.is(200).json()
}

async fn started(admin: &Browser, id: &str, plan: Value) -> Value {
    let path = format!("/api/v1/imports/{id}/start");
    admin.post(&path, plan).await.is(200);
    ended(admin, id).await
}

async fn ended(admin: &Browser, id: &str) -> Value {
    let seen = async {
        loop {
            let import = admin
                .get(&format!("/api/v1/imports/{id}"))
                .await
                .is(200)
                .json();
            let state = import["state"].as_str().unwrap().to_owned();
            if !["running", "undoing"].contains(&state.as_str()) {
                return import;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, seen).await.unwrap()
}

const TABLE: &str = "Name;Company;Mobile;E-mail\n\
    Ada Adams;Acme;+1 415 555 0101;ada@example.com\n\
    =cmd|' /C calc'!A0;@home;+1 415 555 0102;\n\
    Bob;;no number;\n";

#[tokio::test]
async fn a_file_is_sent_shown_imported_listed_and_undone() {
    let (_company, admin) = Company::new().await;
    let phonebook = phonebook(&admin).await;
    let id = sent(&admin, &phonebook, "contacts.csv", TABLE.as_bytes()).await;

    let shown = previewed(&admin, &id, Value::Null).await;
    assert_eq!(shown["format"], "csv");
    assert_eq!(shown["plan"]["delimiter"], ";");
    assert_eq!(
        shown["plan"]["columns"],
        json!(["name", "company", "mobile", "email"])
    );
    assert_eq!(shown["rows"][0]["contact"]["name"], "Ada Adams");
    let number = &shown["rows"][0]["contact"]["numbers"][0];
    assert_eq!(number["international"], "+14155550101");
    assert_eq!(shown["rows"][2]["code"], "not_a_number");
    assert_eq!(shown["rows"][2]["column"], 3);

    let done = started(&admin, &id, shown["plan"].clone()).await;
    assert_eq!(
        (
            &done["state"],
            &done["done"],
            &done["added"],
            &done["refused"]
        ),
        (&json!("done"), &json!(1.0), &json!(2), &json!(1))
    );
    let path = format!("/api/v1/imports/{id}/refused");
    let refused = admin.get(&path).await.is(200).json();
    assert_eq!(refused["rows"][0]["row"], 4);
    let list = admin.get(&format!("{path}.csv")).await.is(200);
    assert!(list.header("content-disposition").contains("contacts.csv"));
    assert_eq!(
        list.text.lines().nth(1).unwrap(),
        "\"4\",\"4\",\"3\",\"this is not a phone number\",\"Bob;;no number;\""
    );

    let path = format!("/api/v1/imports/{id}/undo");
    admin.post(&path, json!({})).await.is(200);
    let undone = ended(&admin, &id).await;
    assert_eq!(
        (&undone["state"], &undone["undone"]),
        (&json!("undone"), &json!(2))
    );
    let path = format!("/api/v1/phonebooks/{phonebook}/imports");
    let listed = admin.get(&path).await.is(200).json();
    assert_eq!(listed["imports"][0]["id"], json!(id));
}

#[tokio::test]
async fn what_is_exported_is_safe_in_a_spreadsheet_and_comes_back_as_it_was() {
    let (_company, admin) = Company::new().await;
    let first = phonebook(&admin).await;
    let id = sent(&admin, &first, "contacts.csv", TABLE.as_bytes()).await;
    let plan = previewed(&admin, &id, Value::Null).await["plan"].clone();
    started(&admin, &id, plan).await;
    let contacts = |id: String| {
        let admin = &admin;
        async move {
            let path = format!("/api/v1/phonebooks/{id}/contacts");
            let list = admin.get(&path).await.is(200).json()["contacts"].clone();
            let told = list.as_array().unwrap().iter().map(|it| {
                json!([
                    it["name"],
                    it["company"],
                    it["email"],
                    it["numbers"][0]["written"]
                ])
            });
            told.collect::<Vec<_>>()
        }
    };
    let before = contacts(first.clone()).await;
    assert_eq!(before.len(), 2);

    for (format, media) in [
        ("csv", "text/csv"),
        ("vcard3", "text/vcard"),
        ("vcard4", "text/vcard"),
    ] {
        let path = format!("/api/v1/phonebooks/{first}/export?format={format}");
        let file = admin.get(&path).await.is(200);
        assert!(file.header("content-type").starts_with(media));
        assert!(
            file.header("content-disposition")
                .contains("%E5%AE%A2%E6%88%B7")
        );
        if format == "csv" {
            assert!(file.text.contains("\"'=cmd|' /C calc'!A0\",\"'@home\""));
            assert!(file.text.contains("\"'+1 415 555 0101\""));
        }
        let wanted = json!({ "name": format });
        let other = admin.post("/api/v1/phonebooks", wanted).await.is(201);
        let other = other.json()["id"].as_str().unwrap().to_owned();
        let id = sent(&admin, &other, "again", file.text.as_bytes()).await;
        let plan = previewed(&admin, &id, Value::Null).await["plan"].clone();
        let done = started(&admin, &id, plan).await;
        assert_eq!(done["added"], 2, "{format}: {done}");
        assert_eq!(contacts(other).await, before, "{format}");
    }
}

#[tokio::test]
async fn f17_agents_neither_import_nor_export() {
    let (company, admin) = Company::new().await;
    let phonebook = phonebook(&admin).await;
    let id = sent(&admin, &phonebook, "contacts.csv", TABLE.as_bytes()).await;
    let agent = company.agent(&admin).await;
    for path in [
        format!("/api/v1/phonebooks/{phonebook}/export?format=csv"),
        format!("/api/v1/phonebooks/{phonebook}/imports"),
        format!("/api/v1/imports/{id}"),
        format!("/api/v1/imports/{id}/refused"),
        format!("/api/v1/imports/{id}/refused.csv"),
    ] {
        let refused = agent.get(&path).await.is(403);
        assert_eq!(refused.code(), "forbidden");
    }
    let wanted = json!({ "phonebook": phonebook, "file_name": "x", "bytes": 5 });
    agent.post("/api/v1/imports", wanted).await.is(403);
    for deed in ["preview", "start", "cancel", "resume", "undo"] {
        let path = format!("/api/v1/imports/{id}/{deed}");
        agent.post(&path, json!({})).await.is(403);
    }
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_with_its_reason() {
    let (_company, admin) = Company::new().await;
    let phonebook = phonebook(&admin).await;
    let announce = |bytes: u64| {
        let wanted = json!({ "phonebook": phonebook, "file_name": "x.csv", "bytes": bytes });
        admin.post("/api/v1/imports", wanted)
    };
    assert_eq!(announce(1_000_001).await.is(413).code(), "file_too_long");
    assert_eq!(announce(0).await.is(422).code(), "file_empty");

    let import = announce(10).await.is(201).json();
    let id = import["id"].as_str().unwrap();
    let piece = |from: u64, bytes: Vec<u8>| {
        let path = format!("/api/v1/imports/{id}/file?from={from}");
        admin.send(admin.request(Method::PUT, &path).body(bytes))
    };
    assert_eq!(piece(3, vec![b'x'; 4]).await.is(409).code(), "not_next");
    let longest = 4 * 1024 * 1024;
    assert_eq!(
        piece(0, vec![b'x'; longest + 1]).await.is(413).code(),
        "too_large"
    );
    let path = format!("/api/v1/imports/{id}/preview");
    let early = admin.post(&path, json!({ "plan": null })).await;
    assert_eq!(early.is(409).code(), "wrong_state");

    let id = sent(&admin, &phonebook, "x.csv", b"a;b\nAda;+14155550101\n").await;
    let mut plan = previewed(&admin, &id, Value::Null).await["plan"].clone();
    plan["columns"] = json!(["name", "name"]);
    let path = format!("/api/v1/imports/{id}/start");
    let twice = admin.post(&path, plan.clone()).await.is(422);
    assert_eq!(twice.fields(), ["/columns/1"]);
    plan["columns"] = json!(["name", null]);
    let shown = previewed(&admin, &id, plan).await;
    assert_eq!(shown["fault"], "no_number_column");
    assert_eq!(
        admin.get("/api/v1/imports/nonsense").await.is(404).code(),
        "no_import"
    );
    admin.delete(&format!("/api/v1/imports/{id}")).await.is(204);
    admin.get(&format!("/api/v1/imports/{id}")).await.is(404);
}
