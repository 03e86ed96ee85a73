//! Records for numbers that nobody has, where the organisation has rules of its own.

use linecard_conformance::{Company as _, Seed, phone, started};
use linecard_crm::{Advice, AdviceCode, EntryKey, Failure, Module, NewRecord};
use linecard_sandbox::salesforce::DuplicateRule;
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::company::Acme;
use crate::organisation::{CONTACT, answering, connected, organisation};

const CONTACTS: &str = "/services/data/v66.0/sobjects/Contact";
const QUERY: &str = "/services/data/v66.0/query/";

fn new(owner: Option<String>) -> NewRecord {
    NewRecord {
        key: EntryKey::new("create-1"),
        module: Module::Contact,
        first_name: "Automatic New Contact".to_owned(),
        last_name: "-5550134".to_owned(),
        company: String::new(),
        phone: phone("+14155550134"),
        owner,
    }
}

#[tokio::test]
async fn g4_the_match_of_a_duplicate_rule_is_taken_in_both_spellings_of_its_answer() {
    for key in ["duplicateResut", "duplicateResult"] {
        let acme = Acme::found().await;
        acme.sandbox.set_up(|setup| {
            setup.duplicate_rule = DuplicateRule::Alert;
            key.clone_into(&mut setup.duplicate_key);
        });
        let there = acme.put(&Seed::contact("Grace Hopper", "(415) 555-0134"));
        let created = acme.crm().create(&new(None)).await.unwrap();
        assert!(created.existed, "{key}");
        assert_eq!(created.record.at, there);
        assert_eq!(acme.records(), 1);
    }
}

/// An organisation whose rule takes everything for a duplicate of somebody with another number.
async fn suspicious(allow_save: bool) -> MockServer {
    let server = organisation().await;
    for object in ["Lead", "Account"] {
        let at = format!("/services/data/v66.0/sobjects/{object}/describe");
        let missing = json!([{"errorCode": "NOT_FOUND", "message": "no such resource"}]);
        answering(&server, "GET", &at, 404, missing).await;
    }
    let field = |name: &str, kind: &str| json!({"name": name, "type": kind, "createable": true, "nillable": true});
    let fields = [
        field("Id", "id"),
        field("Name", "string"),
        field("FirstName", "string"),
        field("LastName", "string"),
        field("Phone", "phone"),
    ];
    let describe = json!({"createable": true, "fields": fields});
    answering(
        &server,
        "GET",
        &format!("{CONTACTS}/describe"),
        200,
        describe,
    )
    .await;
    let other = json!({"attributes": {"type": "Contact"}, "Id": CONTACT,
                       "Name": "Automatic New Contact -5550135", "Phone": "+14155550135"});
    let found: Value = json!({"totalSize": 1, "done": true, "records": [other]});
    answering(&server, "GET", QUERY, 200, found).await;
    Mock::given(method("POST"))
        .and(path(CONTACTS))
        .and(header("Sforce-Duplicate-Rule-Header", "allowSave=true"))
        .respond_with(ResponseTemplate::new(201).set_body_json(json!({"id": CONTACT})))
        .with_priority(1)
        .mount(&server)
        .await;
    let record = json!({"attributes": {"type": "Contact"}, "Id": CONTACT});
    let refusal = json!([{
        "errorCode": "DUPLICATES_DETECTED", "message": "Use one of these records?",
        "duplicateResult": {"allowSave": allow_save, "matchResults": [
            {"matchRecords": [{"record": record}]}
        ]}
    }]);
    answering(&server, "POST", CONTACTS, 400, refusal).await;
    server
}

#[tokio::test]
async fn g4_a_duplicate_with_another_number_is_somebody_else() {
    let server = suspicious(true).await;
    let created = connected(&server).create(&new(None)).await.unwrap();
    assert!(!created.existed, "saved all the same, as the rule allows");
}

#[tokio::test]
async fn g4_a_rule_that_blocks_somebody_else_is_told_and_never_a_match() {
    let server = suspicious(false).await;
    match connected(&server).create(&new(None)).await {
        Err(Failure::Refused { words }) => {
            assert!(words.contains("Use one of these records?"), "{words}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_required_field_of_the_organisations_own_is_named_before_anything_is_sent() {
    let acme = Acme::found().await;
    acme.sandbox.set_up(|setup| {
        setup.required_custom_field.insert("Contact".to_owned());
    });
    match acme.crm().create(&new(None)).await {
        Err(Failure::Refused { words }) => {
            let about = "Contact: Region (Region__c)";
            let advice = Advice::about(AdviceCode::FieldRequired, about);
            assert_eq!(words.advice, Some(advice));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(acme.sandbox.requests_to(&format!("POST {CONTACTS}")), 0);
}

#[tokio::test]
async fn g10_an_owner_who_has_left_does_not_keep_a_record_from_being_created() {
    let acme = Acme::found().await;
    let [alice, _] = acme.agents();
    acme.deactivate(&alice);
    let created = acme.crm().create(&new(Some(alice))).await.unwrap();
    let ada = acme.user("ada@acme.example");
    assert_eq!(acme.record(&created.record.at).unwrap().owner, Some(ada));
    assert_eq!(created.record.owner, None);
}

#[tokio::test]
async fn g4_only_an_attempt_of_our_own_is_found_again() {
    let acme = Acme::found().await;
    acme.put(&Seed::contact(
        "Automatic New Contact -5550134",
        "+14155550134",
    ));
    let found = acme.crm().find_created(&new(None), started()).await;
    assert_eq!(found, Ok(None), "somebody else's");
}

#[tokio::test]
async fn a_field_that_was_hidden_meanwhile_is_no_reason_to_give_up() {
    let acme = Acme::found().await;
    let crm = acme.crm();
    assert_eq!(crm.find_created(&new(None), started()).await, Ok(None));
    acme.sandbox.set_up(|setup| {
        setup.hidden_fields.insert("Contact.OtherPhone".to_owned());
    });
    let first = crm.find_created(&new(None), started()).await;
    assert!(matches!(first, Err(Failure::Retry { .. })), "{first:?}");
    assert_eq!(crm.find_created(&new(None), started()).await, Ok(None));
}

#[tokio::test]
async fn a_lead_without_a_company_gets_what_salesforce_itself_writes() {
    let acme = Acme::found().await;
    let lead = NewRecord {
        module: Module::Lead,
        ..new(None)
    };
    acme.crm().create(&lead).await.unwrap();
    assert_eq!(acme.sandbox.records("Lead")[0]["Company"], "[not provided]");
}
