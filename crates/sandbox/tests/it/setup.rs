//! What an organisation's admin has switched on, hidden and forbidden.

use linecard_sandbox::salesforce::{DuplicateRule, Options, Setup, ValidationRule};
use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{API, Server, answer};

async fn set_up(change: impl FnOnce(&mut Setup)) -> Server {
    let server = Server::start().await;
    server.sandbox.set_up(change);
    server
}

fn twin() -> Value {
    json!({"LastName": "Torres", "Phone": "+14155550134"})
}

#[tokio::test]
async fn a_duplicate_is_told_as_the_vendor_tells_it() {
    let server = set_up(|setup| setup.duplicate_rule = DuplicateRule::Alert).await;
    let maya = server.id("Contact", "Maya Torres");
    for (version, key) in [("v57.0", "duplicateResut"), ("v66.0", "duplicateResult")] {
        let path = format!("/services/data/{version}/sobjects/Contact");
        let refused = server.post(&path, &twin()).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code()),
            (400, "DUPLICATES_DETECTED")
        );
        let result = &refused.body[0][key];
        assert_eq!(result["allowSave"], true, "{version}");
        assert_eq!(result["duplicateRule"], "Standard_Contact_Duplicate_Rule");
        let matches = &result["matchResults"][0];
        assert_eq!(matches["entityType"], "Contact");
        assert_eq!(matches["matchRecords"][0]["record"]["Id"], maya);
    }
    let other = json!({"LastName": "Torres", "Phone": "+14155550177"});
    server.created("Contact", &other).await;
}

#[tokio::test]
async fn an_alert_gives_way_to_who_insists_and_a_block_does_not() {
    let server = Server::start().await;
    for (rule, status) in [(DuplicateRule::Alert, 201), (DuplicateRule::Block, 400)] {
        server.sandbox.set_up(|setup| setup.duplicate_rule = rule);
        let request = server
            .request(Method::POST, &format!("{API}/sobjects/Contact"))
            .header("Sforce-Duplicate-Rule-Header", "allowSave=true")
            .json(&twin());
        let told = answer(request.send().await.unwrap()).await;
        assert_eq!(told.status, status, "{rule:?}: {told:?}");
    }
}

#[tokio::test]
async fn a_hidden_field_fails_the_whole_query_and_the_whole_search() {
    let server = set_up(|setup| {
        setup.hidden_fields.insert("Contact.HomePhone".to_owned());
    })
    .await;
    let describe = format!("{API}/sobjects/Contact/describe");
    let fields = server.get(&describe).await.body["fields"].clone();
    let is_it = |field: &Value| field["name"] == "HomePhone";
    assert!(!fields.as_array().unwrap().iter().any(is_it));
    for query in [
        "SELECT Id, HomePhone FROM Contact",
        "SELECT Id FROM Contact WHERE (NOT HomePhone = 'x')",
        "SELECT Id FROM Contact ORDER BY HomePhone",
    ] {
        let refused = server.soql(query).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code()),
            (400, "INVALID_FIELD"),
            "{query}"
        );
    }
    let search = "FIND {4155550134} IN PHONE FIELDS RETURNING Contact(Id, HomePhone)";
    assert_eq!(server.sosl(search).await.code(), "INVALID_FIELD");
    let fields = json!({"LastName": "N", "HomePhone": "1"});
    let refused = server.create("Contact", &fields).await;
    assert_eq!(refused.code(), "INVALID_FIELD_FOR_INSERT_UPDATE");
}

#[tokio::test]
async fn fields_of_person_accounts_are_there_only_where_people_are_accounts() {
    let server = Server::start().await;
    let query = "SELECT Id, IsPersonAccount, PersonMobilePhone FROM Account";
    assert_eq!(server.soql(query).await.code(), "INVALID_FIELD");
    server.sandbox.set_up(|setup| setup.person_accounts = true);
    assert_eq!(server.soql(query).await.status, 200);
    let fields = json!({"LastName": "Person", "PersonMobilePhone": "+12125550177"});
    let account = server.created("Account", &fields).await;
    let query =
        format!("SELECT Id, Name, IsPersonAccount FROM Contact WHERE AccountId = '{account}'");
    let contact = &server.soql(&query).await.body["records"][0];
    assert_eq!(contact["Name"], "Person");
    assert_eq!(contact["IsPersonAccount"], true);
}

