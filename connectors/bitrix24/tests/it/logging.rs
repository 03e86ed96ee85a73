//! Writing a call where a portal has its own ways.

use jiff::civil::date;
use linecard_crm::{EntryKey, Failure, FollowUp, LateParts, LeftOut, Module, RecordRef};
use linecard_http::{HttpClient, HttpSettings, Request};
use linecard_sandbox::bitrix24::{Fault, FaultKind, Kind, Permission};
use serde_json::{Value, json};

use crate::acme::{ALICE, Acme, entry};

/// The records on whose pages the only activity stands: `contact 1`.
fn pages(acme: &Acme) -> Vec<String> {
    let activities = acme.activities();
    assert_eq!(activities.len(), 1, "{activities:?}");
    let bindings = activities[0]["BINDINGS"].as_array().unwrap();
    let page = |binding: &Value| {
        let kind = match binding["OWNER_TYPE_ID"].as_str() {
            Some("1") => "lead",
            Some("3") => "contact",
            _ => "company",
        };
        format!("{kind} {}", binding["OWNER_ID"].as_str().unwrap())
    };
    bindings.iter().map(page).collect()
}

#[tokio::test]
async fn e2_a_call_stands_at_the_person_and_at_the_company_for_one_request() {
    let acme = Acme::new().await;
    let mut call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    call.account = Some(acme.company("Blue Harbor"));
    let (requests, logged) = acme.requests(acme.crm.log(&call)).await;
    assert_eq!(requests, 1);
    assert_eq!(logged.unwrap().without, []);
    assert_eq!(pages(&acme), ["contact 1", "company 1"]);
}

#[tokio::test]
async fn e11_the_activity_says_what_the_call_was() {
    let acme = Acme::new().await;
    let call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    acme.crm.log(&call).await.unwrap();
    let activity = acme.activities().remove(0);
    for (field, value) in [
        ("TYPE_ID", "2"),
        ("PROVIDER_ID", "VOXIMPLANT_CALL"),
        ("DIRECTION", "1"),
        ("COMPLETED", "Y"),
        ("RESPONSIBLE_ID", ALICE),
        ("START_TIME", "2026-05-14T12:25:37+03:00"),
        ("END_TIME", "2026-05-14T12:27:10+03:00"),
        ("ORIGINATOR_ID", "linecard"),
        ("ORIGIN_ID", "key-1"),
    ] {
        assert_eq!(activity[field], value, "{field}");
    }
    assert_eq!(activity["COMMUNICATIONS"][0]["VALUE"], "+14155550134");
}

#[tokio::test]
async fn e1_a_missed_call_stays_an_open_to_do() {
    let acme = Acme::new().await;
    let mut call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    call.outcome = linecard_crm::CallOutcome::NotAnswered;
    call.talk_seconds = 0;
    acme.crm.log(&call).await.unwrap();
    let activity = acme.activities().remove(0);
    assert_eq!(activity["COMPLETED"], "N");
    assert_eq!(activity["DEADLINE"], activity["START_TIME"]);
}

#[tokio::test]
async fn e10_a_number_in_angle_brackets_can_be_read_on_the_records_page() {
    let acme = Acme::new().await;
    let who = acme.contact("Maya", "+14155550134");
    acme.crm.log(&entry("key-1", &who)).await.unwrap();
    let http = HttpClient::new(HttpSettings {
        allow_private: true,
        ..HttpSettings::default()
    })
    .unwrap();
    let mut request = Request::new(Vec::new());
    *request.uri_mut() = acme.crm.page(&who).as_str().parse().unwrap();
    let page = String::from_utf8(http.send(request).await.unwrap().into_body()).unwrap();
    assert!(
        page.contains("Incoming Call from &lt;4155550134&gt;"),
        "{page}"
    );
}

#[tokio::test]
async fn a_person_who_is_gone_leaves_the_call_at_the_company() {
    let acme = Acme::new().await;
    let mut call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    call.account = Some(acme.company("Blue Harbor"));
    acme.sandbox.remove(Kind::Contact, 1);
    let logged = acme.crm.log(&call).await.unwrap();
    let left: Vec<LeftOut> = logged.without.iter().map(|without| without.what).collect();
    assert_eq!(left, [LeftOut::Who]);
    assert!(
        logged.without[0].words.contains("build binding"),
        "{:?}",
        logged.without
    );
    assert_eq!(pages(&acme), ["company 1"]);
}

