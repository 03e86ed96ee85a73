//! The rules of Zoho's Calls, and what a call is written without (E2, E9, E11, X6).

use linecard_conformance::entry;
use linecard_crm::{Failure, LateParts, LeftOut, LogEntry, Module, RecordRef};
use linecard_sandbox::zoho::{CallStatusField, Fault, FaultKind, LongDuration, Switches};
use serde_json::json;

use crate::connection::Connection;

fn grace(connection: &Connection) -> RecordRef {
    let grace = json!({"Last_Name": "Hopper", "Phone": "+14155550134"});
    connection.put(Module::Contact, &grace)
}

fn call(connection: &Connection) -> LogEntry {
    entry("key-1", &connection.user("alice"), &grace(connection))
}

#[tokio::test]
async fn e11_start_and_duration_are_what_they_were_whatever_zone_zoho_answers_in() {
    let connection = Connection::new().await;
    connection.crm.log(&call(&connection)).await.unwrap();
    let call = connection.call();
    assert_eq!(call["Call_Start_Time"], "2026-05-14T11:25:37+02:00");
    assert_eq!(call["Call_Duration_in_seconds"], 93);
    assert_eq!(call["Call_Duration"], "01:33");
    assert_eq!(call["Caller_ID"], "+14155550134");
}

#[tokio::test]
async fn a_call_of_two_hours_is_written_in_whichever_form_zoho_reads() {
    for long_duration in [
        LongDuration::Both,
        LongDuration::Minutes,
        LongDuration::Hours,
    ] {
        let switches = Switches {
            long_duration,
            ..Switches::default()
        };
        let connection = Connection::with(switches, &[]).await;
        let long = LogEntry {
            talk_seconds: 7_504,
            ..call(&connection)
        };
        let logged = connection.crm.log(&long).await.unwrap();
        assert_eq!(logged.without, [], "{long_duration:?}");
        assert_eq!(connection.call()["Call_Duration_in_seconds"], 7_504);
    }
}

#[tokio::test]
async fn an_account_behind_a_contact_is_linked_too_and_left_out_when_it_is_gone() {
    let connection = Connection::new().await;
    let account = connection.put(Module::Account, &json!({"Account_Name": "Acme"}));
    let with_account = LogEntry {
        account: Some(account.clone()),
        ..call(&connection)
    };
    connection.crm.log(&with_account).await.unwrap();
    assert_eq!(connection.call()["What_Id"]["name"], "Acme");
    connection.sandbox.delete(&account.id);
    let again = LogEntry {
        key: linecard_crm::EntryKey::new("key-2"),
        ..with_account
    };
    let logged = connection.crm.log(&again).await.unwrap();
    let left: Vec<LeftOut> = logged.without.iter().map(|without| without.what).collect();
    assert_eq!(left, [LeftOut::Account]);
}

#[tokio::test]
async fn an_agent_who_left_and_a_person_who_is_gone_do_not_lose_the_call() {
    let connection = Connection::new().await;
    let call = call(&connection);
    connection.sandbox.set_active(&call.owner, false);
    connection.sandbox.delete(&call.who.id);
    let logged = connection.crm.log(&call).await.unwrap();
    let mut left: Vec<LeftOut> = logged.without.iter().map(|without| without.what).collect();
    left.sort_by_key(|what| *what == LeftOut::Who);
    assert_eq!(left, [LeftOut::Owner, LeftOut::Who]);
    assert_eq!(connection.call()["Owner"]["id"], connection.user("ada"));
}

#[tokio::test]
async fn a_mandatory_field_of_the_organisations_own_is_named() {
    let mut switches = Switches::default();
    let own = vec!["Cost_Centre".to_owned()];
    switches.mandatory.insert("Calls".to_owned(), own);
    let connection = Connection::with(switches, &[]).await;
    let Err(Failure::Refused { words }) = connection.crm.log(&call(&connection)).await else {
        panic!("not refused");
    };
    assert!(words.contains("Cost_Centre"), "{words}");
}

#[tokio::test]
async fn a_record_that_may_not_be_written_blocks_nobody_else() {
    let connection = Connection::new().await;
    connection
        .sandbox
        .add_fault(Fault::new(FaultKind::NoPermission, 1));
    let call = call(&connection);
    let refused = connection.crm.log(&call).await;
    assert!(
        matches!(refused, Err(Failure::Refused { .. })),
        "{refused:?}"
    );
    assert!(connection.crm.log(&call).await.is_ok());
}

