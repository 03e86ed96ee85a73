//! A backup, and who gets it.

use jiff::SignedDuration;
use linecard_store::{BackupFile, Passphrase};
use serde_json::{Value, json};
use url::Url;

use crate::company::{Company, PASSWORD, token};
use crate::second_factor::{enrol, half_a_minute_later, shown};

const BACKUPS: &str = "/api/v1/backups";
const PASSPHRASE: &str = "correct horse battery staple";

fn asked(password: &str, code: Option<&str>) -> Value {
    json!({ "password": password, "code": code, "passphrase": PASSPHRASE })
}

#[tokio::test]
async fn a_backup_is_made_for_an_admins_password_and_opens_with_the_passphrase_alone() {
    let (company, admin) = Company::new().await;
    let refused = admin
        .post(BACKUPS, asked("not the password", None))
        .await
        .is(422);
    assert_eq!(
        refused.json()["fields"][0]["code"],
        "wrong_current_password"
    );
    let weak = json!({ "password": PASSWORD, "passphrase": "too short" });
    let refused = admin.post(BACKUPS, weak).await.is(422);
    assert_eq!(refused.json()["fields"][0]["code"], "weak_passphrase");
    let log = admin.get("/api/v1/audit").await.is(200).json();
    assert!(!log.to_string().contains("backup_make"), "{log}");

    let file = admin.post(BACKUPS, asked(PASSWORD, None)).await.is(200);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("linecard.backup");
    std::fs::write(&path, &file.bytes).unwrap();
    let passphrase = Passphrase::of_backup(PASSPHRASE.to_owned());
    BackupFile::check(&path, passphrase).unwrap();
    let log = admin.get("/api/v1/audit").await.is(200).json();
    assert_eq!(log["entries"][0]["kind"], "backup_make");
    drop(company);
}

#[tokio::test]
async fn an_admin_with_a_second_factor_is_asked_for_a_code_too() {
    let (company, admin) = Company::new().await;
    let (secret, _) = enrol(&company, &admin).await;
    half_a_minute_later(&company);
    let needed = admin.post(BACKUPS, asked(PASSWORD, None)).await.is(401);
    assert_eq!(needed.code(), "code_needed");
    let code = shown(&company, &secret);
    admin
        .post(BACKUPS, asked(PASSWORD, Some(&code)))
        .await
        .is(200);
}

#[tokio::test]
async fn whoever_has_no_password_is_told_of_the_command() {
    let (company, admin) = Company::new().await;
    let invited = json!({ "email": "eva@example.com", "name": "Eva", "role": "admin" });
    let made = admin.post("/api/v1/accounts", invited).await.is(201).json();
    let link = Url::parse(made["sign_in_link"].as_str().unwrap()).unwrap();
    let eva = company.browser();
    let used = json!({ "token": token(&link) });
    eva.post("/api/v1/session/link", used).await.is(200);
    let refused = eva.post(BACKUPS, asked("anything", None)).await.is(403);
    assert_eq!(refused.code(), "backup_needs_password");
    // Whoever finds the page open an hour later cannot choose one and go on.
    company.clock.advance(SignedDuration::from_hours(1));
    let chosen = json!({ "password": PASSWORD });
    let refused = eva.put("/api/v1/session/password", chosen.clone()).await;
    assert_eq!(refused.is(403).code(), "sign_in_again");

    let path = format!(
        "/api/v1/accounts/{}/link",
        made["account"]["id"].as_str().unwrap()
    );
    let again = admin.post(&path, json!(null)).await.is(201).json();
    let link = Url::parse(again["sign_in_link"].as_str().unwrap()).unwrap();
    let used = json!({ "token": token(&link) });
    eva.post("/api/v1/session/link", used).await.is(200);
    eva.put("/api/v1/session/password", chosen).await.is(204);
    eva.post(BACKUPS, asked(PASSWORD, None)).await.is(200);
}
