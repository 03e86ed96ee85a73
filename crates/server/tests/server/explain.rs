//! Why a call is shown, written and kept, or not, as the page reads it (F18).

use serde_json::json;

use crate::company::Company;
use crate::fake_crm::HOSTILE_NAME;

fn question(number: &str) -> serde_json::Value {
    json!({ "number": number, "direction": "inbound", "extension": "101" })
}

#[tokio::test]
async fn f18_an_admin_reads_what_was_asked_what_came_back_and_what_becomes_of_a_call() {
    let (company, admin) = Company::new().await;
    company.connect_crm(&admin).await;
    let told = admin
        .post("/api/v1/explain", question("(415) 555-0134"))
        .await
        .is(200)
        .json();
    assert_eq!(told["reading"]["kind"], "phone");
    assert_eq!(told["reading"]["e164"], "+14155550134");
    assert_eq!(told["sources"][0]["spellings"][0], "14155550134");
    assert_eq!(told["sources"][0]["remembered"], false);
    assert_eq!(told["winner"]["record"]["name"], HOSTILE_NAME);
    assert_eq!(told["winner"]["precedence"], "only_crm");
    assert_eq!(told["log"][0]["verdict"]["happens"], "yes");
    assert_eq!(told["pop"]["reason"], "signed_out");
    assert_eq!(told["sync"]["reason"], "sync_off");
    assert_eq!(told["create"]["reason"], "known");
    assert_eq!(told["recorded"], json!(null));
}

#[tokio::test]
async fn f18_what_cannot_be_explained_is_refused_with_the_field_or_the_reason() {
    let (_company, admin) = Company::new().await;
    let long = question(&"1".repeat(65));
    let problem = admin.post("/api/v1/explain", long).await.is(422).json();
    assert_eq!(problem["fields"][0]["path"], "/number");
    let mut odd = question("");
    odd["extension"] = json!("reception");
    let problem = admin.post("/api/v1/explain", odd).await.is(422).json();
    assert_eq!(problem["fields"][0]["code"], "not_an_extension");
    let nowhere = "/api/v1/calls/01900000-0000-7000-8000-000000000001/explanation";
    assert_eq!(admin.get(nowhere).await.is(404).json()["code"], "not_found");
    admin.get("/api/v1/calls/1/explanation").await.is(404);
}
