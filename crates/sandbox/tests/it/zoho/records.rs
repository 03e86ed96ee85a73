//! Lists, searches, questions, deletions: what has a body and what has none.

use jiff::SignedDuration;
use linecard_sandbox::zoho::Switches;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::server::{Server, answer};

async fn since(server: &Server, path: &str, since: &str) -> super::server::Answer {
    let request = server.request(Method::GET, path);
    let request = request.header("If-Modified-Since", since);
    answer(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_list_wants_its_fields_named_and_leads_over_pages() {
    let server = Server::start().await;
    let refused = server.get("/crm/v8/Contacts").await;
    assert_eq!(refused.body["code"], "REQUIRED_PARAM_MISSING");
    let mut path = "/crm/v8/Contacts?fields=Last_Name&per_page=5&sort_by=id".to_owned();
    let mut ids = Vec::new();
    loop {
        let page = server.get(&path).await.body;
        for record in page["data"].as_array().unwrap() {
            ids.push(record["id"].as_str().unwrap().to_owned());
        }
        let Some(token) = page["info"]["next_page_token"].as_str() else {
            break;
        };
        path =
            format!("/crm/v8/Contacts?fields=Last_Name&per_page=5&sort_by=id&page_token={token}");
    }
    assert_eq!(ids.len(), server.sandbox.records("Contacts").len());
    assert!(ids.is_sorted_by(|one, next| one > next), "the newest first");
}

#[tokio::test]
async fn what_has_not_changed_has_no_body() {
    let server = Server::start().await;
    let path = "/crm/v8/Contacts?fields=Last_Name";
    let unchanged = since(&server, path, "2026-05-14T12:00:01+03:00").await;
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    assert_eq!(unchanged.body, Value::Null);
    server.clock.advance(SignedDuration::from_secs(10));
    server.sandbox.change(&server.maya(), "Title", "CEO");
    let changed = since(&server, path, "2026-05-14T12:00:01+03:00").await;
    assert_eq!(changed.body["info"]["count"], 1);
    let odd = since(&server, path, "Thu, 14 May 2026 09:00:00 GMT").await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST, "no HTTP dates");
}

#[tokio::test]
async fn a_search_without_a_hit_is_204() {
    let server = Server::start().await;
    let nobody = server
        .get("/crm/v8/Contacts/search?phone=%2B4930123456")
        .await;
    assert_eq!(nobody.status, StatusCode::NO_CONTENT);
    assert_eq!(nobody.body, Value::Null);
    let missing = server.get("/crm/v8/Contacts/search").await;
    assert_eq!(missing.body["code"], "REQUIRED_PARAM_MISSING");
    let raw_plus = server
        .get("/crm/v8/Contacts/search?phone=+1 415 555 0135&")
        .await;
    assert_eq!(raw_plus.body["data"][0]["Full_Name"], "Maya Torres");
}

#[tokio::test]
async fn criteria_are_bounded_and_escaped() {
    let server = Server::start().await;
    let search = async |criteria: &str| {
        let request = server.request(Method::GET, "/crm/v8/Contacts/search");
        let request = request.query(&[("criteria", criteria)]);
        answer(request.send().await.unwrap()).await
    };
    let found = search("((Phone:equals:\\(415\\) 555-0134)or(Mobile:in:1,2))").await;
    assert_eq!(found.body["data"][0]["Full_Name"], "Maya Torres");
    let begins = search("(Last_Name:starts_with:tor)").await;
    assert_eq!(begins.body["info"]["count"], 1);
    assert_eq!(
        search("(Shoe:equals:44)").await.body["code"],
        "INVALID_QUERY"
    );
    let many = vec!["(Phone:equals:1)"; 16].join("or");
    let refused = search(&many).await;
    assert_eq!(refused.body["code"], "CRITERIA_LIMIT_EXCEEDED");
}

#[tokio::test]
async fn a_search_lags_and_a_question_does_not() {
    let server = Server::with(Switches {
        search_lag_ms: 1_000,
        ..Switches::default()
    })
    .await;
    let search = "/crm/v8/Contacts/search?word=torres";
    assert_eq!(server.get(search).await.status, StatusCode::NO_CONTENT);
    let question = "select id,Account_Name from Contacts where Last_Name = 'Torres'";
    let found = server.ask(question).await.body;
    assert_eq!(found["data"][0]["id"], server.maya());
    assert_eq!(
        found["data"][0]["Account_Name"]["name"],
        "Blue Harbor Logistics"
    );
    server.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(server.get(search).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_question_is_answered_or_refused_where_it_is_wrong() {
    let server = Server::start().await;
    let ask = async |query: &str| server.ask(query).await;
    let found = ask("select id from Contacts where Last_Name like 'Ro%' limit 0, 1").await;
    assert_eq!(found.body["info"]["more_records"], true);
    let nothing = ask("select id from Contacts where Last_Name = 'Nobody'").await;
    assert_eq!(nothing.status, StatusCode::NO_CONTENT);
    for (query, code) in [
        ("select id from", "SYNTAX_ERROR"),
        ("select Shoe from Contacts", "INVALID_QUERY"),
        ("select id,$se_module from Calls", "INVALID_QUERY"),
        ("select id from Shoes", "INVALID_MODULE"),
        ("select id from Contacts limit 0, 2001", "LIMIT_EXCEEDED"),
    ] {
        assert_eq!(ask(query).await.body["code"], code, "{query}");
    }
}

#[tokio::test]
async fn an_upsert_writes_over_what_is_there() {
    let server = Server::start().await;
    let body = json!({
        "data": [{"Last_Name": "Placeholder", "Phone": "(415) 555-0134"}],
        "duplicate_check_fields": ["Phone"]
    });
    let request = server
        .request(Method::POST, "/crm/v8/Contacts/upsert")
        .body(body.to_string());
    let told = answer(request.send().await.unwrap()).await;
    assert_eq!(told.status, StatusCode::OK);
    assert_eq!(told.body["data"][0]["action"], "update");
    assert_eq!(told.body["data"][0]["duplicate_field"], "Phone");
    let maya = &server.sandbox.records("Contacts")[0];
    assert_eq!(maya["Full_Name"], "Maya Placeholder");
}

#[tokio::test]
async fn what_is_deleted_lies_in_the_bin() {
    let server = Server::start().await;
    let maya = server.maya();
    let deleted = server
        .write(Method::DELETE, &format!("/crm/v8/Contacts/{maya}"), &[])
        .await;
    assert_eq!(deleted.status, StatusCode::OK);
    let bin = server.get("/crm/v8/Contacts/deleted?type=all").await.body;
    assert_eq!(bin["data"][0]["id"], maya);
    assert_eq!(bin["data"][0]["deleted_time"], "2026-05-14T11:00:00+02:00");
    let gone = server.get(&format!("/crm/v8/Contacts/{maya}")).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn limits_of_a_moment_and_of_a_day_are_told_apart() {
    let server = Server::with(Switches {
        daily_credits: 2,
        ..Switches::default()
    })
    .await;
    assert_eq!(server.get("/crm/v8/org").await.status, StatusCode::OK);
    assert_eq!(server.get("/crm/v8/org").await.status, StatusCode::OK);
    let spent = server.get("/crm/v8/org").await;
    assert_eq!(spent.body["code"], "LIMIT_EXCEEDED");
}
