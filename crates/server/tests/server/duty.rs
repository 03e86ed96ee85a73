//! What an admin chooses about duty, and what agents see of it.

use serde_json::{Value, json};

use crate::company::Company;
use crate::desk::Desk;

const RULES: &str = "/api/v1/duty-rules";

fn chosen(version: i64, seconds: u16, reasons: &[&str]) -> Value {
    json!({ "version": version, "wrap_up_seconds": seconds, "reasons": reasons })
}

#[tokio::test]
async fn other_reasons_for_a_break_are_told_to_open_desks_and_the_change_is_audited() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.hear("hello").await;
    let before = admin.get(RULES).await.is(200).json();
    assert_eq!(before, chosen(0, 0, &["Lunch", "Meeting", "Training"]));
    let wanted = chosen(0, 30, &["Lunch", " School run "]);
    let saved = admin.put(RULES, wanted).await.is(200).json();
    assert_eq!(saved, chosen(1, 30, &["Lunch", "School run"]));
    assert_eq!(desk.hear("breaks").await["reasons"], saved["reasons"]);
    let log = admin.get("/api/v1/audit").await.is(200).json();
    assert_eq!(log["entries"][0]["kind"], "duty_change");
    assert_eq!(log["entries"][0]["subject"], "30 s; Lunch, School run");
    desk.say(json!({ "t": "duty", "state": "break", "reason": "School run" }))
        .await;
    assert_eq!(desk.hear("duty").await["reason"], "School run");
}

#[tokio::test]
async fn of_two_admins_who_choose_about_duty_the_second_is_told() {
    let (_company, admin) = Company::new().await;
    admin.put(RULES, chosen(0, 5, &[])).await.is(200);
    admin.put(RULES, chosen(0, 6, &[])).await.is(409);
    assert_eq!(admin.get(RULES).await.is(200).json(), chosen(1, 5, &[]));
}

#[tokio::test]
async fn what_cannot_be_chosen_about_duty_is_refused_by_its_field() {
    let (_company, admin) = Company::new().await;
    let long = "x".repeat(41);
    let many: Vec<String> = (0..21).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (wanted, path, code) in [
        (chosen(0, 601, &[]), "/wrap_up_seconds", "out_of_range"),
        (chosen(0, 0, &["Lunch", "Lunch"]), "/reasons", "twice"),
        (chosen(0, 0, &[" "]), "/reasons", "required"),
        (
            chosen(0, 0, &["a\r\nAction: Command"]),
            "/reasons",
            "required",
        ),
        (chosen(0, 0, &[&long]), "/reasons", "too_long"),
        (chosen(0, 0, &many), "/reasons", "too_many"),
    ] {
        let refused = admin.put(RULES, wanted).await.is(422).json();
        let field = &refused["fields"][0];
        assert_eq!(
            (&field["path"], &field["code"]),
            (&json!(path), &json!(code))
        );
    }
}
