//! The stand-in for HubSpot: the client that HubSpot itself publishes drives it, and what that
//! client does not ask.

use std::sync::Arc;

use linecard_clock::{SystemClock, SystemEntropy};
use linecard_sandbox::hubspot::{Fault, FaultKind, Options, Sandbox, Switches, Target};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::server::{Answer, answer, client};
use crate::third_party::{clients, installed, passed};

const CONTACTS: &str = "/crm/objects/2026-09/contacts";

async fn start(switches: Switches) -> Sandbox {
    let options = Options {
        switches,
        ..Options::default()
    };
    let clock = Arc::new(SystemClock);
    Sandbox::start(options, clock, Arc::new(SystemEntropy))
        .await
        .unwrap()
}

async fn ask(sandbox: &Sandbox, method: Method, path: &str, body: Option<&Value>) -> Answer {
    let mut request = client()
        .request(method, format!("{}{path}", sandbox.base_url()))
        .bearer_auth(Options::default().service_key);
    if let Some(body) = body {
        request = request.json(body);
    }
    answer(request.send().await.unwrap()).await
}

async fn get(sandbox: &Sandbox, path: &str) -> Answer {
    ask(sandbox, Method::GET, path, None).await
}

async fn search(sandbox: &Sandbox, body: &Value) -> Answer {
    ask(
        sandbox,
        Method::POST,
        &format!("{CONTACTS}/search"),
        Some(body),
    )
    .await
}

