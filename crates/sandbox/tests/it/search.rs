//! SOSL as clients write it.

use reqwest::Method;
use serde_json::json;

use crate::server::{API, Server, answer};

#[tokio::test]
async fn a_number_is_found_however_it_was_typed() {
    let server = Server::start().await;
    for (term, expected) in [
        ("14155550134 OR 4155550134", "Maya Torres"),
        ("14155550119 OR 4155550119", "Liam O'Brien"),
        ("14155550178 OR 4155550178", "Grace Kim"),
        ("31600000001 OR 600000001 OR 0600000001", "Eve van Dijk"),
        ("491712345678 OR 1712345678 OR 01712345678", "Jürgen Müller"),
        ("8613800138000 OR 13800138000", "王小明"),
        ("442079460123 OR 2079460123 OR 02079460123", "Oliver Hughes"),
    ] {
        let search = format!("FIND {{{term}}} IN PHONE FIELDS RETURNING Contact(Id, Name LIMIT 1)");
        assert_eq!(server.found(&search).await, [expected], "{term}");
    }
}

#[tokio::test]
async fn the_search_for_a_caller_covers_three_objects_in_one_request() {
    let server = Server::start().await;
    let answer = server
        .sosl(
            "FIND {14155550134 OR 4155550134} IN PHONE FIELDS RETURNING \
             Contact(Id,Name,Phone,MobilePhone,HomePhone,OtherPhone,AssistantPhone,AccountId,\
             Account.Name,OwnerId,SystemModstamp LIMIT 20), \
             Lead(Id,Name,Company,Phone,MobilePhone,OwnerId,Status,SystemModstamp \
             WHERE IsConverted=false LIMIT 20), \
             Account(Id,Name,Phone,OwnerId,SystemModstamp LIMIT 20)",
        )
        .await;
    let found = answer.body["searchRecords"].as_array().unwrap();
    assert_eq!(found[0]["Name"], "Maya Torres");
    assert_eq!(found[0]["Phone"], "(415) 555-0134");
    assert_eq!(found[0]["Account"]["Name"], "Blue Harbor Logistics");
    assert_eq!(found[0]["attributes"]["type"], "Contact");
    assert_eq!(
        found[1]["Name"], "Oliver Hughes",
        "the group covers fax numbers, which a client must ignore"
    );
    assert_eq!(found.len(), 2, "the converted lead is left out");
}

#[tokio::test]
async fn a_converted_lead_is_found_unless_it_is_left_out() {
    let server = Server::start().await;
    let search = "FIND {4155550134} IN PHONE FIELDS RETURNING Lead(Name)";
    assert_eq!(server.found(search).await, ["Maya Torres"]);
}

#[tokio::test]
async fn nobody_is_an_empty_list() {
    let server = Server::start().await;
    let answer = server
        .sosl("FIND {15005550000} IN PHONE FIELDS RETURNING Contact(Id)")
        .await;
    assert_eq!(answer.body, json!({"searchRecords": []}));
}

#[tokio::test]
async fn words_groups_and_wildcards_find_names() {
    let server = Server::start().await;
    for (search, expected) in [
        (
            "FIND {torr*} IN NAME FIELDS RETURNING Contact(Name)",
            "Maya Torres",
        ),
        ("FIND {maya tor?es} RETURNING Contact(Name)", "Maya Torres"),
        ("FIND {\"grace kim\"} RETURNING Contact(Name)", "Grace Kim"),
        (
            "FIND {maya AND NOT torres OR grace} RETURNING Contact(Name)",
            "Grace Kim",
        ),
        (
            "FIND {o\\'brien} IN NAME FIELDS RETURNING Contact(Name)",
            "Liam O'Brien",
        ),
        (
            "FIND {小明} IN NAME FIELDS RETURNING Contact(Name)",
            "王小明",
        ),
        (
            "FIND {maya@blueharbor.example} IN EMAIL FIELDS RETURNING Contact(Name)",
            "Maya Torres",
        ),
        (
            "find {Rossi} returning contact(name ORDER BY Name DESC LIMIT 1)",
            "Marco Rossi",
        ),
    ] {
        assert_eq!(server.found(search).await, [expected], "{search}");
    }
    let backwards = "FIND {*orres} IN NAME FIELDS RETURNING Contact(Name)";
    assert!(server.found(backwards).await.is_empty());
}

#[tokio::test]
async fn without_returning_the_ids_of_everything_come() {
    let server = Server::start().await;
    let answer = server.sosl("FIND {blue harbor}").await;
    let types: Vec<&str> = answer.body["searchRecords"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record["attributes"]["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["Account", "Lead"]);
}

#[tokio::test]
async fn a_search_that_cannot_be_run_says_why() {
    let server = Server::start().await;
    for (search, code, words) in [
        (
            "FIND 4155550134 IN PHONE FIELDS",
            "MALFORMED_SEARCH",
            "No search term found. The search term must be enclosed in braces.",
        ),
        (
            "FIND {} RETURNING Contact",
            "MALFORMED_SEARCH",
            "No search term",
        ),
        ("FIND {4} RETURNING Contact", "MALFORMED_SEARCH", "longer"),
        (
            "FIND {+1415} RETURNING Contact",
            "MALFORMED_SEARCH",
            "escaped",
        ),
        ("FIND {maya} IN FAX FIELDS", "MALFORMED_SEARCH", "PHONE"),
        ("maya", "MALFORMED_SEARCH", "FIND"),
        ("FIND {maya} RETURNING Nothing", "INVALID_TYPE", "Nothing"),
        (
            "FIND {maya} RETURNING Contact(Shoe)",
            "INVALID_FIELD",
            "Shoe",
        ),
    ] {
        let answer = server.sosl(search).await;
        assert_eq!(answer.status, 400, "{search}");
        assert_eq!(answer.code(), code, "{search}");
        assert!(answer.message().contains(words), "{answer:?}");
    }
}

#[tokio::test]
async fn a_parameterized_search_takes_its_parts_as_parameters() {
    let server = Server::start().await;
    let request = server
        .request(Method::GET, &format!("{API}/parameterizedSearch/"))
        .query(&[
            ("q", "4155550134"),
            ("in", "PHONE"),
            ("sobject", "Contact"),
            ("sobject", "Lead"),
            ("Contact.fields", "Id,Name"),
            ("Contact.where", "Fax = null"),
            ("Lead.fields", "Name"),
            ("Lead.limit", "1"),
        ]);
    let answered = answer(request.send().await.unwrap()).await;
    let found = answered.body["searchRecords"].as_array().unwrap();
    assert_eq!(found.len(), 2, "{answered:?}");
    assert_eq!(found[0]["attributes"]["type"], "Contact");
    assert_eq!(found[0]["Name"], "Maya Torres");
    assert_eq!(found[1]["attributes"]["type"], "Lead");
}

#[tokio::test]
async fn before_version_37_the_records_came_bare() {
    let server = Server::start().await;
    let request = server
        .request(Method::GET, "/services/data/v36.0/search/")
        .query(&[("q", "FIND {torres} RETURNING Contact(Name)")]);
    let answered = answer(request.send().await.unwrap()).await;
    assert_eq!(answered.body[0]["Name"], "Maya Torres");
}
