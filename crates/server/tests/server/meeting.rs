//! Two admins change the same thing: the second is told of the first, and nothing is overwritten.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;

/// Both read; the first changes, the second comes too late, reads again, and changes.
async fn meet(first: &Browser, second: &Browser, path: &str, change: impl Fn(&mut Value, bool)) {
    let read = async |who: &Browser| who.get(path).await.is(200).json();
    let (mut one, mut other) = (read(first).await, read(second).await);
    change(&mut one, true);
    change(&mut other, false);
    let kept = first.put(path, one).await.is(200).json();
    let refused = second.put(path, other).await.is(409);
    assert_eq!(refused.code(), "changed_meanwhile", "{path}");
    let told = refused.json()["changed"].clone();
    assert_eq!(told["by"], "Ada", "{path}: {told}");
    assert_eq!(told["at"], "2026-01-01T08:00:00Z", "{path}");
    assert_eq!(read(first).await, kept, "{path}");
    let mut again = read(second).await;
    change(&mut again, false);
    second.put(path, again).await.is(200);
}

#[tokio::test]
async fn the_second_of_two_admins_is_told_who_was_faster_and_when() {
    let (company, ada) = Company::new().await;
    company.connect_crm(&ada).await;
    let (_, max) = company.person(&ada, "Max", "admin", None).await;
    let set = |field: &'static str, one: Value, other: Value| {
        move |body: &mut Value, first: bool| {
            body[field] = if first { one.clone() } else { other.clone() };
        }
    };
    let country = set("country", "DE".into(), "CN".into());
    meet(&ada, &max, "/api/v1/organisation", country).await;
    let subject = set("subject", "By Ada".into(), "By Max".into());
    meet(&ada, &max, "/api/v1/crm/fake/journal", subject).await;
    let name = set("last_name", "By Ada".into(), "By Max".into());
    meet(&ada, &max, "/api/v1/crm/fake/creation", name).await;
    let same = |_: &mut Value, _: bool| {};
    meet(&ada, &max, "/api/v1/crm/fake/terms", same).await;
    meet(&ada, &max, "/api/v1/crm/fake/follow-up", same).await;
}

#[tokio::test]
async fn two_admins_do_not_overwrite_each_other_at_whose_extensions_are() {
    let (company, ada) = Company::new().await;
    company.connect_crm(&ada).await;
    let (_, max) = company.person(&ada, "Max", "admin", None).await;
    let path = "/api/v1/crm/fake/bindings";
    let users = ada.get("/api/v1/crm/fake/users").await.is(200).json();
    let bound = |users: &Value, to: &str| {
        let binding = json!({ "crm_user": to, "extension": "101" });
        json!({ "bindings": [binding], "groups": [], "version": users["version"] })
    };
    let kept = ada.put(path, bound(&users, "005B")).await.is(200).json();
    assert_ne!(kept["version"], users["version"]);
    let late = max.put(path, bound(&users, "005A")).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
    assert_eq!(late.json()["changed"]["by"], "Ada");
    let now = max.get("/api/v1/crm/fake/users").await.is(200).json();
    assert_eq!(now, kept);
    max.put(path, bound(&now, "005A")).await.is(200);
}

#[tokio::test]
async fn two_admins_do_not_overwrite_each_other_at_an_extension() {
    let (company, ada) = Company::new().await;
    let (_, max) = company.person(&ada, "Max", "admin", None).await;
    let path = "/api/v1/extensions/101";
    let named = |name: &str, version: i64| json!({ "name": name, "version": version });
    let made = ada.put(path, named("Alice", 0)).await.is(200).json();
    assert_eq!(made["version"], 1);
    // Both meant to add it.
    let late = max.put(path, named("Bob", 0)).await.is(409);
    assert_eq!(late.json()["changed"]["by"], "Ada");
    company.clock.advance(SignedDuration::from_secs(1));
    max.put(path, named("Bob", 1)).await.is(200);
    let late = ada.put(path, named("Alice A.", 1)).await.is(409);
    assert_eq!(late.json()["changed"]["by"], "Max");
    let listed = ada.get("/api/v1/extensions").await.is(200).json();
    assert_eq!(
        (&listed[0]["name"], &listed[0]["version"]),
        (&json!("Bob"), &json!(2))
    );
}
