//! The rules of Calls, and what becomes of a write.

use linecard_sandbox::zoho::{CallStatusField, LongDuration, Switches};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::server::Server;

const CALLS: &str = "/crm/v8/Calls";

fn call(change: &Value) -> Value {
    let mut call = json!({
        "Subject": "Call", "Call_Type": "Inbound", "Call_Duration": "02:05",
        "Call_Start_Time": "2026-05-14T10:00:00+05:30"
    });
    for (name, value) in change.as_object().unwrap() {
        call[name] = value.clone();
    }
    call
}

#[tokio::test]
async fn a_call_that_breaks_a_rule_is_refused_and_the_field_named() {
    let server = Server::start().await;
    let lead = server.sandbox.records("Leads")[0]["id"].clone();
    for (change, refusal) in [
        (
            json!({"Call_Type": null}),
            ("MANDATORY_NOT_FOUND", "Call_Type"),
        ),
        (
            json!({"Call_Type": "Internal"}),
            ("INVALID_DATA", "Call_Type"),
        ),
        (
            json!({"Call_Start_Time": "2026-05-14"}),
            ("INVALID_DATA", "Call_Start_Time"),
        ),
        (
            json!({"Call_Duration": null}),
            ("MANDATORY_NOT_FOUND", "Call_Duration"),
        ),
        (
            json!({"Call_Duration": 125}),
            ("INVALID_DATA", "Call_Duration"),
        ),
        (
            json!({"Call_Type": "Missed", "Call_Duration": null}),
            ("MANDATORY_NOT_FOUND", "Call_Duration"),
        ),
        (json!({"Who_Id": {"id": lead}}), ("INVALID_DATA", "Who_Id")),
        (
            json!({"What_Id": {"id": lead}}),
            ("MANDATORY_NOT_FOUND", "$se_module"),
        ),
        (
            json!({"What_Id": {"id": lead}, "$se_module": "Accounts"}),
            ("INVALID_DATA", "What_Id"),
        ),
        (json!({"Owner": {"id": "1"}}), ("INVALID_DATA", "Owner")),
        (
            json!({"Subject": "x".repeat(256)}),
            ("INVALID_DATA", "Subject"),
        ),
    ] {
        let answer = server.write(Method::POST, CALLS, &[call(&change)]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{change}");
        assert_eq!(answer.fate(), refusal, "{change}");
    }
    assert!(server.sandbox.records("Calls").is_empty());
}

#[tokio::test]
async fn a_call_is_shown_in_the_organisations_zone_with_what_follows_from_it() {
    for (field, name) in [
        (CallStatusField::Call, "Call_Status"),
        (CallStatusField::Outgoing, "Outgoing_Call_Status"),
    ] {
        let server = Server::with(Switches {
            org_timezone: "Europe/Moscow".to_owned(),
            call_status_field: field,
            ..Switches::default()
        })
        .await;
        for (change, status) in [
            (json!({}), "Received"),
            (json!({"Call_Type": "Outbound"}), "Attended Dialled"),
            (
                json!({"Call_Type": "Outbound", "Call_Duration": "00:00"}),
                "Unattended Dialled",
            ),
            (
                json!({"Call_Start_Time": "2027-01-01T00:00:00Z"}),
                "Scheduled",
            ),
        ] {
            let written = server.write(Method::POST, CALLS, &[call(&change)]).await;
            assert_eq!(written.status, StatusCode::CREATED);
            let shown = server.get(&format!("{CALLS}/{}", written.id())).await;
            assert_eq!(shown.body["data"][0][name], status, "{change}");
        }
        let first = &server.sandbox.records("Calls")[0];
        assert_eq!(first["Call_Start_Time"], "2026-05-14T07:30:00+03:00");
        assert_eq!(first["Call_Duration_in_seconds"], 125);
    }
}

#[tokio::test]
async fn a_completed_call_keeps_its_type_owner_and_start() {
    let server = Server::start().await;
    let id = server
        .write(Method::POST, CALLS, &[call(&json!({}))])
        .await
        .id();
    let bob = server.sandbox.user("bob@example.com").unwrap();
    for (change, field) in [
        (json!({"Call_Type": "Outbound"}), "Call_Type"),
        (json!({"Owner": {"id": bob}}), "Owner"),
        (
            json!({"Call_Start_Time": "2026-05-14T08:00:00Z"}),
            "Call_Start_Time",
        ),
    ] {
        let answer = server
            .write(Method::PUT, &format!("{CALLS}/{id}"), &[change])
            .await;
        assert_eq!(answer.fate(), ("INVALID_DATA", field));
    }
    let note = json!({"id": id.parse::<u64>().unwrap(), "Description": "note"});
    let answer = server.write(Method::PUT, CALLS, &[note]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(server.sandbox.records("Calls")[0]["Description"], "note");
}

#[tokio::test]
async fn an_unknown_field_is_forgotten_without_a_word() {
    let server = Server::start().await;
    let odd = call(&json!({"Outbound_Call_Status": "Completed", "CTI_Entry": true}));
    let written = server.write(Method::POST, CALLS, &[odd]).await;
    assert_eq!(written.status, StatusCode::CREATED);
    let kept = &server.sandbox.records("Calls")[0];
    assert_eq!(kept.get("Outbound_Call_Status"), None);
    assert_eq!(kept["CTI_Entry"], Value::Null);
}

#[tokio::test]
async fn a_long_duration_is_read_as_the_switch_says() {
    for (switch, minutes, hours) in [
        (LongDuration::Both, 201, 201),
        (LongDuration::Minutes, 201, 400),
        (LongDuration::Hours, 400, 201),
    ] {
        let server = Server::with(Switches {
            long_duration: switch,
            ..Switches::default()
        })
        .await;
        for (duration, status) in [("125:04", minutes), ("02:05:04", hours)] {
            let long = call(&json!({"Call_Duration": duration}));
            let answer = server.write(Method::POST, CALLS, &[long]).await;
            assert_eq!(answer.status, status, "{switch:?} {duration}");
        }
    }
}

#[tokio::test]
async fn a_hundred_records_are_the_most() {
    let server = Server::start().await;
    let many = vec![call(&json!({})); 101];
    let refused = server.write(Method::POST, CALLS, &many).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    let written = server.write(Method::POST, CALLS, &many[..100]).await;
    assert_eq!(written.status, StatusCode::CREATED);
    assert_eq!(server.sandbox.records("Calls").len(), 100);
}

#[tokio::test]
async fn a_duplicate_names_the_record_that_is_there() {
    let server = Server::start().await;
    server.sandbox.switch(|switches| {
        let unique = vec!["Phone".to_owned()];
        switches.unique.insert("Contacts".to_owned(), unique);
    });
    let twin = json!({"Last_Name": "Twin", "Phone": "(415) 555-0134"});
    let refused = server
        .write(Method::POST, "/crm/v8/Contacts", &[twin])
        .await;
    assert_eq!(refused.fate(), ("DUPLICATE_DATA", "Phone"));
    let other = &refused.body["data"][0]["details"]["duplicate_record"]["id"];
    assert_eq!(other.as_str(), Some(server.maya().as_str()));
}
