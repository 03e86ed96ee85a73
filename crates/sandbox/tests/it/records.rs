//! Records: what may be written, what comes back, and what the refusals look like.

use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{API, Server, answer};

fn a_call(server: &Server) -> Value {
    json!({
        "Subject": "Inbound call from +1 415 555 0134", "TaskSubtype": "Call",
        "CallType": "Inbound", "CallDurationInSeconds": 93, "CallDisposition": "Answered",
        "CallObject": "0190-call", "Status": "Completed", "Priority": "Normal",
        "ActivityDate": "2026-05-01", "OwnerId": server.id("User", "Bob Brown"),
        "WhoId": server.id("Contact", "Maya Torres"), "Description": "Start 09:25:37",
    })
}

fn with(mut record: Value, field: &str, value: impl Into<Value>) -> Value {
    record[field] = value.into();
    record
}

/// The one error of a refusal.
async fn refused(server: &Server, object: &str, fields: &Value) -> Value {
    let answer = server.create(object, fields).await;
    assert_eq!(answer.status, 400, "{fields} {answer:?}");
    assert_eq!(answer.body.as_array().unwrap().len(), 1);
    answer.body[0].clone()
}

#[tokio::test]
async fn a_contact_is_created_with_what_follows_from_it() {
    let server = Server::start().await;
    let request = server
        .request(Method::POST, &format!("{API}/sobjects/contact/"))
        .json(&json!({"FirstName": "Nia", "LastName": "New", "Phone": "+1 (212) 555-0199"}));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 201);
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let body = answer(response).await.body;
    let id = body["id"].as_str().unwrap();
    assert_eq!(body, json!({"id": id, "success": true, "errors": []}));
    assert_eq!(location, format!("{API}/sobjects/Contact/{id}"));

    let contact = server.get(&location).await.body;
    assert_eq!(contact["Name"], "Nia New");
    assert_eq!(contact["Phone"], "+1 (212) 555-0199", "stored as typed");
    assert_eq!(contact["OwnerId"], server.id("User", "Alice Adams"));
    assert_eq!(contact["CreatedDate"], "2026-05-01T07:25:37.000+0000");
    assert_eq!(contact["Email"], json!(null));
    let some = server.get(&format!("{location}?fields=name,Phone")).await;
    assert_eq!(some.body["Name"], "Nia New");
    assert_eq!(some.body.get("Email"), None);
}

#[tokio::test]
async fn a_call_is_logged_as_a_task() {
    let server = Server::start().await;
    let id = server.created("Task", &a_call(&server)).await;
    let task = server.get(&format!("{API}/sobjects/Task/{id}")).await.body;
    assert_eq!(task["CallDurationInSeconds"], 93);
    assert_eq!(task["IsClosed"], true);
    assert_eq!(task["CompletedDateTime"], "2026-05-01T07:25:37.000+0000");
    assert_eq!(
        task["AccountId"],
        server.id("Account", "Blue Harbor Logistics")
    );
    let found = server
        .soql("SELECT Id FROM Task WHERE CallObject = '0190-call' LIMIT 2")
        .await;
    assert_eq!(found.body["records"][0]["Id"], id.as_str());
}

#[tokio::test]
async fn a_bare_task_gets_the_organisations_defaults() {
    let server = Server::start().await;
    let id = server.created("Task", &json!({})).await;
    let task = server.get(&format!("{API}/sobjects/Task/{id}")).await.body;
    assert_eq!(task["Status"], "Not Started");
    assert_eq!(task["Priority"], "Normal");
    assert_eq!(task["TaskSubtype"], "Task");
    assert_eq!(task["IsClosed"], false);
    assert_eq!(task["CompletedDateTime"], json!(null));
}

#[tokio::test]
async fn required_fields_are_named() {
    let server = Server::start().await;
    for (object, fields, missing) in [
        ("Contact", json!({"FirstName": "Nia"}), vec!["LastName"]),
        ("Contact", json!({"LastName": ""}), vec!["LastName"]),
        ("Lead", json!({}), vec!["LastName", "Company"]),
        ("Account", json!({"Phone": "1"}), vec!["Name"]),
    ] {
        let error = refused(&server, object, &fields).await;
        let message = format!("Required fields are missing: [{}]", missing.join(", "));
        assert_eq!(
            error,
            json!({"message": message, "errorCode": "REQUIRED_FIELD_MISSING", "fields": missing})
        );
    }
}