#[tokio::test]
async fn of_mixed_fates_each_record_is_read_whatever_the_status_says() {
    for multi_status in [207, 202, 400] {
        let switches = Switches {
            multi_status,
            ..Switches::default()
        };
        let connection = Connection::with(switches, &[]).await;
        let good = call(&connection);
        let bad = LogEntry {
            key: linecard_crm::EntryKey::new("key-2"),
            owner: "7328395000009999999".to_owned(),
            ..good.clone()
        };
        let told = connection.crm.log_many(&[good, bad]).await.unwrap();
        assert_eq!(told[0].as_ref().map(|logged| logged.without.len()), Ok(0));
        assert_eq!(told[1].as_ref().map(|logged| logged.without.len()), Ok(1));
        assert_eq!(connection.sandbox.records("Calls").len(), 2);
    }
}

#[tokio::test]
async fn a_html_page_with_status_200_is_no_answer_to_a_write() {
    let connection = Connection::new().await;
    let call = call(&connection);
    connection.crm.log(&call).await.unwrap();
    connection
        .sandbox
        .add_fault(Fault::new(FaultKind::HtmlPage, 1));
    let told = connection.crm.log(&call).await;
    assert!(matches!(told, Err(Failure::Unknown { .. })), "{told:?}");
}

#[tokio::test]
async fn x1_a_disposition_that_the_list_offers_becomes_the_calls_result() {
    let switches = Switches {
        call_status_field: CallStatusField::Outgoing,
        ..Switches::default()
    };
    let connection = Connection::with(switches, &[]).await;
    let mut call = call(&connection);
    let id = connection.crm.log(&call).await.unwrap().id;
    call.late.disposition = Some("Interested".to_owned());
    connection
        .crm
        .amend(&id, &call, &LateParts::default())
        .await
        .unwrap();
    assert_eq!(connection.call()["Call_Result"], "Interested");
    call.late.disposition = Some("Ours alone".to_owned());
    connection
        .crm
        .amend(&id, &call, &LateParts::default())
        .await
        .unwrap();
    let kept = connection.call();
    assert!(kept["Description"].as_str().unwrap().contains("Ours alone"));
}

/// Finds a call again after `others` more that began in the same second.
async fn is_found_among(others: usize, deep_search: &str) {
    let connection = Connection::with(Switches::default(), &[("deep_search", deep_search)]).await;
    let call = call(&connection);
    let id = connection.crm.log(&call).await.unwrap().id;
    let others: Vec<LogEntry> = (0..others)
        .map(|index| LogEntry {
            key: linecard_crm::EntryKey::new(format!("other-{index}")),
            ..call.clone()
        })
        .collect();
    for others in others.chunks(100) {
        connection.crm.log_many(others).await.unwrap();
    }
    let found = connection
        .crm
        .find_logged(std::slice::from_ref(&call))
        .await
        .unwrap();
    assert_eq!(found.get(&call.key), Some(&id), "deep_search {deep_search}");
}

#[tokio::test]
async fn x6_a_lost_call_is_found_among_many_with_and_without_coql() {
    is_found_among(500, "on").await;
    is_found_among(500, "off").await;
}

#[tokio::test]
async fn x6_a_lost_call_is_found_among_more_than_zoho_pages_by_number() {
    is_found_among(2_300, "off").await;
}

#[tokio::test]
async fn x6_a_call_that_was_never_written_is_looked_for_with_few_requests() {
    let connection = Connection::new().await;
    let call = call(&connection);
    let others: Vec<LogEntry> = (0..100)
        .map(|index| LogEntry {
            key: linecard_crm::EntryKey::new(format!("other-{index}")),
            started: call.started - jiff::SignedDuration::from_mins(10),
            ..call.clone()
        })
        .collect();
    for _ in 0..5 {
        connection.crm.log_many(&others).await.unwrap();
    }
    let before = connection.sandbox.requests();
    let found = connection
        .crm
        .find_logged(std::slice::from_ref(&call))
        .await
        .unwrap();
    assert!(found.is_empty());
    assert_eq!(connection.sandbox.requests() - before, 2);
}
