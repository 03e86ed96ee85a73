//! Linking a phone system, and its extensions.

use linecard_pbx::ProblemKind;
use serde_json::json;

use crate::browser::Browser;
use crate::company::{Company, PHONE_SECRET};

/// Asks until the link is as wanted; the link is made in the background.
async fn link_becomes(admin: &Browser, state: &str) -> serde_json::Value {
    let mut last = json!(null);
    for _ in 0..500 {
        last = admin.get("/api/v1/phone-systems").await.is(200).json()[0].clone();
        if last["link"]["state"] == state {
            return last;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the link did not become {state}: {last}");
}

#[tokio::test]
async fn a_phone_system_is_linked_and_shows_its_version_but_not_its_secret() {
    let (company, admin) = Company::new().await;
    let made = company.link_phones(&admin, "fake").await;
    assert_eq!(made["secrets"], json!({ "secret": "set" }));
    let up = link_becomes(&admin, "up").await;
    assert_eq!(up["link"]["version"], "Fake 1");
    let health = admin.get("/api/v1/health").await.is(200).json();
    assert_eq!(health["phone_systems"][0]["link"]["state"], "up");
}

#[tokio::test]
async fn a_link_that_needs_a_person_says_so_in_the_phone_systems_words() {
    let (_company, admin) = Company::new().await;
    let without_secret = json!({
        "kind": "fake", "name": "Office", "settings": { "host": "pbx.test" },
    });
    let made = admin.post("/api/v1/phone-systems", without_secret).await;
    assert_eq!(made.is(201).json()["secrets"], json!({ "secret": "unset" }));
    let link = link_becomes(&admin, "needs_person").await["link"].clone();
    assert_eq!(
        link["problem"],
        json!({ "kind": "wrong_secret", "words": "Authentication failed" })
    );
}

#[tokio::test]
async fn a_secret_left_out_stays_and_the_old_version_is_refused() {
    let (company, admin) = Company::new().await;
    let made = company.link_phones(&admin, "fake").await;
    let path = format!("/api/v1/phone-systems/{}", made["id"].as_str().unwrap());
    let change = |version| {
        json!({
            "kind": "fake", "name": "Moved", "settings": { "host": "new.test" },
            "version": version,
        })
    };
    let changed = admin.put(&path, change(made["version"].clone())).await;
    let changed = changed.is(200).json();
    assert_eq!(changed["name"], "Moved");
    assert_eq!(changed["secrets"], json!({ "secret": "set" }));
    let late = admin.put(&path, change(made["version"].clone())).await;
    let late = late.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
    // Under its new name.
    assert_eq!(late.json()["changed"]["by"], "Ada");
}

#[tokio::test]
async fn an_unknown_kind_a_missing_setting_and_a_misplaced_secret_are_named() {
    let (_company, admin) = Company::new().await;
    let wanted = |kind: &str, settings: serde_json::Value| json!({ "kind": kind, "name": "Office", "settings": settings, "secrets": {} });
    let unknown = wanted("abacus", json!({}));
    let unknown = admin.post("/api/v1/phone-systems", unknown).await.is(404);
    assert_eq!(unknown.code(), "unknown_kind");
    let missing = wanted("fake", json!({}));
    let missing = admin.post("/api/v1/phone-systems", missing).await.is(422);
    assert_eq!(missing.fields(), ["/settings/host"]);
    let open = wanted("fake", json!({ "host": "x", "secret": PHONE_SECRET }));
    let open = admin.post("/api/v1/phone-systems", open).await.is(422);
    assert_eq!(open.fields(), ["/settings/secret"]);
}

#[tokio::test]
async fn a_phone_system_can_be_removed() {
    let (company, admin) = Company::new().await;
    let made = company.link_phones(&admin, "fake").await;
    let path = format!("/api/v1/phone-systems/{}", made["id"].as_str().unwrap());
    admin.delete(&path).await.is(204);
    assert_eq!(admin.get("/api/v1/phone-systems").await.json(), json!([]));
    assert_eq!(admin.delete(&path).await.is(404).code(), "not_found");
}

#[tokio::test]
async fn x7_what_is_wrong_although_the_link_is_up_is_told_once_of_a_kind() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    link_becomes(&admin, "up").await;
    let phones = &company.phones;
    phones
        .notice(ProblemKind::UnknownEndpoint, "PJSIP/alice")
        .await;
    phones
        .notice(ProblemKind::MissingRight, "write = reporting")
        .await;
    phones
        .notice(ProblemKind::UnknownEndpoint, "PJSIP/alice, PJSIP/bob")
        .await;
    let told = json!([
        { "kind": "missing_right", "words": "write = reporting" },
        { "kind": "unknown_endpoint", "words": "PJSIP/alice, PJSIP/bob" },
    ]);
    let mut last = json!(null);
    for _ in 0..500 {
        last = admin.get("/api/v1/health").await.is(200).json()["phone_systems"][0].clone();
        if last["link"]["notices"] == told {
            assert_eq!(last["link"]["problem"], json!(null));
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the notices did not come: {last}");
}

#[tokio::test]
async fn settings_are_tried_before_they_are_kept_with_the_secret_that_is_known() {
    let (company, admin) = Company::new().await;
    let probe = |id: serde_json::Value| json!({ "id": id, "kind": "fake", "settings": { "host": "pbx.test" } });
    let tried = admin
        .post("/api/v1/phone-systems/probe", probe(json!(null)))
        .await;
    assert_eq!(
        tried.is(200).json(),
        json!({
            "version": null,
            "problem": { "kind": "wrong_secret", "words": "Authentication failed" },
        })
    );
    assert_eq!(admin.get("/api/v1/phone-systems").await.json(), json!([]));

    let made = company.link_phones(&admin, "fake").await;
    let tried = admin
        .post("/api/v1/phone-systems/probe", probe(made["id"].clone()))
        .await;
    assert_eq!(
        tried.is(200).json(),
        json!({ "version": "Fake 1", "problem": null })
    );
    let missing = json!({ "kind": "fake", "settings": {} });
    let missing = admin.post("/api/v1/phone-systems/probe", missing).await;
    assert_eq!(missing.is(422).fields(), ["/settings/host"]);
}

#[tokio::test]
async fn a_phone_systems_phones_and_lines_are_listed_with_their_owners() {
    let (company, admin) = Company::new().await;
    let made = company.link_phones(&admin, "fake").await;
    let path = format!(
        "/api/v1/phone-systems/{}/endpoints",
        made["id"].as_str().unwrap()
    );
    let listed = admin.get(&path).await.is(200).json();
    let shown: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["endpoint"].as_str(), it["owner"].as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            (Some("FAKE/102"), Some("extension")),
            (Some("FAKE/102-web"), Some("extension")),
            (Some("FAKE/alice"), Some("unassigned")),
            (Some("FAKE/door"), Some("ignored")),
            (Some("FAKE/trunk"), Some("trunk")),
        ]
    );
    assert_eq!(listed[0]["name"], "Bob");
    let unknown = admin.get("/api/v1/phone-systems/nobody/endpoints").await;
    assert_eq!(unknown.is(404).code(), "not_found");
}

#[tokio::test]
async fn two_admins_do_not_overwrite_each_others_company_settings() {
    let (_company, admin) = Company::new().await;
    let mut settings = admin.get("/api/v1/organisation").await.json();
    settings["extension_ranges"] = json!([{ "from": "100", "to": "199" }]);
    admin
        .put("/api/v1/organisation", settings.clone())
        .await
        .is(200);
    let late = admin.put("/api/v1/organisation", settings).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
}
