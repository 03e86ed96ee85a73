//! Groups of extensions, bound to a CRM user together (B6).

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;

/// A company whose CRM is connected, with the extensions 101 and 102.
async fn company() -> (Company, Browser) {
    let (company, admin) = Company::new().await;
    company.connect_crm(&admin).await;
    for number in ["101", "102"] {
        let path = format!("/api/v1/extensions/{number}");
        let known = json!({ "name": "Somebody", "email": null });
        admin.put(&path, known).await.is(200);
    }
    (company, admin)
}

async fn made(admin: &Browser, name: &str, extensions: &[&str]) -> Value {
    let wanted = json!({ "name": name, "extensions": extensions });
    let made = admin.post("/api/v1/extension-groups", wanted).await;
    made.is(201).json()
}

async fn first_user(admin: &Browser) -> Value {
    let users = admin.get("/api/v1/crm/fake/users").await.is(200).json();
    users["users"][0].clone()
}

#[tokio::test]
async fn b6_a_group_is_made_changed_and_removed_and_the_audit_log_says_by_whom() {
    let (_company, admin) = company().await;
    let group = made(&admin, "Sales", &["101", "102"]).await;
    assert_eq!(group["extensions"], json!(["101", "102"]));
    let path = format!("/api/v1/extension-groups/{}", group["id"].as_str().unwrap());
    let wanted = json!({ "name": "Sellers", "extensions": ["102"], "version": 1 });
    let kept = admin.put(&path, wanted.clone()).await.is(200).json();
    assert_eq!(kept["version"], 2);
    let late = admin.put(&path, wanted).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
    assert_eq!(late.json()["changed"]["by"], "Ada");
    let all = admin.get("/api/v1/extension-groups").await.is(200).json();
    assert_eq!(all, json!([kept]));
    admin.delete(&path).await.is(204);
    admin.delete(&path).await.is(404);
    let log = admin.get("/api/v1/audit").await.is(200).json();
    let mut kinds: Vec<&str> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["kind"].as_str())
        .filter(|kind| kind.starts_with("extension_group_"))
        .collect();
    // The clock stands still: these are at the same moment.
    kinds.sort_unstable();
    assert_eq!(
        kinds,
        [
            "extension_group_change",
            "extension_group_create",
            "extension_group_delete"
        ]
    );
}

#[tokio::test]
async fn b6_what_no_group_can_be_is_refused_by_field() {
    let (_company, admin) = company().await;
    made(&admin, "Sales", &[]).await;
    let send = async |wanted: Value| {
        let refused = admin.post("/api/v1/extension-groups", wanted).await;
        refused.is(422).fields()
    };
    let bad = json!({ "name": " ", "extensions": ["101", "999", "x"] });
    assert_eq!(send(bad).await, ["/name", "/extensions/1", "/extensions/2"]);
    assert_eq!(
        send(json!({ "name": "Sales", "extensions": [] })).await,
        ["/name"]
    );
}

#[tokio::test]
async fn b6_a_group_is_bound_beside_single_extensions_and_belongs_to_one_user() {
    let (_company, admin) = company().await;
    let group = made(&admin, "Sales", &["102"]).await["id"].clone();
    let user = first_user(&admin).await["id"].clone();
    let bound = json!({ "crm_user": user, "group": group });
    let wanted = json!({
        "bindings": [{ "crm_user": user, "extension": "101" }],
        "groups": [bound],
    });
    let path = "/api/v1/crm/fake/bindings";
    admin.put(path, wanted).await.is(200);
    let told = first_user(&admin).await;
    assert_eq!(told["extensions"], json!(["101"]));
    assert_eq!(told["groups"], json!([group]));
    let twice = json!({ "bindings": [], "groups": [bound, bound] });
    assert_eq!(
        admin.put(path, twice).await.is(422).fields(),
        ["/groups/1/group"]
    );
    let single = json!({ "bindings": [] });
    admin.put(path, single).await.is(200);
    assert_eq!(first_user(&admin).await["groups"], json!([group]));
}
