//! The company's extensions: found at the phone system, and taken over from a spreadsheet.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;

#[tokio::test]
async fn the_extensions_that_the_phone_system_lists_are_added_once_with_all_their_devices() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let found = admin.post("/api/v1/extensions/discover", json!(null)).await;
    assert_eq!(
        found.is(200).json(),
        json!([{
            "number": "102", "name": "Bob", "email": "bob@example.com",
            "devices": ["FAKE/102", "FAKE/102-web"],
            "account_id": null, "on_duty": false, "version": 1,
        }])
    );
    let renamed = json!({ "name": "Robert", "email": "robert@example.com" });
    admin.put("/api/v1/extensions/102", renamed).await.is(200);
    let found = admin.post("/api/v1/extensions/discover", json!(null)).await;
    assert_eq!(found.json()[0]["name"], "Robert");
    admin.delete("/api/v1/extensions/102").await.is(204);
    admin.delete("/api/v1/extensions/102").await.is(404);
}

#[tokio::test]
async fn b4_an_extension_without_an_address_gets_the_phone_systems() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let unaddressed = json!({ "name": "Robert", "email": null });
    admin
        .put("/api/v1/extensions/102", unaddressed)
        .await
        .is(200);
    let found = admin.post("/api/v1/extensions/discover", json!(null)).await;
    let found = found.is(200).json();
    assert_eq!(
        (&found[0]["name"], &found[0]["email"]),
        (&json!("Robert"), &json!("bob@example.com"))
    );
}

const LIST: &str = "extension,name,email\n101,\"Adams, Alice\",alice@example.com\n\
                    102,,bob@example.com\nreception,Eve,eve@example.com\n103,Carol,\n";

async fn import(admin: &Browser, csv: &str, preview: bool) -> Value {
    let wanted = json!({ "csv": csv, "preview": preview });
    let answer = admin.post("/api/v1/extensions/import", wanted).await;
    answer.is(200).json()
}

async fn known(admin: &Browser) -> Vec<(String, String, Option<String>)> {
    let list = admin.get("/api/v1/extensions").await.is(200).json();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    list.as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let name = text(&it["name"]).unwrap();
            (text(&it["number"]).unwrap(), name, text(&it["email"]))
        })
        .collect()
}

#[tokio::test]
async fn a_spreadsheet_is_shown_before_it_is_taken_over() {
    let (_company, admin) = Company::new().await;
    let bob = json!({ "name": "Bob Brown", "email": null });
    admin.put("/api/v1/extensions/102", bob).await.is(200);
    let carol = json!({ "name": "Carol", "email": "carol@example.com" });
    admin.put("/api/v1/extensions/103", carol).await.is(200);
    let before = known(&admin).await;

    let preview = import(&admin, LIST, true).await;
    let changes: Vec<_> = preview["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["number"].as_str(), line["change"].as_str()))
        .collect();
    assert_eq!(
        changes,
        [
            (Some("101"), Some("added")),
            (Some("102"), Some("changed")),
            (Some("103"), Some("unchanged")),
        ]
    );
    assert_eq!(preview["left_out"][0]["line"], 4);
    assert_eq!(preview["left_out"][0]["code"], "not_an_extension");
    assert_eq!(known(&admin).await, before);

    assert_eq!(import(&admin, LIST, false).await, preview);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        known(&admin).await,
        [
            (
                "101".into(),
                "Adams, Alice".into(),
                some("alice@example.com")
            ),
            // An empty cell takes nothing away.
            ("102".into(), "Bob Brown".into(), some("bob@example.com")),
            ("103".into(), "Carol".into(), some("carol@example.com")),
        ]
    );
}

#[tokio::test]
async fn a_list_without_names_of_columns_or_too_long_a_one_is_refused() {
    let (_company, admin) = Company::new().await;
    let nameless = json!({ "csv": "101,Alice,alice@example.com" });
    let refused = admin.post("/api/v1/extensions/import", nameless).await;
    assert_eq!(refused.is(422).fields(), ["/csv"]);
    let long = json!({ "csv": "extension\n".to_owned() + &"101\n".repeat(100_000) });
    let refused = admin.post("/api/v1/extensions/import", long).await;
    assert_eq!(refused.is(413).code(), "too_large");
}