#[tokio::test]
async fn values_that_do_not_fit_are_refused_by_label() {
    let server = Server::start().await;
    let call = a_call(&server);
    let long_city = "x".repeat(41);
    for (object, fields, error) in [
        (
            "Contact",
            json!({"LastName": "New", "MailingCity": long_city}),
            json!({
                "errorCode": "STRING_TOO_LONG", "fields": ["MailingCity"],
                "message": format!("Mailing City: data value too large: {long_city} (max length=40)"),
            }),
        ),
        (
            "Task",
            with(call.clone(), "CallType", "Sideways"),
            json!({
                "errorCode": "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "fields": ["CallType"],
                "message": "Call Type: bad value for restricted picklist field: Sideways",
            }),
        ),
        (
            "Contact",
            json!({"LastName": "New", "Email": "nobody"}),
            json!({
                "errorCode": "INVALID_EMAIL_ADDRESS", "fields": ["Email"],
                "message": "Email: invalid email address: nobody",
            }),
        ),
        (
            "Contact",
            json!({"LastName": "New", "Id": server.id("Contact", "Grace Kim")}),
            json!({
                "errorCode": "INVALID_FIELD_FOR_INSERT_UPDATE", "fields": ["Id"],
                "message": "Unable to create/update fields: Id. Please check the security \
                            settings of this field and verify that it is read/write for your \
                            profile or permission set.",
            }),
        ),
    ] {
        assert_eq!(refused(&server, object, &fields).await, error);
    }
    for (fields, code) in [
        (
            with(call.clone(), "CallDurationInSeconds", "soon"),
            "JSON_PARSER_ERROR",
        ),
        (
            with(call.clone(), "CallDurationInSeconds", 100_000_000),
            "NUMBER_OUTSIDE_VALID_RANGE",
        ),
        (
            with(call.clone(), "ActivityDate", "1 May"),
            "JSON_PARSER_ERROR",
        ),
        (
            with(call.clone(), "Subject", "x".repeat(256)),
            "STRING_TOO_LONG",
        ),
        (
            with(call.clone(), "Description", "x".repeat(32_001)),
            "STRING_TOO_LONG",
        ),
        (with(call.clone(), "Shoe__c", "44"), "INVALID_FIELD"),
        (
            with(call.clone(), "IsClosed", true),
            "INVALID_FIELD_FOR_INSERT_UPDATE",
        ),
    ] {
        let error = refused(&server, "Task", &fields).await;
        assert_eq!(error["errorCode"], code);
    }
    let error = refused(
        &server,
        "Contact",
        &json!({"LastName": "N", "Shoe__c": "44"}),
    )
    .await;
    assert_eq!(
        error["message"],
        "No such column 'Shoe__c' on sobject of type Contact"
    );
}

#[tokio::test]
async fn references_lead_where_they_may() {
    let server = Server::start().await;
    let call = a_call(&server);
    let account = server.id("Account", "Blue Harbor Logistics");
    let lead = server.id("Lead", "Olivia Chen");
    let contact = server.id("Contact", "Maya Torres");
    let frank = server.id("User", "Frank Former");
    for (fields, code, message, field) in [
        (
            with(call.clone(), "WhoId", account.clone()),
            "FIELD_INTEGRITY_EXCEPTION",
            format!("Name ID: id value of incorrect type: {account}"),
            "WhoId",
        ),
        (
            with(call.clone(), "WhatId", contact.clone()),
            "FIELD_INTEGRITY_EXCEPTION",
            format!("Related To ID: id value of incorrect type: {contact}"),
            "WhatId",
        ),
        (
            with(with(call.clone(), "WhoId", lead), "WhatId", account),
            "FIELD_INTEGRITY_EXCEPTION",
            "Related To ID: a task about a lead cannot be related to another record".to_owned(),
            "WhatId",
        ),
        (
            with(call.clone(), "OwnerId", frank.clone()),
            "INACTIVE_OWNER_OR_USER",
            format!("operation performed with inactive user [{frank}] as owner of task"),
            "OwnerId",
        ),
        (
            with(call.clone(), "WhoId", "nonsense"),
            "MALFORMED_ID",
            "Name ID: id value of incorrect type: nonsense".to_owned(),
            "WhoId",
        ),
        (
            with(call.clone(), "WhoId", "003Lc0000009999"),
            "INVALID_CROSS_REFERENCE_KEY",
            "invalid cross reference id".to_owned(),
            "WhoId",
        ),
    ] {
        assert_eq!(
            refused(&server, "Task", &fields).await,
            json!({"errorCode": code, "message": message, "fields": [field]})
        );
    }
}

