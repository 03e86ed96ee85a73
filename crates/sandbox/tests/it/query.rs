//! SOQL as clients write it.

use serde_json::json;

use crate::server::{API, Server};

#[tokio::test]
async fn parents_come_nested_and_an_absent_parent_is_null() {
    let server = Server::start().await;
    let answer = server
        .soql(
            "SELECT Id, Name, Account.Name, Account.Owner.Name FROM Contact \
             WHERE LastName IN ('Torres', 'Dubois') ORDER BY Name DESC",
        )
        .await;
    let records = &answer.body["records"];
    assert_eq!(answer.body["totalSize"], 2);
    assert_eq!(answer.body["done"], true);
    let id = records[0]["Id"].as_str().unwrap();
    assert_eq!(records[0]["Name"], "Maya Torres");
    assert_eq!(
        records[0]["attributes"],
        json!({"type": "Contact", "url": format!("{API}/sobjects/Contact/{id}")})
    );
    assert_eq!(records[0]["Account"]["Name"], "Blue Harbor Logistics");
    assert_eq!(records[0]["Account"]["attributes"]["type"], "Account");
    assert_eq!(records[0]["Account"]["Owner"]["Name"], "Alice Adams");
    assert_eq!(records[1]["Account"], json!(null));
}

#[tokio::test]
async fn conditions_pick_records() {
    let server = Server::start().await;
    for (condition, expected) in [
        ("LastName = 'torres'", "Maya Torres"),
        ("LastName = 'O\\'Brien'", "Liam O'Brien"),
        ("LastName = '王小明'", "王小明"),
        ("Phone LIKE '%415%555%0178'", "Grace Kim"),
        ("FirstName LIKE 'm_ya'", "Maya Torres"),
        (
            "Account.Name LIKE 'Blue%' AND FirstName != 'Maya' AND (NOT FirstName = 'Liam')",
            "Grace Kim",
        ),
        (
            "(FirstName = 'Maya' OR FirstName = 'Grace') AND Title = 'CFO'",
            "Grace Kim",
        ),
        (
            "Account.Name = null AND LastName NOT IN ('Rossi', 'Hughes') AND FirstName != null",
            "Amélie Dubois",
        ),
        ("Salutation = 'Dr.'", "Jürgen Müller"),
    ] {
        let query = format!("SELECT Name FROM Contact WHERE {condition}");
        assert_eq!(server.names(&query).await, [expected], "{condition}");
    }
}

#[tokio::test]
async fn ids_are_found_in_both_forms() {
    let server = Server::start().await;
    let id = server.id("Contact", "Maya Torres");
    for id in [id.as_str(), &id[..15]] {
        let query = format!("SELECT Name FROM Contact WHERE Id = '{id}'");
        assert_eq!(server.names(&query).await, ["Maya Torres"]);
    }
}

#[tokio::test]
async fn times_compare_as_times() {
    let server = Server::start().await;
    server.pass(1);
    server
        .created("Contact", &json!({"LastName": "Later", "Phone": "1"}))
        .await;
    for condition in [
        "SystemModstamp >= 2026-05-01T08:00:00Z",
        "CreatedDate > 2026-05-01T09:30:00+02:00",
        "NOT SystemModstamp < 2026-05-01T08:00:00.000Z",
    ] {
        let query = format!("SELECT Name FROM Contact WHERE {condition}");
        assert_eq!(server.names(&query).await, ["Later"], "{condition}");
    }
}

#[tokio::test]
async fn numbers_dates_and_booleans_compare_as_what_they_are() {
    let server = Server::start().await;
    for (subject, seconds, date) in [("short", 9, "2026-04-30"), ("long", 100, "2026-05-01")] {
        let task = json!({
            "Subject": subject, "CallDurationInSeconds": seconds, "ActivityDate": date,
            "Status": "Completed",
        });
        server.created("Task", &task).await;
    }
    for condition in [
        "CallDurationInSeconds >= 10",
        "ActivityDate > 2026-04-30",
        "ActivityDate = 2026-05-01 AND IsClosed = true",
    ] {
        let query = format!("SELECT Subject FROM Task WHERE {condition}");
        let answer = server.soql(&query).await;
        assert_eq!(answer.body["records"][0]["Subject"], "long", "{answer:?}");
        assert_eq!(answer.body["totalSize"], 1);
    }
}

#[tokio::test]
async fn the_order_the_limit_and_the_count_are_as_asked() {
    let server = Server::start().await;
    let by_name = "SELECT Name FROM Lead WHERE IsConverted = false ORDER BY Name";
    assert_eq!(
        server.names(by_name).await,
        ["Noah Fischer", "Olivia Chen", "Sanne Bakker"]
    );
    assert_eq!(
        server
            .names(&format!("{by_name} DESC LIMIT 1 OFFSET 1"))
            .await,
        ["Olivia Chen"]
    );
    let nulls = "SELECT Name FROM Lead ORDER BY MobilePhone";
    assert_eq!(server.names(nulls).await.last().unwrap(), "Noah Fischer");
    let nulls = "SELECT Name FROM Lead ORDER BY MobilePhone NULLS LAST";
    assert_eq!(server.names(nulls).await[0], "Noah Fischer");
    let count = server.soql("select count() from lead").await;
    assert_eq!(
        count.body,
        json!({"totalSize": 4, "done": true, "records": []})
    );
}

