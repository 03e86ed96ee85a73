//! Following changes over pages, cuts and deletions (F10, F19).

use std::collections::BTreeSet;

use jiff::SignedDuration;
use linecard_crm::{Cursor, Module, NumberLabel};
use serde_json::json;

use crate::connection::Connection;

/// Reads on from `cursor` until there is nothing more now; the names, each once.
async fn read_on(
    connection: &Connection,
    module: Module,
    mut cursor: Option<Cursor>,
) -> (BTreeSet<String>, usize, Cursor) {
    let (mut names, mut count) = (BTreeSet::new(), 0);
    loop {
        let changes = connection
            .crm
            .changed(module, cursor.as_ref())
            .await
            .unwrap();
        count += changes.changed.len();
        names.extend(changes.changed.into_iter().map(|person| person.record.name));
        if !changes.more {
            return (names, count, changes.next);
        }
        cursor = Some(changes.next);
    }
}

fn put(connection: &Connection, index: usize) {
    let contact = json!({"Last_Name": format!("Person {index:04}"), "Phone": "+14155550134"});
    connection.put(Module::Contact, &contact);
}

#[tokio::test]
async fn f19_records_of_many_seconds_are_each_read_once() {
    let connection = Connection::new().await;
    for index in 0..700 {
        put(&connection, index);
        if index % 3 == 0 {
            connection.clock.advance(SignedDuration::from_secs(1));
        }
    }
    connection.clock.advance(SignedDuration::from_mins(5));
    let first = connection.crm.changed(Module::Contact, None).await.unwrap();
    assert_eq!(first.total, Some(700));
    let (names, count, _) = read_on(&connection, Module::Contact, None).await;
    assert_eq!(names.len(), 700);
    assert_eq!(count, 700);
}

#[tokio::test]
async fn f19_what_changes_while_one_reads_is_neither_lost_nor_hides_others() {
    let connection = Connection::new().await;
    for index in 0..450 {
        put(&connection, index);
        connection.clock.advance(SignedDuration::from_secs(1));
    }
    let first = connection.crm.changed(Module::Contact, None).await.unwrap();
    for person in first.changed.iter().take(50) {
        connection
            .sandbox
            .change(&person.record.at.id, "Last_Name", "Renamed");
    }
    for person in first.changed.iter().skip(50).take(50) {
        connection.sandbox.delete(&person.record.at.id);
    }
    let (names, _, _) = read_on(&connection, Module::Contact, Some(first.next)).await;
    assert!(names.contains("Renamed"));
    for index in 200..450 {
        assert!(names.contains(&format!("Person {index:04}")), "{index}");
    }
}

#[tokio::test]
async fn f19_a_place_that_is_older_than_zohos_page_tokens_is_still_one() {
    let connection = Connection::new().await;
    for index in 0..450 {
        put(&connection, index);
    }
    let first = connection.crm.changed(Module::Contact, None).await.unwrap();
    assert!(first.next.0.contains("token"), "{}", first.next.0);
    connection.clock.advance(SignedDuration::from_hours(30));
    let (names, _, _) = read_on(&connection, Module::Contact, Some(first.next)).await;
    assert_eq!(names.len(), 450);
}

#[tokio::test]
async fn f10_when_nothing_changed_one_request_says_so() {
    let connection = Connection::new().await;
    put(&connection, 1);
    connection.clock.advance(SignedDuration::from_mins(5));
    let (_, _, cursor) = read_on(&connection, Module::Contact, None).await;
    let before = connection.sandbox.requests();
    let (_, count, _) = read_on(&connection, Module::Contact, Some(cursor)).await;
    assert!(count <= 1, "{count}");
    assert_eq!(connection.sandbox.requests() - before, 1);
}

#[tokio::test]
async fn an_empty_module_is_no_failure() {
    let connection = Connection::new().await;
    let (names, _, cursor) = read_on(&connection, Module::Lead, None).await;
    assert!(names.is_empty());
    connection.put(
        Module::Lead,
        &json!({"Last_Name": "Later", "Company": "New"}),
    );
    let (names, _, _) = read_on(&connection, Module::Lead, Some(cursor)).await;
    assert!(names.contains("Later"));
}

#[tokio::test]
async fn f10_a_lead_that_was_converted_is_told_as_gone() {
    let connection = Connection::new().await;
    let lead = json!({"Last_Name": "Torres", "Company": "Acme", "Phone": "+14155550134"});
    let lead = connection.put(Module::Lead, &lead);
    let since = linecard_conformance::started();
    let held = [lead.id.clone()];
    let gone = connection.crm.deleted(Module::Lead, since, &held).await;
    assert_eq!(gone, Ok(Vec::new()));
    connection.sandbox.convert(&lead.id);
    let gone = connection
        .crm
        .deleted(Module::Lead, since, &held)
        .await
        .unwrap();
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0].at, lead);
}

#[tokio::test]
async fn f10_very_many_deletions_are_all_told() {
    let connection = Connection::new().await;
    let held: Vec<String> = (0..450)
        .map(|index| {
            let contact = json!({"Last_Name": format!("Person {index}")});
            connection.put(Module::Contact, &contact).id
        })
        .collect();
    for id in &held {
        connection.sandbox.delete(id);
    }
    let since = linecard_conformance::started();
    let gone = connection
        .crm
        .deleted(Module::Contact, since, &held)
        .await
        .unwrap();
    assert_eq!(gone.len(), 450);
}

#[tokio::test]
async fn every_number_of_a_person_is_labelled() {
    let connection = Connection::new().await;
    let grace = json!({"Last_Name": "Hopper", "Phone": "1", "Mobile": "2", "Home_Phone": "3",
        "Asst_Phone": "4", "Fax": "5", "Email": "grace@example.com"});
    let grace = connection.put(Module::Contact, &grace);
    let read = connection
        .crm
        .read(Module::Contact, &[grace.id])
        .await
        .unwrap();
    let numbers: Vec<(NumberLabel, &str)> = read[0]
        .numbers
        .iter()
        .map(|number| (number.label, number.number.as_str()))
        .collect();
    assert_eq!(
        numbers,
        [
            (NumberLabel::Work, "1"),
            (NumberLabel::Mobile, "2"),
            (NumberLabel::Home, "3"),
            (NumberLabel::Other, "4"),
        ]
    );
    assert_eq!(read[0].email.as_deref(), Some("grace@example.com"));
}
