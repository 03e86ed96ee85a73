//! How pages open at the agents' clients, as an admin sets it (D8).

use serde_json::{Value, json};

use crate::company::Company;
use crate::desk::Desk;

fn manner(mode: &str) -> Value {
    json!({ "mode": mode, "trigger": "ringing" })
}

#[tokio::test]
async fn d8_before_anybody_chose_pages_open_while_it_rings() {
    let (_company, admin) = Company::new().await;
    let default = admin.get("/api/v1/pop-default").await.is(200).json();
    assert_eq!(
        default,
        json!({ "web": manner("automatic"), "desktop": manner("automatic"), "version": 0 })
    );
}

#[tokio::test]
async fn d8_an_extension_has_its_own_setting_and_the_audit_log_says_who_chose() {
    let (_company, admin) = Company::new().await;
    let path = "/api/v1/extensions/101/pops";
    admin.get(path).await.is(404);
    let wanted = json!({ "web": manner("manual"), "desktop": null, "version": 0 });
    admin.put(path, wanted.clone()).await.is(404);
    let alice = json!({ "name": "Alice", "email": null });
    admin.put("/api/v1/extensions/101", alice).await.is(200);
    let kept = admin.put(path, wanted.clone()).await.is(200).json();
    assert_eq!(kept["version"], 1);
    assert_eq!(admin.get(path).await.is(200).json(), kept);
    let stale = admin.put(path, wanted).await.is(409);
    assert_eq!(stale.code(), "changed_meanwhile");
    let log = admin.get("/api/v1/audit").await.is(200).json();
    let mut deeds = log["entries"].as_array().unwrap().iter();
    let deed = deeds.find(|it| it["kind"] == "extension_pops_change");
    assert_eq!(deed.unwrap()["subject"], "101");
}

#[tokio::test]
async fn d8_words_that_mean_nothing_are_refused() {
    let (_company, admin) = Company::new().await;
    let wanted = json!({ "web": manner("sometimes"), "desktop": manner("off"), "version": 0 });
    admin.put("/api/v1/pop-default", wanted).await.is(422);
}

#[tokio::test]
async fn d7_an_open_desk_is_told_when_the_mode_of_its_kind_changes() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let mut desk = Desk::open(&company, &agent).await;
    let mut desktop = Desk::open_as(&company, &agent, "desktop").await;
    for it in [&mut desk, &mut desktop] {
        it.hear("hello").await;
        assert_eq!(it.hear("pop_mode").await["mode"], "automatic");
    }
    let wanted = json!({ "web": manner("manual"), "desktop": manner("off"), "version": 0 });
    admin.put("/api/v1/pop-default", wanted).await.is(200);
    assert_eq!(desk.hear("pop_mode").await["mode"], "manual");
    assert_eq!(desktop.hear("pop_mode").await["mode"], "off");
}