#[tokio::test]
async fn a_record_can_be_changed_and_deleted() {
    let server = Server::start().await;
    let about_maya = a_call(&server);
    let maya = format!(
        "{API}/sobjects/Contact/{}",
        server.id("Contact", "Maya Torres")
    );
    server.pass(1);
    let changed = server
        .patch(&maya, &json!({"LastName": "Stone", "Title": null}))
        .await;
    assert_eq!((changed.status.as_u16(), changed.body), (204, json!("")));
    let contact = server.get(&maya).await.body;
    assert_eq!(contact["Name"], "Maya Stone");
    assert_eq!(contact["Title"], json!(null));
    assert_eq!(contact["SystemModstamp"], "2026-05-01T08:25:37.000+0000");
    assert_eq!(contact["CreatedDate"], "2026-05-01T07:25:37.000+0000");

    let deleted = server.request(Method::DELETE, &maya).send().await.unwrap();
    assert_eq!(deleted.status(), 204);
    let gone = server.get(&maya).await;
    assert_eq!(
        (gone.status.as_u16(), gone.code()),
        (404, "ENTITY_IS_DELETED")
    );
    let search = "FIND {torres OR stone} RETURNING Contact(Name)";
    assert!(server.found(search).await.is_empty());
    let error = refused(&server, "Task", &about_maya).await;
    assert_eq!(error["errorCode"], "ENTITY_IS_DELETED");
}

#[tokio::test]
async fn a_tasks_subtype_is_fixed_once_it_exists() {
    let server = Server::start().await;
    let id = server.created("Task", &a_call(&server)).await;
    let task = format!("{API}/sobjects/Task/{id}");
    let answer = server.patch(&task, &json!({"TaskSubtype": "Email"})).await;
    assert_eq!(answer.code(), "INVALID_FIELD_FOR_INSERT_UPDATE");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = Server::start().await;
    for path in [
        format!("{API}/sobjects/Nothing/describe"),
        format!("{API}/sobjects/Contact/003Lc0000009999"),
        format!("{API}/nothing"),
        "/services/data/v67.0/limits".to_owned(),
    ] {
        let answer = server.get(&path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (404, "NOT_FOUND"),
            "{path}"
        );
    }
    let retired = server.get("/services/data/v30.0/limits").await;
    assert_eq!(retired.code(), "UNSUPPORTED_API_VERSION");
    let wrong_method = server.post(&format!("{API}/limits"), &json!({})).await;
    assert_eq!(wrong_method.code(), "METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
    let server = Server::start().await;
    let post = |body: &'static str, kind: &str| {
        server
            .request(Method::POST, &format!("{API}/sobjects/Contact"))
            .header("Content-Type", kind)
            .body(body)
    };
    for body in ["", "{", "[]", "\"x\""] {
        let answer = answer(post(body, "application/json").send().await.unwrap()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (400, "JSON_PARSER_ERROR")
        );
    }
    let answer = answer(post("x=1", "text/plain").send().await.unwrap()).await;
    assert_eq!(answer.status, 415);
}

#[tokio::test]
async fn a_collection_takes_what_it_can() {
    let server = Server::start().await;
    let records = json!([
        {"attributes": {"type": "Contact"}, "LastName": "One"},
        {"attributes": {"type": "Contact"}, "FirstName": "Nameless"},
        with(a_call(&server), "attributes", json!({"type": "Task"})),
    ]);
    let body = json!({"allOrNone": false, "records": records});
    let answer = server
        .post(&format!("{API}/composite/sobjects"), &body)
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body[0]["success"], true);
    assert_eq!(
        answer.body[1],
        json!({"success": false, "errors": [{
            "statusCode": "REQUIRED_FIELD_MISSING",
            "message": "Required fields are missing: [LastName]", "fields": ["LastName"],
        }]})
    );
    assert_eq!(answer.body[2]["success"], true);
    assert_eq!(server.sandbox.records("Task").len(), 1);
}

#[tokio::test]
async fn all_or_none_means_none() {
    let server = Server::start().await;
    let records = json!([
        {"attributes": {"type": "Account"}, "Name": "One"},
        {"attributes": {"type": "Account"}},
    ]);
    let before = server.sandbox.records("Account").len();
    let body = json!({"allOrNone": true, "records": records});
    let answer = server
        .post(&format!("{API}/composite/sobjects"), &body)
        .await;
    let codes = [0, 1].map(|at| answer.body[at]["errors"][0]["statusCode"].clone());
    assert_eq!(
        codes,
        [
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "REQUIRED_FIELD_MISSING"
        ]
    );
    assert_eq!(server.sandbox.records("Account").len(), before);
}

