//! Calls and tasks as HubSpot keeps them.

use jiff::civil::date;
use jiff::tz::TimeZone;
use linecard_conformance::entry;
use linecard_crm::{EntryKey, Failure, FollowUp, LateParts, LeftOut, LogEntry, Module};
use linecard_sandbox::hubspot::{Fault, FaultKind, Link, RequiredProperty, Switches, Target};

use crate::account::{Account, at};

const BATCH: &str = "POST /crm/objects/2026-09/calls/batch/create";

fn property(call: &serde_json::Value, name: &str) -> String {
    call["properties"][name]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn grace(account: &Account) -> LogEntry {
    let grace = account.contact("Hopper", "+14155550134");
    entry("key-1", &account.owner("alice"), &grace)
}

#[tokio::test]
async fn e2_e11_a_call_stands_there_in_hubspots_own_words() {
    let account = Account::consented().await;
    let mut asked = grace(&account);
    let company = account
        .sandbox
        .add("companies", &[("name", "Acme")], &[])
        .unwrap();
    asked.account = Some(at(Module::Account, &company));
    asked.description = "<b>Call</b> & more\nsecond line".to_owned();
    let logged = account.crm.log(&asked).await.unwrap();

    let call = account.only("calls");
    for (name, value) in [
        ("hs_call_title", "Extension Call"),
        ("hs_timestamp", "2026-05-14T09:25:37.000Z"),
        ("hs_call_duration", "93000"),
        ("hs_call_direction", "INBOUND"),
        ("hs_call_status", "COMPLETED"),
        ("hs_call_from_number", "+14155550134"),
        ("hs_call_to_number", "101"),
        (
            "hs_call_disposition",
            "f240bbac-87c9-4f6e-bf70-924b57d47db7",
        ),
        ("hubspot_owner_id", &asked.owner),
        (
            "hs_call_body",
            "<p>&lt;b&gt;Call&lt;/b&gt; &amp; more<br>second line</p><p>linecard: key-1</p>",
        ),
    ] {
        assert_eq!(property(&call, name), value, "{name}");
    }
    let links = account.sandbox.associated("calls", &logged.id);
    let link = |kind, id: &str, type_id| Link {
        kind,
        id: id.to_owned(),
        type_id,
    };
    assert_eq!(
        links,
        [
            link("contacts", &asked.who.id, 194),
            link("companies", &company, 182)
        ]
    );
    assert_eq!(
        account.crm.entry_page(&logged.id, Some(&asked.who)),
        account.crm.page(&asked.who),
        "a call is read on the page of its person"
    );
}

#[tokio::test]
async fn a_call_of_a_lead_stands_at_the_lead_by_the_accounts_own_number() {
    let account = Account::with(Switches {
        call_lead_type: 731,
        ..Switches::default()
    })
    .await;
    let contact = account.contact("Chen", "(646) 555-0190");
    let lead = account.lead("New website", &contact);
    let owner = account.owner("alice");
    for key in ["key-1", "key-2"] {
        account.crm.log(&entry(key, &owner, &lead)).await.unwrap();
    }
    let calls = account.sandbox.records("calls");
    let links = account
        .sandbox
        .associated("calls", calls[0]["id"].as_str().unwrap());
    assert_eq!(
        links,
        [Link {
            kind: "leads",
            id: lead.id.clone(),
            type_id: 731
        }]
    );
    let labels = "GET /crm/associations/2026-09/calls/leads/labels";
    assert_eq!(account.sandbox.requests_to(labels), 1, "asked once");
    let found = account
        .crm
        .find_logged(&[entry("key-2", &owner, &lead)])
        .await
        .unwrap();
    assert_eq!(
        found[&EntryKey::new("key-2")],
        calls[1]["id"].as_str().unwrap()
    );
}

#[tokio::test]
async fn x6_a_lost_call_is_found_though_the_index_lags() {
    let account = Account::with(Switches {
        search_lag_ms: 3_600_000,
        ..Switches::default()
    })
    .await;
    let asked = grace(&account);
    account
        .sandbox
        .add_fault(Fault::new(FaultKind::DropAfterCommit, 1));
    let lost = account.crm.log(&asked).await;
    assert!(matches!(lost, Err(Failure::Unknown { .. })), "{lost:?}");
    let found = account
        .crm
        .find_logged(std::slice::from_ref(&asked))
        .await
        .unwrap();
    assert_eq!(
        found[&asked.key],
        account.only("calls")["id"].as_str().unwrap()
    );
    let search = "POST /crm/objects/2026-09/calls/search";
    assert_eq!(account.sandbox.requests_to(search), 0);
}

#[tokio::test]
async fn x6_of_somebody_who_is_called_often_two_requests_find_a_lost_call() {
    let account = Account::consented().await;
    let asked = grace(&account);
    for number in 0..650 {
        let body = format!("<p>linecard: other-{number}</p>");
        let properties = [
            ("hs_timestamp", "1778745600000"),
            ("hs_call_body", body.as_str()),
        ];
        account
            .sandbox
            .add("calls", &properties, &[(&asked.who.id, 194)])
            .unwrap();
    }
    account.crm.log(&asked).await.unwrap();
    let before = account.sandbox.requests();
    let found = account
        .crm
        .find_logged(std::slice::from_ref(&asked))
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    // Two pages of associations, and the newest hundred calls.
    assert_eq!(account.sandbox.requests() - before, 3);
}

#[tokio::test]
async fn x6_a_call_whose_person_went_meanwhile_is_found_by_its_time() {
    let account = Account::consented().await;
    let asked = grace(&account);
    account.sandbox.archive("contacts", &asked.who.id);
    let logged = account.crm.log(&asked).await.unwrap();
    assert_eq!(logged.without[0].what, LeftOut::Who);
    let found = account
        .crm
        .find_logged(std::slice::from_ref(&asked))
        .await
        .unwrap();
    assert_eq!(found[&asked.key], logged.id);
}

#[tokio::test]
async fn a_person_who_is_gone_is_told_in_either_of_two_ways() {
    for as_404 in [true, false] {
        let account = Account::with(Switches {
            gone_association_404: as_404,
            ..Switches::default()
        })
        .await;
        let mut asked = grace(&account);
        let company = account
            .sandbox
            .add("companies", &[("name", "Acme")], &[])
            .unwrap();
        asked.account = Some(at(Module::Account, &company));
        account.sandbox.archive("contacts", &asked.who.id);
        let logged = account.crm.log(&asked).await.unwrap();
        let left: Vec<_> = logged.without.iter().map(|without| without.what).collect();
        assert_eq!(left, [LeftOut::Who]);
        let links = account.sandbox.associated("calls", &logged.id);
        assert_eq!(links.len(), 1, "it stands at the company: {links:?}");
    }
}

#[tokio::test]
async fn an_outcome_that_the_account_does_not_have_is_left_out() {
    let account = Account::with(Switches {
        dispositions: false,
        ..Switches::default()
    })
    .await;
    let asked = grace(&account);
    let logged = account.crm.log(&asked).await.unwrap();
    assert_eq!(logged.without[0].what, LeftOut::Field);
    assert!(
        logged.without[0].words.contains("allowed options"),
        "{logged:?}"
    );
    assert_eq!(
        property(&account.only("calls"), "hs_call_status"),
        "COMPLETED"
    );
}

#[tokio::test]
async fn a_required_property_refuses_the_call_in_the_accounts_words() {
    let account = Account::with(Switches {
        required_property: Some(RequiredProperty {
            object: "calls".to_owned(),
            property: "hs_activity_type".to_owned(),
        }),
        ..Switches::default()
    })
    .await;
    let asked = grace(&account);
    let refused = account.crm.log(&asked).await;
    let Err(Failure::Refused { words }) = refused else {
        panic!("{refused:?}");
    };
    assert!(words.contains("hs_activity_type"), "{words}");
}

#[tokio::test]
async fn x6_a_207_is_no_success_of_the_calls_that_failed() {
    let account = Account::consented().await;
    let good = grace(&account);
    let left = LogEntry {
        key: EntryKey::new("key-2"),
        owner: account.owner("frank"),
        ..good.clone()
    };
    let told = account.crm.log_many(&[good, left]).await.unwrap();
    let second = told[1].as_ref().unwrap();
    assert_eq!(second.without[0].what, LeftOut::Owner);
    assert_eq!(account.sandbox.records("calls").len(), 2);
    assert_eq!(account.sandbox.requests_to(BATCH), 2, "mended together");
}

#[tokio::test]
async fn x6_the_one_that_spoils_a_whole_batch_is_found_by_halves() {
    let account = Account::with(Switches {
        batch_all_or_nothing: true,
        ..Switches::default()
    })
    .await;
    let good = grace(&account);
    let mut entries: Vec<LogEntry> = (0..16)
        .map(|number| LogEntry {
            key: EntryKey::new(format!("key-{number}")),
            ..good.clone()
        })
        .collect();
    entries[5].owner = account.owner("frank");
    let told = account.crm.log_many(&entries).await.unwrap();
    assert!(told.iter().all(Result::is_ok), "{told:?}");
    assert_eq!(told[5].as_ref().unwrap().without[0].what, LeftOut::Owner);
    assert_eq!(account.sandbox.records("calls").len(), 16);
    // 16, 8, 4, 2, 1 that it is in, as many that it is not in, and the mended one.
    assert_eq!(account.sandbox.requests_to(BATCH), 5 + 4 + 1);
}

#[tokio::test]
async fn x6_of_many_calls_of_somebody_who_is_gone_it_is_asked_once() {
    let account = Account::consented().await;
    let first = grace(&account);
    account.sandbox.archive("contacts", &first.who.id);
    let entries: Vec<LogEntry> = (0..10)
        .map(|number| LogEntry {
            key: EntryKey::new(format!("key-{number}")),
            ..first.clone()
        })
        .collect();
    let before = account.sandbox.requests();
    let told = account.crm.log_many(&entries).await.unwrap();
    assert!(told.iter().all(Result::is_ok), "{told:?}");
    assert_eq!(account.sandbox.requests() - before, 3);
}

#[tokio::test]
async fn x2_a_recording_can_be_played_in_hubspot() {
    let account = Account::consented().await;
    let mut asked = grace(&account);
    let id = account.crm.log(&asked).await.unwrap().id;
    let link = "https://calls.example.com/recordings/1.mp3";
    asked.late.recording = Some(link.parse().unwrap());
    account
        .crm
        .amend(&id, &asked, &LateParts::default())
        .await
        .unwrap();
    let call = account.only("calls");
    assert_eq!(property(&call, "hs_call_recording_url"), link);
    assert_eq!(property(&call, "hs_call_source"), "INTEGRATIONS_PLATFORM");
    assert_eq!(
        property(&call, "hs_call_duration"),
        "93000",
        "its other parts stay"
    );
}

#[tokio::test]
async fn x10_a_task_is_due_in_the_morning_of_its_day_where_the_company_is() {
    let account = Account::consented().await;
    let who = account.contact("Hopper", "+14155550134");
    let task = FollowUp {
        key: EntryKey::new("task-1"),
        subject: "Call back".to_owned(),
        description: "Missed call".to_owned(),
        due: date(2026, 5, 15),
        zone: TimeZone::get("America/Los_Angeles").unwrap(),
        owner: account.owner("bob"),
        who,
    };
    let logged = account.crm.add_task(&task).await.unwrap();
    let written = account.only("tasks");
    assert_eq!(
        property(&written, "hs_timestamp"),
        "2026-05-15T15:00:00.000Z"
    );
    assert_eq!(property(&written, "hs_task_type"), "CALL");
    assert_eq!(account.crm.find_task(&task).await.unwrap(), Some(logged.id));
}

#[tokio::test]
async fn a_write_whose_answer_was_an_error_of_the_server_is_unknown() {
    let account = Account::consented().await;
    let asked = grace(&account);
    account
        .sandbox
        .add_fault(Fault::new(FaultKind::ServerError, 1).at(Target::Writes));
    let told = account.crm.log(&asked).await;
    assert!(matches!(told, Err(Failure::Unknown { .. })), "{told:?}");
}

#[tokio::test]
async fn x6_somebody_at_whom_nothing_stands_is_not_searched_for_by_time() {
    for as_error in [true, false] {
        let account = Account::with(Switches {
            none_associated_is_an_error: as_error,
            ..Switches::default()
        })
        .await;
        let asked = grace(&account);
        let found = account.crm.find_logged(&[asked]).await.unwrap();
        assert!(found.is_empty());
        let search = "POST /crm/objects/2026-09/calls/search";
        assert_eq!(account.sandbox.requests_to(search), 0, "{as_error}");
    }
}
