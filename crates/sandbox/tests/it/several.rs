//! Several requests in one, long answers, and what changed in a span of time.

use serde_json::{Value, json};

use crate::server::{API, Server};

fn query(soql: &str) -> Value {
    let url = format!("v66.0/query/?q={}", soql.replace(' ', "+"));
    json!({"method": "GET", "url": url})
}

#[tokio::test]
async fn the_parts_of_a_batch_fail_alone_and_each_counts() {
    let server = Server::start().await;
    let parts = [
        query("SELECT Id FROM Organization"),
        query("SELECT Naem FROM Account"),
    ];
    let body = json!({ "batchRequests": parts });
    let told = server.post(&format!("{API}/composite/batch"), &body).await;
    assert_eq!(told.body["hasErrors"], true);
    assert_eq!(told.body["results"][0]["result"]["totalSize"], 1);
    assert_eq!(told.body["results"][1]["statusCode"], 400);
    assert_eq!(server.sandbox.requests_to(&format!("GET {API}/query")), 2);

    let many: Vec<Value> = (0..26).map(|_| query("SELECT Id FROM Account")).collect();
    let body = json!({ "batchRequests": many });
    let told = server.post(&format!("{API}/composite/batch"), &body).await;
    assert_eq!(told.status, 400);
}

#[tokio::test]
async fn a_part_whose_reference_failed_is_halted_and_all_or_none_undoes_the_rest() {
    let server = Server::start().await;
    let part = |name: &str, object: &str, body: Value| {
        json!({
            "method": "POST", "url": format!("{API}/sobjects/{object}"),
            "referenceId": name, "body": body,
        })
    };
    for (all_or_none, accounts) in [(false, 1), (true, 0)] {
        let before = server.sandbox.records("Account").len();
        let body = json!({"allOrNone": all_or_none, "compositeRequest": [
            part("company", "Account", json!({"Name": "New Ltd"})),
            part("person", "Contact", json!({"FirstName": "Nameless"})),
            part("call", "Task", json!({"WhoId": "@{person.id}"})),
        ]});
        let told = server.post(&format!("{API}/composite"), &body).await;
        let parts = &told.body["compositeResponse"];
        assert_eq!(
            parts[1]["body"][0]["errorCode"], "REQUIRED_FIELD_MISSING",
            "{told:?}"
        );
        assert_eq!(parts[2]["body"][0]["errorCode"], "PROCESSING_HALTED");
        let made = server.sandbox.records("Account").len() - before;
        assert_eq!(made, accounts, "all or none: {all_or_none}");
    }
}

#[tokio::test]
async fn a_place_in_a_long_answer_is_forgotten_in_time() {
    let server = Server::start().await;
    for index in 0..2_001 {
        let fields = json!({"LastName": format!("Person {index}")});
        server.sandbox.put("Contact", &fields).unwrap();
    }
    let soql = "SELECT Id FROM Contact WHERE LastName LIKE 'Person %'";
    let first = server.soql(soql).await.body;
    assert_eq!(
        (&first["done"], &first["totalSize"]),
        (&json!(false), &json!(2_001))
    );
    let next = first["nextRecordsUrl"].as_str().unwrap();
    let second = server.get(next).await.body;
    assert_eq!(second["done"], true);
    assert_eq!(second["records"].as_array().unwrap().len(), 1);
    server.pass(1);
    assert_eq!(server.get(next).await.code(), "INVALID_QUERY_LOCATOR");
}

#[tokio::test]
async fn ids_are_ordered_as_they_are_compared() {
    let server = Server::start().await;
    for index in 0..120 {
        let fields = json!({"LastName": format!("Person {index}")});
        server.sandbox.put("Contact", &fields).unwrap();
    }
    let ids = |answer: Value| -> Vec<String> {
        let records = answer["records"].as_array().unwrap();
        let id = |record: &Value| record["Id"].as_str().unwrap().to_owned();
        records.iter().map(id).collect()
    };
    let all = ids(server.soql("SELECT Id FROM Contact ORDER BY Id").await.body);
    let after = format!(
        "SELECT Id FROM Contact WHERE Id > '{}' ORDER BY Id",
        all[60]
    );
    assert_eq!(ids(server.soql(&after).await.body), all[61..]);
}

#[tokio::test]
async fn rights_are_told_for_one_user_and_some_records() {
    let server = Server::start().await;
    let alice = server.id("User", "Alice Adams");
    let [own, other] = ["Maya Torres", "Grace Kim"].map(|name| server.id("Contact", name));
    server.sandbox.set_up(|setup| setup.private_sharing = true);
    let soql = format!(
        "SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = '{alice}' AND \
         RecordId IN ('{own}', '{other}')"
    );
    let rows = server.soql(&soql).await.body["records"].clone();
    for row in rows.as_array().unwrap() {
        assert_eq!(row["HasReadAccess"], row["RecordId"] == own, "{row}");
    }
    let everybody = "SELECT RecordId FROM UserRecordAccess";
    assert_eq!(server.soql(everybody).await.status, 400);
}

#[tokio::test]
async fn a_span_of_time_must_be_one() {
    let server = Server::start().await;
    let maya = server.id("Contact", "Maya Torres");
    server.pass(1);
    server.sandbox.delete(&maya).unwrap();
    let told = |start: &'static str, end: &'static str| {
        let server = &server;
        async move {
            let path = format!("{API}/sobjects/Contact/deleted/?start={start}&end={end}");
            server.get(&path).await
        }
    };
    let good = told("2026-05-01T08:00:00Z", "2026-05-01T09:00:59Z").await;
    assert_eq!(good.body["deletedRecords"][0]["id"], maya);
    assert_eq!(
        good.body["latestDateCovered"],
        "2026-05-01T09:00:00.000+0000"
    );
    for (start, end) in [
        ("2026-05-01T08:00:00Z", "2026-05-01T08:00:59Z"),
        ("2026-04-01T08:00:00Z", "2026-05-01T08:00:00Z"),
        ("yesterday", "2026-05-01T08:00:00Z"),
    ] {
        assert_eq!(
            told(start, end).await.code(),
            "INVALID_REPLICATION_DATE",
            "{start}"
        );
    }
}

#[tokio::test]
async fn a_converted_lead_can_be_neither_changed_nor_called() {
    let server = Server::start().await;
    let olivia = server.id("Lead", "Olivia Chen");
    let contact = server.sandbox.convert(&olivia).unwrap().unwrap();
    let path = format!("{API}/sobjects/Lead/{olivia}");
    let changed = server.patch(&path, &json!({"LastName": "Other"})).await;
    assert_eq!(changed.code(), "CANNOT_UPDATE_CONVERTED_LEAD");
    let call = server.create("Task", &json!({"WhoId": olivia})).await;
    assert_eq!(call.code(), "CANNOT_UPDATE_CONVERTED_LEAD");
    server.created("Task", &json!({"WhoId": contact})).await;
}
