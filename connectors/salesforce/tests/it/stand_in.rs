//! The whole way against the stand-in Salesforce, over HTTP.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use futures_util::future::join_all;
use linecard_clock::{SystemClock, SystemEntropy};
use linecard_crm::{
    AuthorizationRequest, Connector as _, Crm, Failure, Grant, LogEntry, Module, PersonNeeded,
    RecordRef, Settings,
};
use linecard_http::{Answer, HttpClient, HttpSettings, Request};
use linecard_sandbox::salesforce::{Application, Fault, FaultKind, Options, Sandbox, Seed};
use serde_json::Value;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::organisation::{Grants, consent as consented, entry, phone, plan, salesforce, settings};

/// One number in three notations, one that only ends the same, and a lead with the number.
const PEOPLE: &str = r#"{
    "Organization": [{"Name": "Acme"}],
    "Profile": [{"@name": "standard", "Name": "Standard User"},
                {"@name": "robot", "Name": "Analytics Cloud Integration User"}],
    "User": [
        {"@name": "alice", "FirstName": "Alice", "LastName": "Adams", "ProfileId": "@standard",
         "Username": "alice@acme.example", "Email": "alice@acme.example",
         "IsActive": true, "UserType": "Standard"},
        {"LastName": "Integration User", "ProfileId": "@robot", "Username": "robot@acme.example",
         "Email": "robot@acme.example", "IsActive": true, "UserType": "Standard"}],
    "TaskStatus": [
        {"MasterLabel": "Open", "ApiName": "Open", "SortOrder": 1, "IsDefault": true,
         "IsClosed": false},
        {"MasterLabel": "Done", "ApiName": "Done", "SortOrder": 2, "IsDefault": false,
         "IsClosed": true}],
    "Account": [{"@name": "acme", "Name": "Acme Ltd", "Phone": "+1 415 555 0100",
                 "OwnerId": "@alice"}],
    "Contact": [
        {"LastName": "Bracket", "Phone": "(415) 555-0134", "AccountId": "@acme",
         "OwnerId": "@alice"},
        {"LastName": "Plus", "MobilePhone": "+14155550134", "OwnerId": "@alice"},
        {"LastName": "Dot", "HomePhone": "415.555.0134", "OwnerId": "@alice"},
        {"LastName": "Stranger", "Phone": "+44 415 555 0134", "OwnerId": "@alice"}],
    "Lead": [{"LastName": "Later", "Company": "New Ltd", "Phone": "1 415 555 0134",
              "OwnerId": "@alice", "IsConverted": false}]
}"#;

const USERNAME: &str = "alice@acme.example";

async fn stand_in(application: Application) -> Sandbox {
    let options = Options {
        seed: Seed::from_json(PEOPLE).unwrap(),
        application,
        ..Options::default()
    };
    Sandbox::start(options, Arc::new(SystemClock), Arc::new(SystemEntropy))
        .await
        .unwrap()
}

fn its_settings(sandbox: &Sandbox) -> Settings {
    let application = Application::default();
    let mut settings = settings(sandbox.base_url());
    let mut set = |name: &str, value: String| settings.0.insert(name.to_owned(), value);
    set("client_id", application.consumer_key);
    set("client_secret", application.consumer_secret);
    settings
}

/// A connection for Alice, without the browser's part.
fn connected(sandbox: &Sandbox) -> Arc<dyn Crm> {
    let tokens = sandbox.sign_in(USERNAME).unwrap().unwrap();
    let grant = Grant {
        access_token: tokens.access_token,
        refresh_token: Some(tokens.refresh_token),
        api_base: sandbox.base_url().parse().unwrap(),
        organisation: id(sandbox, "Organization", "Name", "Acme"),
        user: id(sandbox, "User", "Username", USERNAME),
        extra: BTreeMap::new(),
    };
    open(sandbox, grant)
}

fn open(sandbox: &Sandbox, grant: Grant) -> Arc<dyn Crm> {
    salesforce()
        .open(&its_settings(sandbox), Grants::holding(grant), plan())
        .unwrap_or_else(|failure| panic!("{failure}"))
}

/// The id of the record whose `field` is `value`.
fn id(sandbox: &Sandbox, object: &str, field: &str, value: &str) -> String {
    let records = sandbox.records(object);
    let record = records.iter().find(|record| record[field] == value);
    let record = record.unwrap_or_else(|| panic!("no {object} with {field} {value}"));
    record["Id"].as_str().unwrap().to_owned()
}