async fn page(sandbox: &Sandbox, path: &str, language: &str) -> (StatusCode, String) {
    let request = client()
        .get(format!("{}{path}", sandbox.base_url()))
        .header("accept-language", language);
    let response = request.send().await.unwrap();
    (response.status(), response.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn hubspot_api_client_takes_the_stand_in_for_hubspot() {
    let installed = installed().await;
    let sandbox = start(Switches::default()).await;
    let output = Command::new(installed.join("hubspot-api-client/bin/python"))
        .args(["-B", "-m", "unittest", "test_hubspot"])
        .current_dir(clients().join("hubspot-api-client"))
        .env("BASE_URL", sandbox.base_url())
        .output()
        .await
        .unwrap();
    passed(&output);
    sandbox.stop().await;
}

#[tokio::test]
async fn every_family_of_paths_leads_to_the_same_record() {
    let sandbox = start(Switches::default()).await;
    let id = sandbox
        .add("contacts", &[("lastname", "Caller")], &[])
        .unwrap();
    for family in ["2026-09/contacts", "2026-03/contact", "2026-09/0-1"] {
        let read = get(&sandbox, &format!("/crm/objects/{family}/{id}/")).await;
        assert_eq!(read.body["id"], id, "{family}");
    }
    let read = get(&sandbox, &format!("/crm/v3/objects/contacts/{id}")).await;
    assert_eq!(read.body["id"], id);
    let unknown = get(&sandbox, "/crm/objects/1999-01/contacts").await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn a_404_can_be_a_page() {
    let sandbox = start(Switches {
        not_found_html: true,
        ..Switches::default()
    })
    .await;
    let path = format!("{}/crm/nothing/here", sandbox.base_url());
    let response = client().get(path).send().await.unwrap();
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["x-hubspot-notfound"], "true");
}

#[tokio::test]
async fn a_search_does_not_see_what_was_written_a_moment_ago() {
    let sandbox = start(Switches {
        search_lag_ms: 3_600_000,
        ..Switches::default()
    })
    .await;
    let id = sandbox
        .add("contacts", &[("lastname", "Caller")], &[])
        .unwrap();
    let found = search(&sandbox, &json!({})).await;
    assert_eq!(found.body["total"], 0);
    let read = get(&sandbox, &format!("{CONTACTS}/{id}")).await;
    assert_eq!(read.status, 200);
}

#[tokio::test]
async fn a_search_keeps_to_the_vendors_limits() {
    let sandbox = start(Switches::default()).await;
    let one = json!({"propertyName": "phone", "operator": "HAS_PROPERTY"});
    let group = |filters: usize| json!({"filters": vec![one.clone(); filters]});
    for refused in [
        json!({"limit": 201}),
        json!({"limit": 200, "after": "9900"}),
        json!({"filterGroups": vec![group(1); 6]}),
        json!({"filterGroups": [group(7)]}),
        json!({"filterGroups": vec![group(4); 5]}),
        json!({"filterGroups": [{"filters": [{"propertyName": "phone", "operator": "LIKE"}]}]}),
        json!({"query": "q".repeat(3_001)}),
        json!({"sorts": ["shoe"]}),
    ] {
        let told = search(&sandbox, &refused).await;
        assert_eq!(told.status, 400, "{refused}");
        assert_eq!(told.body["category"], "VALIDATION_ERROR", "{refused}");
    }
    let unknown = json!({"filterGroups": [{"filters": [
        {"propertyName": "shoe", "operator": "EQ", "value": "44"}]}]});
    let told = search(&sandbox, &unknown).await;
    assert_eq!(
        (told.status.as_u16(), &told.body["category"]),
        (400, &Value::Null)
    );
}

#[tokio::test]
async fn every_operator_means_what_the_vendor_says() {
    let sandbox = start(Switches::default()).await;
    for (name, city) in [("One", "Aachen"), ("Two", "Bonn"), ("Three", "")] {
        let properties = [("lastname", name), ("city", city), ("company", "Operators")];
        sandbox.add("contacts", &properties, &[]).unwrap();
    }
    for (mut filter, total) in [
        (json!({"operator": "EQ", "value": "bonn"}), 1),
        (json!({"operator": "NEQ", "value": "Bonn"}), 2),
        (json!({"operator": "LT", "value": "Bonn"}), 1),
        (json!({"operator": "LTE", "value": "Bonn"}), 2),
        (json!({"operator": "GT", "value": "Aachen"}), 1),
        (json!({"operator": "GTE", "value": "Aachen"}), 2),
        (
            json!({"operator": "BETWEEN", "value": "A", "highValue": "B"}),
            1,
        ),
        (json!({"operator": "IN", "values": ["bonn", "aachen"]}), 2),
        (json!({"operator": "NOT_IN", "values": ["bonn"]}), 2),
        (json!({"operator": "HAS_PROPERTY"}), 2),
        (json!({"operator": "NOT_HAS_PROPERTY"}), 1),
        (json!({"operator": "CONTAINS_TOKEN", "value": "*nn"}), 1),
        (
            json!({"operator": "NOT_CONTAINS_TOKEN", "value": "bonn"}),
            2,
        ),
    ] {
        filter["propertyName"] = "city".into();
        let own = json!({"propertyName": "company", "operator": "EQ", "value": "Operators"});
        let body = json!({"filterGroups": [{"filters": [filter, own]}]});
        let found = search(&sandbox, &body).await;
        assert_eq!(found.body["total"], total, "{}", found.body);
    }
}

#[tokio::test]
async fn limits_are_kept_and_told_and_a_search_tells_only_the_days() {
    let sandbox = start(Switches {
        search_per_s: 1,
        retry_after: true,
        daily: 100,
        ..Switches::default()
    })
    .await;
    let path = format!("{}{CONTACTS}/search", sandbox.base_url());
    let send = || {
        client()
            .post(&path)
            .bearer_auth("stand-in-service-key")
            .json(&json!({}))
            .send()
    };
    let first = send().await.unwrap();
    assert_eq!(first.headers()["x-hubspot-ratelimit-daily"], "100");
    assert_eq!(first.headers()["x-hubspot-ratelimit-daily-remaining"], "99");
    assert!(first.headers().get("x-hubspot-ratelimit-max").is_none());
    let second = send().await.unwrap();
    assert_eq!(second.status(), 429);
    assert_eq!(second.headers()["retry-after"], "1");
    let told = answer(second).await;
    assert_eq!(told.body["policyName"], "SECONDLY");
    assert_eq!(
        told.body["message"],
        "You have reached your secondly limit."
    );
}

#[tokio::test]
async fn the_inbound_call_api_is_closed_unless_it_is_switched_on() {
    let call = json!({
        "createEngagement": true, "externalCallId": "c-1", "finalCallStatus": "COMPLETED",
        "engagementProperties": {"hs_call_title": "Call"},
        "fromNumber": {"e164Number": "+14155550134", "phoneNumberType": "FIXED_LINE"},
        "toNumber": {"e164Number": "+14155550100", "phoneNumberType": "UNKNOWN"},
        "potentialRecipientUserIds": [7002],
    });
    let path = "/crm/extensions/calling/2026-09/inbound-call";
    let sandbox = start(Switches::default()).await;
    let closed = ask(&sandbox, Method::POST, path, Some(&call)).await;
    assert_eq!(closed.status, 403);
    sandbox.switch(|switches| switches.inbound_call = true);
    for _ in 0..2 {
        let told = ask(&sandbox, Method::POST, path, Some(&call)).await;
        assert_eq!(told.body["callerIdMatches"][0]["lastName"], "Torres");
    }
    assert_eq!(
        sandbox.records("calls").len(),
        1,
        "the same call twice is one"
    );
}

#[tokio::test]
async fn a_record_has_a_page_that_shows_its_calls_and_runs_nothing() {
    let sandbox = start(Switches::default()).await;
    let hostile = "<img src=x onerror=alert(1)>";
    let contacts = sandbox.records("contacts");
    let contact = contacts
        .iter()
        .find(|contact| contact["properties"]["lastname"] == hostile)
        .unwrap();
    let id = contact["id"].as_str().unwrap();
    let properties = [
        ("hs_timestamp", "1778745600000"),
        ("hs_call_title", "Extension Call"),
        ("hs_call_body", "<p>a &lt;script&gt;</p><p>linecard: k</p>"),
        ("hs_call_duration", "93000"),
    ];
    sandbox.add("calls", &properties, &[(id, 194)]).unwrap();
    let address = format!("/contacts/147893286/record/0-1/{id}");
    for (language, words) in [("en", "Activities"), ("zh-CN", "活动")] {
        let (status, text) = page(&sandbox, &address, language).await;
        assert_eq!(status, 200);
        for part in [words, "Extension Call", "01:33", "&lt;img src=x"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(
            !text.contains("<img") && !text.contains("<script"),
            "{text}"
        );
    }
    let (status, _) = page(&sandbox, "/contacts/1/record/0-1/501", "en").await;
    assert_eq!(status, 404, "another account's page");
    let (_, home) = page(&sandbox, "/", "en").await;
    assert!(home.contains(&address), "{home}");
}

#[tokio::test]
async fn a_fault_counts_how_often_it_came() {
    let sandbox = start(Switches::default()).await;
    sandbox.add_fault(Fault::new(FaultKind::Locked, 1));
    assert_eq!(
        get(&sandbox, CONTACTS).await.status,
        200,
        "a read meets no lock"
    );
    let created = ask(
        &sandbox,
        Method::POST,
        CONTACTS,
        Some(&json!({"properties": {}})),
    )
    .await;
    assert_eq!(created.status, 423);
    assert_eq!(sandbox.fired(FaultKind::Locked), 1);
    sandbox.add_fault(Fault::new(FaultKind::Unavailable, 1).at(Target::Reads));
    assert_eq!(get(&sandbox, CONTACTS).await.status, 503);
    let told = get(&sandbox, "/__sandbox/faults").await;
    assert_eq!(told.body["fired"], json!({"locked": 1, "unavailable": 1}));
}

#[tokio::test]
async fn the_management_switches_what_differs_between_accounts_and_puts_it_back() {
    let sandbox = start(Switches::default()).await;
    let switches = json!({"leads": false});
    let told = ask(
        &sandbox,
        Method::PUT,
        "/__sandbox/switches",
        Some(&switches),
    )
    .await;
    assert_eq!(told.status, 204);
    let leads = "/crm/objects/2026-09/leads";
    assert_eq!(get(&sandbox, leads).await.status, 403);
    let unknown = json!({"shoe": 44});
    let told = ask(&sandbox, Method::PUT, "/__sandbox/switches", Some(&unknown)).await;
    assert_eq!(told.status, 422);
    ask(&sandbox, Method::POST, "/__sandbox/reset", None).await;
    assert_eq!(
        get(&sandbox, leads).await.body["results"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}
