//! Phonebooks and their contacts, as an admin keeps them.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;

async fn phonebook(admin: &Browser, name: &str) -> String {
    let made = admin
        .post("/api/v1/phonebooks", json!({ "name": name }))
        .await;
    text(&made.is(201).json()["id"])
}

async fn contact(admin: &Browser, phonebook: &str, wanted: Value) -> Value {
    let path = format!("/api/v1/phonebooks/{phonebook}/contacts");
    admin.post(&path, wanted).await.is(201).json()
}

fn person(name: &str, company: &str, business: &str) -> Value {
    json!({
        "name": name,
        "company": company,
        "numbers": [{ "slot": "business", "written": business }],
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap();
    list.iter().map(|it| it["name"].as_str().unwrap()).collect()
}

async fn listed(admin: &Browser, phonebook: &str, query: &str) -> Value {
    let path = format!("/api/v1/phonebooks/{phonebook}/contacts{query}");
    admin.get(&path).await.is(200).json()
}

/// A phonebook that the fake CRM fills, with one contact.
async fn filled_by_crm(company: &Company, admin: &Browser) -> (String, String) {
    company.connect_crm(admin).await;
    let wanted = json!({
        "on": true, "modules": ["contact"], "scope": "called", "always_query": false,
        "new": "From the CRM", "version": 0,
    });
    let kept = admin.put("/api/v1/crm/fake/phonebook", wanted).await;
    let id = text(&kept.is(200).json()["phonebook"]["id"]);
    let mut work = company.store().begin().await.unwrap();
    let contact = work
        .contacts()
        .put(id.parse().unwrap(), &synced())
        .await
        .unwrap();
    work.commit().await.unwrap();
    (id, contact.to_string())
}

/// A contact as a CRM gives it.
fn synced() -> linecard_store::CrmContact {
    let number = "+14155550134";
    linecard_store::CrmContact {
        record: linecard_crm::Record {
            at: linecard_crm::RecordRef {
                module: linecard_crm::Module::Contact,
                id: "003A".to_owned(),
            },
            name: "Grace Hopper".to_owned(),
            company: Some("Navy".to_owned()),
            owner: None,
            number: number.to_owned(),
            account: None,
            modified: None,
            last_activity: None,
            page: "https://crm.example/003A".parse().unwrap(),
        },
        entry: linecard_rules::sync::Entry {
            name: "Grace Hopper".to_owned(),
            numbers: vec![linecard_rules::sync::Number {
                label: linecard_crm::NumberLabel::Work,
                written: number.to_owned(),
                e164: number.parse().ok(),
            }],
        },
        email: None,
        called: true,
        stale: false,
    }
}

#[tokio::test]
async fn a_phonebook_is_made_renamed_given_to_some_and_deleted() {
    let (_company, admin) = Company::new().await;
    let id = phonebook(&admin, " Suppliers ").await;
    let twice = admin
        .post("/api/v1/phonebooks", json!({ "name": "Suppliers" }))
        .await;
    assert_eq!(twice.is(422).fields(), ["/name"]);
    let all = admin.get("/api/v1/phonebooks").await.is(200).json();
    assert_eq!(
        (&all[0]["name"], &all[0]["crm"], &all[0]["read_only"]),
        (&json!("Suppliers"), &json!(null), &json!(false))
    );
    assert_eq!(all[0]["extensions"], json!(null));
    contact(&admin, &id, person("Grace", "Navy", "4155550134")).await;

    let path = format!("/api/v1/phonebooks/{id}");
    let wanted = json!({ "name": "Board", "extensions": ["102", "101", "102"], "version": 1 });
    let changed = admin.put(&path, wanted.clone()).await.is(200).json();
    assert_eq!(
        (
            &changed["name"],
            &changed["extensions"],
            &changed["contacts"]
        ),
        (&json!("Board"), &json!(["101", "102"]), &json!(1))
    );
    let late = admin.put(&path, wanted).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
    assert_eq!(late.json()["changed"]["by"], "Ada");
    let wrong = json!({ "name": " ", "extensions": ["Bob"], "version": 2 });
    let wrong = admin.put(&path, wrong).await.is(422);
    assert_eq!(wrong.fields(), ["/name", "/extensions/0"]);

    admin.delete(&path).await.is(204);
    assert_eq!(admin.delete(&path).await.is(404).code(), "no_phonebook");
    let gone = format!("{path}/contacts");
    assert_eq!(admin.get(&gone).await.is(404).code(), "no_phonebook");
}

#[tokio::test]
async fn a_contact_is_kept_as_typed_and_told_how_it_is_read() {
    let (_company, admin) = Company::new().await;
    let book = phonebook(&admin, "Suppliers").await;
    let added = contact(
        &admin,
        &book,
        json!({
            "name": "王芳 <b>Fang</b>",
            "company": " ",
            "email": "fang@example.com",
            "remark": "Mornings only.\nSpeaks English.",
            "numbers": [
                { "slot": "mobile", "written": " (415) 555-0134 " },
                { "slot": "other", "written": "12345" },
            ],
        }),
    )
    .await;
    assert_eq!(added["company"], json!(null));
    assert_eq!(added["name"], "王芳 <b>Fang</b>");
    assert_eq!(added["numbers"][0]["written"], "(415) 555-0134");
    assert_eq!(added["numbers"][0]["e164"], "+14155550134");
    assert_eq!(added["numbers"][1]["e164"], json!(null));
    let path = format!("/api/v1/contacts/{}", text(&added["id"]));
    assert_eq!(admin.get(&path).await.is(200).json(), added);

    let read = json!({ "numbers": ["415 555 0134", "ask Bob"] });
    let read = admin.post("/api/v1/contacts/read-numbers", read).await;
    let read = read.is(200).json();
    assert_eq!(
        (&read[0]["reading"], &read[0]["e164"]),
        (&json!("phone"), &json!("+14155550134"))
    );
    assert_eq!(read[1]["reading"], "unreadable");

    let wrong = json!({
        "contact": { "name": "", "email": "nowhere", "numbers": [
            { "slot": "home", "written": "1" }, { "slot": "home", "written": "none" },
        ]},
        "version": 1,
    });
    assert_eq!(
        admin.put(&path, wrong).await.is(422).fields(),
        [
            "/contact/name",
            "/contact/email",
            "/contact/numbers/1/slot",
            "/contact/numbers/1/written"
        ]
    );
    let nothing = json!({ "contact": { "name": "Fang", "numbers": [] }, "version": 1 });
    let changed = admin.put(&path, nothing.clone()).await.is(200).json();
    assert_eq!(
        (&changed["name"], &changed["numbers"], &changed["remark"]),
        (&json!("Fang"), &json!([]), &json!(null))
    );
    let late = admin.put(&path, nothing).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
    assert_eq!(late.json()["changed"]["by"], "Ada");
}

#[tokio::test]
async fn contacts_are_listed_page_by_page_and_searched() {
    let (_company, admin) = Company::new().await;
    let book = phonebook(&admin, "Suppliers").await;
    for (name, company, number) in [
        ("Grace Hopper", "Navy", "4155550134"),
        ("Ada. Lovelace", "Analytical", "+49 30 1234567"),
        ("Bob", "Navy", "101"),
    ] {
        contact(&admin, &book, person(name, company, number)).await;
    }
    let first = listed(&admin, &book, "?limit=1").await;
    assert_eq!(names(&first["contacts"]), ["Ada. Lovelace"]);
    let next = text(&first["next"]);
    let rest = listed(&admin, &book, &format!("?after={next}")).await;
    assert_eq!(names(&rest["contacts"]), ["Bob", "Grace Hopper"]);
    assert_eq!(rest["next"], json!(null));
    for (search, found) in [
        ("navy", vec!["Bob", "Grace Hopper"]),
        ("hopper%20GRACE", vec!["Grace Hopper"]),
        ("(415)%20555", vec!["Grace Hopper"]),
        ("011%2049%2030%201234567", vec!["Ada. Lovelace"]),
        ("nobody", vec![]),
    ] {
        let list = listed(&admin, &book, &format!("?search={search}")).await;
        assert_eq!(names(&list["contacts"]), found, "{search}");
    }
    let path = format!("/api/v1/phonebooks/{book}/contacts?after=x");
    assert_eq!(admin.get(&path).await.is(400).code(), "not_a_cursor");
}

#[tokio::test]
async fn f9_h5_what_a_crm_fills_is_refused_by_every_change_until_it_is_disconnected() {
    let (company, admin) = Company::new().await;
    let own = phonebook(&admin, "Own").await;
    let mine = contact(&admin, &own, person("Mine", "", "4155550135")).await;
    let mine = text(&mine["id"]);
    let (filled, theirs) = filled_by_crm(&company, &admin).await;
    let all = admin.get("/api/v1/phonebooks").await.is(200).json();
    let shown = all.as_array().unwrap().iter().find(|it| it["id"] == filled);
    let shown = shown.unwrap();
    assert_eq!(
        (&shown["crm"], &shown["read_only"], &shown["contacts"]),
        (&json!("fake"), &json!(true), &json!(1))
    );

    let other = person("Other", "", "4155550136");
    let changed = json!({ "contact": other, "version": 1 });
    let merge = json!({ "keep": mine, "version": 1, "others": [theirs] });
    let refusals = [
        admin
            .post(&format!("/api/v1/phonebooks/{filled}/contacts"), other)
            .await,
        admin
            .put(&format!("/api/v1/contacts/{theirs}"), changed.clone())
            .await,
        admin
            .post("/api/v1/contacts/delete", json!({ "contacts": [theirs] }))
            .await,
        admin
            .post(
                "/api/v1/contacts/move",
                json!({ "contacts": [theirs], "phonebook": own }),
            )
            .await,
        admin
            .post(
                "/api/v1/contacts/move",
                json!({ "contacts": [mine], "phonebook": filled }),
            )
            .await,
        admin.post("/api/v1/contacts/merge", merge).await,
        admin.delete(&format!("/api/v1/phonebooks/{filled}")).await,
    ];
    for refusal in refusals {
        let refusal = refusal.is(409);
        assert_eq!(refusal.code(), "filled_by_crm");
        assert!(refusal.text.contains("From the CRM"), "{}", refusal.text);
    }
    let still = listed(&admin, &filled, "").await;
    assert_eq!(names(&still["contacts"]), ["Grace Hopper"]);
    assert_eq!(still["contacts"][0]["version"], 1);

    admin.delete("/api/v1/crm/fake").await.is(200);
    let path = format!("/api/v1/contacts/{theirs}");
    let kept = admin.put(&path, changed).await.is(200).json();
    assert_eq!(kept["name"], "Other");
    assert_eq!(kept["record"]["page"], "https://crm.example/003A");
    let all = admin.get("/api/v1/phonebooks").await.is(200).json();
    let shown = all.as_array().unwrap().iter().find(|it| it["id"] == filled);
    assert_eq!(
        (&shown.unwrap()["crm"], &shown.unwrap()["read_only"]),
        (&json!("fake"), &json!(false))
    );
}

#[tokio::test]
async fn contacts_are_moved_deleted_and_merged() {
    let (company, admin) = Company::new().await;
    // The log is read in the order of its times.
    let later = || company.clock.advance(jiff::SignedDuration::from_secs(1));
    let (one, other) = (
        phonebook(&admin, "One").await,
        phonebook(&admin, "Other").await,
    );
    let grace = contact(&admin, &one, person("Grace", "Navy", "4155550134")).await;
    let again = contact(&admin, &other, person("G. Hopper", "", "+1 415 555 0134")).await;
    let ada = contact(&admin, &one, person("Ada", "", "4155550135")).await;

    let shared = admin.get("/api/v1/contacts/duplicates?by=number").await;
    let shared = shared.is(200).json();
    assert_eq!(shared["groups"].as_array().unwrap().len(), 1);
    assert_eq!(shared["groups"][0]["count"], 2);
    assert_eq!(
        names(&shared["groups"][0]["contacts"]),
        ["G. Hopper", "Grace"]
    );
    let named = admin.get("/api/v1/contacts/duplicates?by=name").await;
    assert_eq!(named.is(200).json()["groups"], json!([]));

    later();
    let merged = json!({ "keep": grace["id"], "version": 1, "others": [again["id"]] });
    let merged = admin.post("/api/v1/contacts/merge", merged).await;
    assert_eq!(
        merged.is(200).json()["numbers"].as_array().unwrap().len(),
        1
    );
    assert_eq!(listed(&admin, &other, "").await["contacts"], json!([]));

    later();
    let moved = json!({ "contacts": [grace["id"], ada["id"], "nobody"], "phonebook": other });
    let moved = admin.post("/api/v1/contacts/move", moved).await;
    assert_eq!(moved.is(200).json()["moved"], 2);
    later();
    let delete = json!({ "contacts": [grace["id"], ada["id"]] });
    let deleted = admin.post("/api/v1/contacts/delete", delete).await;
    assert_eq!(deleted.is(200).json()["deleted"], 2);
    let nobody = admin
        .post("/api/v1/contacts/delete", json!({ "contacts": [] }))
        .await;
    assert_eq!(nobody.is(422).fields(), ["/contacts"]);

    let log = admin.get("/api/v1/audit").await.is(200).json();
    let log: Vec<_> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .take(3)
        .map(|it| {
            assert_eq!(it["account_name"], "Ada");
            (
                it["kind"].clone(),
                it["subject"].clone(),
                it["amount"].clone(),
            )
        })
        .collect();
    assert_eq!(
        log,
        [
            (json!("contacts_delete"), json!("Ada"), json!(2)),
            (json!("contacts_move"), json!("Other"), json!(2)),
            (json!("contacts_merge"), json!("Grace"), json!(1)),
        ]
    );
}