/// A call of Alice's with the contact whose number is in brackets.
fn call(sandbox: &Sandbox) -> LogEntry {
    LogEntry {
        owner: id(sandbox, "User", "Username", USERNAME),
        who: RecordRef {
            module: Module::Contact,
            id: id(sandbox, "Contact", "LastName", "Bracket"),
        },
        account: Some(RecordRef {
            module: Module::Account,
            id: id(sandbox, "Account", "Name", "Acme Ltd"),
        }),
        ..entry()
    }
}

/// What a browser does: keeps the cookie and is told where to go next.
#[derive(Default)]
struct Browser {
    cookie: Option<String>,
}

impl Browser {
    async fn get(&mut self, url: &Url) -> Answer {
        self.send(url, None).await
    }

    async fn post(&mut self, url: &Url, fields: &[(&str, &str)]) -> Answer {
        let form = Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(url, Some(form)).await
    }

    async fn send(&mut self, url: &Url, form: Option<String>) -> Answer {
        let http = HttpClient::new(HttpSettings {
            allow_private: true,
            ..HttpSettings::default()
        })
        .unwrap();
        let mut request = http::Request::get(url.as_str());
        if form.is_some() {
            let kind = "application/x-www-form-urlencoded";
            request = http::Request::post(url.as_str()).header("content-type", kind);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let body = form.unwrap_or_default().into_bytes();
        let request: Request = request.body(body).unwrap();
        let answer = http.send(request).await.unwrap();
        if let Some(cookie) = answer.headers().get("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        answer
    }
}

/// Signs in as Alice, allows, and returns where the browser is sent.
async fn consent(sandbox: &Sandbox, authorize: &Url) -> Url {
    let at = |path: &str| Url::parse(&format!("{}{path}", sandbox.base_url())).unwrap();
    let mut browser = Browser::default();
    let page = browser.get(authorize).await;
    let page = String::from_utf8(page.into_body()).unwrap();
    let ticket = page
        .split("name=\"request\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let password = Options::default().password;
    let sign_in = [
        ("request", ticket),
        ("username", USERNAME),
        ("password", &password),
    ];
    browser
        .post(&at("/services/oauth2/authorize/sign-in"), &sign_in)
        .await;
    let allow = [("request", ticket), ("decision", "allow")];
    let back = browser
        .post(&at("/services/oauth2/authorize/consent"), &allow)
        .await;
    back.headers()["location"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap()
}

#[tokio::test]
async fn a4_a10_a20_consent_becomes_a_connection_that_knows_whose_it_is() {
    let sandbox = stand_in(Application::default()).await;
    let request = AuthorizationRequest {
        redirect_uri: "http://localhost/callback/".parse().unwrap(),
        state: "the-state".to_owned(),
        verifier: "v".repeat(43),
    };
    let settings = its_settings(&sandbox);
    let authorize = salesforce().authorize(&settings, &request).unwrap();
    let back = consent(&sandbox, &authorize).await;
    let answer: HashMap<_, _> = back.query_pairs().into_owned().collect();
    assert_eq!(answer["state"], "the-state");

    let grant = salesforce()
        .exchange(&settings, &request, &consented(&answer["code"]))
        .await
        .unwrap_or_else(|failure| panic!("{failure}"));
    assert!(grant.refresh_token.is_some());
    let organisation = grant.organisation.clone();
    let identity = open(&sandbox, grant).probe().await.unwrap().identity;
    assert_eq!(identity.organisation, organisation);
    assert_eq!(identity.organisation_name.as_deref(), Some("Acme"));
    assert_eq!(identity.user, USERNAME);

    let again = salesforce()
        .exchange(&settings, &request, &consented(&answer["code"]))
        .await;
    assert!(matches!(
        again.err(),
        Some(Failure::NeedsPerson {
            what: PersonNeeded::SignIn,
            ..
        })
    ));
}

#[tokio::test]
async fn b1_b2_b3_people_are_listed_and_robots_are_recognised() {
    let sandbox = stand_in(Application::default()).await;
    let users = connected(&sandbox).users().await.unwrap();
    let listed = users
        .iter()
        .map(|user| (user.name.as_str(), user.is_system));
    let expected = [("Alice Adams", false), ("Integration User", true)];
    assert_eq!(listed.collect::<Vec<_>>(), expected);
    assert_eq!(users[0].email.as_deref(), Some(USERNAME));
}

#[tokio::test]
async fn a_caller_is_found_in_every_notation_and_never_by_the_last_digits() {
    let sandbox = stand_in(Application::default()).await;
    let found = connected(&sandbox)
        .find(&phone("+14155550134"))
        .await
        .unwrap();
    let mut contacts: Vec<&str> = found[..3]
        .iter()
        .map(|record| record.name.as_str())
        .collect();
    contacts.sort_unstable();
    assert_eq!(contacts, ["Bracket", "Dot", "Plus"]);
    assert_eq!(found[3].at.module, Module::Lead);
    assert_eq!(found.len(), 4);
    let bracket = found
        .iter()
        .find(|record| record.name == "Bracket")
        .unwrap();
    assert_eq!(bracket.company.as_deref(), Some("Acme Ltd"));
    assert_eq!(
        bracket.page.as_str(),
        format!(
            "{}/lightning/r/Contact/{}/view",
            sandbox.base_url(),
            bracket.at.id
        )
    );
}

#[tokio::test]
async fn a_number_that_nobody_has_is_found_nowhere() {
    let sandbox = stand_in(Application::default()).await;
    let found = connected(&sandbox).find(&phone("+14155550199")).await;
    assert_eq!(found, Ok(Vec::new()));
}

#[tokio::test]
async fn e2_e9_e11_a_call_stands_in_the_timeline_and_is_found_by_its_key() {
    let sandbox = stand_in(Application::default()).await;
    let crm = connected(&sandbox);
    let call = call(&sandbox);
    let id = crm.log(&call).await.unwrap().id;

    let tasks = sandbox.records("Task");
    assert_eq!(tasks.len(), 1);
    for (field, value) in [
        ("Id", Value::from(id)),
        ("Subject", "Extension Call".into()),
        ("Description", call.description.into()),
        ("TaskSubtype", "Call".into()),
        ("CallType", "Inbound".into()),
        ("CallDurationInSeconds", 93.into()),
        ("CallDisposition", "Answered".into()),
        ("CallObject", "call-1".into()),
        ("Status", "Done".into()),
        ("ActivityDate", "2026-05-01".into()),
        ("OwnerId", call.owner.into()),
        ("WhoId", call.who.id.into()),
        ("WhatId", call.account.unwrap().id.into()),
    ] {
        assert_eq!(tasks[0][field], value, "{field}");
    }
}

#[tokio::test]
async fn a_call_that_met_a_locked_row_or_the_days_quota_was_not_written() {
    let sandbox = stand_in(Application::default()).await;
    let crm = connected(&sandbox);
    let call = call(&sandbox);
    // The first call asks for the statuses too.
    crm.log(&call).await.unwrap();
    sandbox.add_fault(Fault::new(FaultKind::Lock, 1));
    let locked = crm.log(&call).await;
    assert!(matches!(locked, Err(Failure::Retry { .. })), "{locked:?}");
    sandbox.add_fault(Fault::new(FaultKind::Quota, 1));
    let throttled = crm.log(&call).await;
    assert!(
        matches!(throttled, Err(Failure::Throttled { until: Some(_), .. })),
        "{throttled:?}"
    );
    assert_eq!(sandbox.records("Task").len(), 1);
}

#[tokio::test]
async fn an_expired_token_is_refreshed_once_for_all_also_where_refresh_tokens_rotate() {
    let sandbox = stand_in(Application {
        rotates_refresh_tokens: true,
        ..Application::default()
    })
    .await;
    let crm = connected(&sandbox);
    for round in 1..=2 {
        sandbox.expire_access_tokens().unwrap();
        for users in join_all((0..20).map(|_| crm.users())).await {
            assert_eq!(users.map(|users| users.len()), Ok(2));
        }
        assert_eq!(
            sandbox.requests_to("POST /services/oauth2/token"),
            round,
            "round {round}"
        );
    }
}

#[tokio::test]
async fn a12_a_sign_in_that_was_taken_back_needs_a_person() {
    let sandbox = stand_in(Application::default()).await;
    let crm = connected(&sandbox);
    assert_eq!(crm.revoke().await, Ok(()));
    let refused = crm.users().await;
    assert!(
        matches!(
            refused,
            Err(Failure::NeedsPerson {
                what: PersonNeeded::SignIn,
                ..
            })
        ),
        "{refused:?}"
    );
}