#[tokio::test]
async fn a_collection_has_its_limits() {
    let server = Server::start().await;
    let collection = format!("{API}/composite/sobjects");
    let records = |count: usize, object: fn(usize) -> &'static str| {
        let records: Vec<Value> = (0..count)
            .map(|at| json!({"attributes": {"type": object(at)}, "LastName": "x", "Company": "y"}))
            .collect();
        json!({"records": records})
    };
    let empty = server.post(&collection, &records(0, |_| "Lead")).await;
    assert_eq!(empty.code(), "REQUIRED_FIELD_MISSING");
    assert_eq!(empty.message(), "At least 1 record is required");
    let many = server.post(&collection, &records(201, |_| "Lead")).await;
    assert_eq!(many.code(), "EXCEEDED_ID_LIMIT");
    let mixed = |at| if at % 2 == 0 { "Lead" } else { "Contact" };
    let mixed = server.post(&collection, &records(11, mixed)).await;
    assert_eq!(mixed.code(), "LIMIT_EXCEEDED");
    let full = server.post(&collection, &records(200, |_| "Lead")).await;
    assert_eq!(full.body.as_array().unwrap().len(), 200);
    assert_eq!(server.sandbox.records("Lead").len(), 204);
}

#[tokio::test]
async fn the_describe_tells_what_a_client_computes_from_it() {
    let server = Server::start().await;
    let describe = server
        .get(&format!("{API}/sobjects/contact/describe/"))
        .await
        .body;
    let fields = describe["fields"].as_array().unwrap();
    let names = |is_wanted: fn(&Value) -> bool| -> Vec<&str> {
        fields
            .iter()
            .filter(|field| is_wanted(field))
            .map(|field| field["name"].as_str().unwrap())
            .collect()
    };
    assert_eq!(
        names(|field| field["type"] == "phone"),
        [
            "Phone",
            "Fax",
            "MobilePhone",
            "HomePhone",
            "OtherPhone",
            "AssistantPhone"
        ]
    );
    let required = |field: &Value| {
        field["createable"] == true
            && field["nillable"] == false
            && field["defaultedOnCreate"] == false
    };
    assert_eq!(names(required), ["LastName"]);
    assert_eq!(
        describe["urls"]["uiDetailTemplate"],
        server.url("/{ID}"),
        "the page of a record"
    );
    let task = server
        .get(&format!("{API}/sobjects/Task/describe"))
        .await
        .body;
    let call_type = task["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|field| field["name"] == "CallType")
        .unwrap()
        .clone();
    assert_eq!(call_type["restrictedPicklist"], true);
    assert_eq!(call_type["picklistValues"][1]["value"], "Inbound");
    let all = server.get(&format!("{API}/sobjects/")).await.body;
    assert_eq!(all["sobjects"].as_array().unwrap().len(), 9);
}

#[tokio::test]
async fn versions_resources_and_limits_are_listed_and_counted() {
    let server = Server::start().await;
    let versions = server.get("/services/data/").await.body;
    let newest = versions.as_array().unwrap().last().unwrap();
    assert_eq!(
        newest,
        &json!({"label": "Spring '26", "url": "/services/data/v66.0", "version": "66.0"})
    );
    let resources = server.get(API).await.body;
    assert_eq!(resources["query"], format!("{API}/query"));
    assert!(resources["identity"].as_str().unwrap().contains("/id/00D"));
    let limits = server.request(Method::GET, &format!("{API}/limits/"));
    let response = limits.send().await.unwrap();
    assert_eq!(response.headers()["sforce-limit-info"], "api-usage=2/15000");
    assert_eq!(
        response.headers()["content-type"],
        "application/json;charset=UTF-8"
    );
    assert_eq!(
        answer(response).await.body,
        json!({"DailyApiRequests": {"Max": 15000, "Remaining": 14998}})
    );
}

#[tokio::test]
async fn an_address_that_is_too_long_is_refused() {
    let server = Server::start().await;
    let uri = server.soql(&"x".repeat(17_000)).await;
    assert_eq!(uri.status, 414);
    let request = server
        .request(Method::GET, &format!("{API}/limits"))
        .header("X-Long", "x".repeat(17_000));
    assert_eq!(request.send().await.unwrap().status(), 431);
}