#[tokio::test]
async fn an_object_that_is_hidden_is_not_there_and_one_that_is_read_only_cannot_be_written() {
    let server = set_up(|setup| {
        setup.hidden_objects.insert("Lead".to_owned());
        setup.read_only_objects.insert("Contact".to_owned());
    })
    .await;
    let describe = server.get(&format!("{API}/sobjects/Lead/describe")).await;
    assert_eq!(describe.status, 404);
    let query = server.soql("SELECT Id FROM Lead").await;
    assert_eq!(query.code(), "INVALID_TYPE");
    let refused = server.create("Contact", &json!({"LastName": "New"})).await;
    assert_eq!(refused.code(), "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
}

#[tokio::test]
async fn a_rule_and_a_required_field_turn_records_down() {
    let server = set_up(|setup| {
        setup.required_custom_field.insert("Lead".to_owned());
        setup.validation_rules.push(ValidationRule {
            object: "Task".to_owned(),
            field: Some("Subject".to_owned()),
            contains: "secret".to_owned(),
            message: "No secrets in subjects".to_owned(),
        });
    })
    .await;
    let refused = server.create("Task", &json!({"Subject": "a secret"})).await;
    assert_eq!(refused.code(), "FIELD_CUSTOM_VALIDATION_EXCEPTION");
    assert_eq!(refused.message(), "No secrets in subjects");
    server.created("Task", &json!({"Subject": "Call"})).await;
    let lead = json!({"LastName": "New", "Company": "New Ltd"});
    let refused = server.create("Lead", &lead).await;
    assert_eq!(
        refused.message(),
        "Required fields are missing: [Region__c]"
    );
}

#[tokio::test]
async fn what_was_written_is_searched_for_when_the_index_has_it() {
    let server = set_up(|setup| setup.index_lag_seconds = 90).await;
    let search = "FIND {4155550134 OR 2125550177} IN PHONE FIELDS RETURNING Contact(Name)";
    let new = json!({"LastName": "New", "Phone": "+12125550177"});
    server.pass(1);
    server.created("Contact", &new).await;
    assert_eq!(server.found(search).await, ["Maya Torres", "Oliver Hughes"]);
    server.pass(1);
    assert_eq!(
        server.found(search).await,
        ["Maya Torres", "Oliver Hughes", "New"]
    );
}

#[tokio::test]
async fn an_edition_without_api_refuses_everything() {
    let server = set_up(|setup| setup.api_enabled = false).await;
    let refused = server.get(&format!("{API}/limits")).await;
    assert_eq!(
        (refused.status.as_u16(), refused.code()),
        (403, "API_DISABLED_FOR_ORG")
    );
}

#[tokio::test]
async fn switches_are_changed_over_http_and_a_reset_puts_them_back() {
    let server = Server::start_with(Options {
        setup: Setup {
            private_sharing: true,
            ..Setup::default()
        },
        ..Options::default()
    })
    .await;
    let manage = |method: Method, path: &str| {
        let address = server.url(&format!("/__sandbox{path}"));
        server.http.request(method, address)
    };
    let change = json!({"duplicate_rule": "block", "private_sharing": false});
    let changed = manage(Method::PATCH, "/setup").json(&change);
    assert_eq!(changed.send().await.unwrap().status(), 204);
    assert_eq!(server.sandbox.setup().duplicate_rule, DuplicateRule::Block);
    let wrong = manage(Method::PATCH, "/setup").json(&json!({"duplicate_rle": "block"}));
    assert_eq!(wrong.send().await.unwrap().status(), 400);
    manage(Method::POST, "/reset").send().await.unwrap();
    let setup = answer(manage(Method::GET, "/setup").send().await.unwrap()).await;
    assert_eq!(setup.body["duplicate_rule"], "off");
    assert_eq!(setup.body["private_sharing"], true);
}