#[tokio::test]
async fn a_company_that_is_gone_leaves_the_call_at_the_person() {
    let acme = Acme::new().await;
    let mut call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    call.account = Some(acme.company("Blue Harbor"));
    acme.sandbox.remove(Kind::Company, 1);
    let logged = acme.crm.log(&call).await.unwrap();
    let left: Vec<LeftOut> = logged.without.iter().map(|without| without.what).collect();
    assert_eq!(left, [LeftOut::Account]);
    assert_eq!(pages(&acme), ["contact 1"]);
}

#[tokio::test]
async fn a_portal_that_takes_a_dismissed_owner_keeps_the_owner() {
    let acme = Acme::switched(|switches| switches.inactive_responsible = Permission::Allow).await;
    let call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    acme.sandbox.set_active(2, false);
    assert_eq!(acme.crm.log(&call).await.unwrap().without, []);
    assert_eq!(acme.activities()[0]["RESPONSIBLE_ID"], ALICE);
}

#[tokio::test]
async fn a_record_that_may_not_be_changed_is_refused_in_the_portals_words() {
    let acme = Acme::new().await;
    let call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    acme.sandbox
        .add_fault(Fault::new(FaultKind::AccessDenied, 1));
    assert_eq!(
        acme.crm.log(&call).await,
        Err(Failure::refused("Access denied."))
    );
    assert!(acme.crm.log(&call).await.is_ok(), "the next one goes on");
}

#[tokio::test]
async fn x3_a_call_can_be_moved_to_another_person() {
    let acme = Acme::new().await;
    let mut call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    call.account = Some(acme.company("Blue Harbor"));
    let id = acme.crm.log(&call).await.unwrap().id;
    call.who = acme.contact("Liam", "+14155550134");
    call.account = None;
    for _ in 0..2 {
        acme.crm.reassign(&id, &call).await.unwrap();
        assert_eq!(pages(&acme), ["contact 2"]);
    }
}

#[tokio::test]
async fn x1_a_call_that_somebody_deleted_cannot_be_amended_and_blocks_nothing() {
    let acme = Acme::new().await;
    let call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    let told = acme.crm.amend("99", &call, &LateParts::default()).await;
    assert!(matches!(told, Err(Failure::Refused { .. })), "{told:?}");
}

#[tokio::test]
async fn x10_a_call_to_be_made_names_the_number_and_the_day() {
    let acme = Acme::new().await;
    let lead = acme.put(
        Kind::Lead,
        &json!({"TITLE": "Maya", "PHONE": [{"VALUE": "(415) 555-0134"}]}),
    );
    let task = FollowUp {
        key: EntryKey::new("task-1"),
        subject: "Call Maya back".to_owned(),
        description: String::new(),
        due: date(2026, 5, 15),
        zone: jiff::tz::TimeZone::UTC,
        owner: ALICE.to_owned(),
        who: RecordRef {
            module: Module::Lead,
            id: lead,
        },
    };
    acme.crm.add_task(&task).await.unwrap();
    let planned = acme.activities().remove(0);
    assert_eq!(planned["COMMUNICATIONS"][0]["VALUE"], "(415) 555-0134");
    assert_eq!(planned["DEADLINE"], "2026-05-15T21:00:00+03:00");
    assert_eq!(planned["COMPLETED"], "N");
}

#[tokio::test]
async fn x6_a_call_whose_answer_was_lost_is_found_at_once() {
    let acme = Acme::new().await;
    let call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    acme.sandbox
        .add_fault(Fault::new(FaultKind::DropAfterCommit, 1));
    let logged = acme.crm.log(&call).await.unwrap();
    let activities = acme.activities();
    assert_eq!(activities.len(), 1);
    assert_eq!(activities[0]["ID"], logged.id);
}

#[tokio::test]
async fn x6_a_call_that_may_still_be_written_is_not_written_again() {
    let acme = Acme::new().await;
    let call = entry("key-1", &acme.contact("Maya", "+14155550134"));
    acme.sandbox
        .add_fault(Fault::new(FaultKind::Unavailable, 1));
    let (requests, lost) = acme.requests(acme.crm.log(&call)).await;
    assert!(matches!(lost, Err(Failure::Unknown { .. })), "{lost:?}");
    assert_eq!(requests, 2, "written, and looked for");
    assert!(acme.crm.settles_after() >= std::time::Duration::from_mins(1));
}