#[tokio::test]
async fn the_users_that_linecard_binds_come_with_their_profiles() {
    let server = Server::start().await;
    let answer = server
        .soql(
            "SELECT Id,Name,Email,Username,Phone,MobilePhone,Extension,FederationIdentifier,\
             Profile.Name,TimeZoneSidKey FROM User WHERE IsActive=true AND UserType='Standard' \
             ORDER BY Name",
        )
        .await;
    let users = answer.body["records"].as_array().unwrap();
    assert!(users.iter().any(|user| user["Name"] == "Alice Adams"
        && user["Extension"] == "101"
        && user["Profile"]["Name"] == "Standard User"));
    assert!(
        users
            .iter()
            .any(|user| user["Profile"]["Name"] == "Analytics Cloud Integration User"),
        "automated users are active and standard, as in real organisations"
    );
    assert!(!users.iter().any(|user| user["Name"] == "Frank Former"));
}

#[tokio::test]
async fn a_task_knows_the_names_around_it() {
    let server = Server::start().await;
    let task = json!({
        "Subject": "Call", "WhoId": server.id("Contact", "Maya Torres"),
        "WhatId": server.id("Account", "Blue Harbor Logistics"),
    });
    server.created("Task", &task).await;
    let answer = server
        .soql("SELECT Who.Name, Who.Type, What.Name, Owner.Name, Account.Name FROM Task")
        .await;
    let task = &answer.body["records"][0];
    assert_eq!(task["Who"]["Name"], "Maya Torres");
    assert_eq!(task["Who"]["Type"], "Contact");
    assert_eq!(task["What"]["Name"], "Blue Harbor Logistics");
    assert_eq!(task["Owner"]["Name"], "Alice Adams");
    assert_eq!(task["Account"]["Name"], "Blue Harbor Logistics");
}

#[tokio::test]
async fn statuses_and_the_organisation_can_be_asked_for() {
    let server = Server::start().await;
    let statuses = server
        .soql("SELECT ApiName,IsClosed,IsDefault,SortOrder FROM TaskStatus WHERE IsClosed = true")
        .await;
    assert_eq!(statuses.body["records"][0]["ApiName"], "Completed");
    let organisation = server.soql("SELECT Id, Name FROM Organization").await;
    assert_eq!(organisation.body["records"][0]["Name"], "Harbour Supplies");
}

#[tokio::test]
async fn an_unknown_field_is_shown_with_a_caret() {
    let server = Server::start().await;
    let answer = server.soql("SELECT Naem FROM Account").await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.code(), "INVALID_FIELD");
    assert!(
        answer.message().starts_with(
            "\nSELECT Naem FROM Account\n       ^\nERROR at Row:1:Column:8\n\
             No such column 'Naem' on entity 'Account'. "
        ),
        "{}",
        answer.message()
    );
}

#[tokio::test]
async fn a_query_that_cannot_be_run_says_what_kind_of_wrong_it_is() {
    let server = Server::start().await;
    for (query, code) in [
        ("", "MALFORMED_QUERY"),
        ("SELECT Id", "MALFORMED_QUERY"),
        ("SELECT Id FROM Nothing", "INVALID_TYPE"),
        ("SELECT Nobody.Name FROM Contact", "INVALID_FIELD"),
        ("SELECT IsPersonAccount FROM Account", "INVALID_FIELD"),
        ("SELECT Id FROM Contact WHERE", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE Name = 'x", "MALFORMED_QUERY"),
        (
            "SELECT Id FROM Contact WHERE Name = '\\x'",
            "MALFORMED_QUERY",
        ),
        ("SELECT Id FROM Contact WHERE Name IN ()", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact LIMIT x", "MALFORMED_QUERY"),
        (
            "SELECT Id FROM Contact WHERE Id = 'x'",
            "INVALID_QUERY_FILTER_OPERATOR",
        ),
        (
            "SELECT Id FROM Contact WHERE Description = 'x'",
            "INVALID_FIELD",
        ),
        (
            "SELECT Id FROM Contact WHERE SystemModstamp > '2026-05-01T00:00:00Z'",
            "INVALID_FIELD",
        ),
        (
            "SELECT Id FROM Contact WHERE Phone = 4155550134",
            "INVALID_FIELD",
        ),
        (
            "SELECT Id FROM Contact WHERE Name = 'a' OR Name = 'b' AND Name = 'c'",
            "MALFORMED_QUERY",
        ),
    ] {
        let answer = server.soql(query).await;
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(answer.code(), code, "{query}: {answer:?}");
    }
}
