//! How Zoho compares numbers, and what a look-up costs (G4, F12, trap by trap).

use linecard_conformance::phone;
use linecard_crm::{EntryKey, Failure, Module, NewRecord};
use linecard_sandbox::zoho::{PhoneMatch, Switches};
use serde_json::json;

use crate::connection::Connection;

/// Numbers as people type them, all the same one.
const TYPED: [&str; 6] = [
    "+14155550134",
    "(415) 555-0134",
    "415.555.0134",
    "1-415-555-0134",
    "+1 415 555 0134",
    "4155550134",
];

fn contact(name: &str, number: &str) -> serde_json::Value {
    json!({"Last_Name": name, "Phone": number})
}

async fn finds_all_spellings(switches: Switches, changed: &[(&str, &str)]) {
    let connection = Connection::with(switches, changed).await;
    for typed in TYPED {
        connection.put(Module::Contact, &contact(typed, typed));
    }
    connection.put(Module::Contact, &contact("Next Door", "(628) 555-0134"));
    let found = connection.crm.find(&phone("+14155550134")).await.unwrap();
    let mut names: Vec<&str> = found.iter().map(|record| record.name.as_str()).collect();
    names.sort_unstable();
    let mut typed = TYPED;
    typed.sort_unstable();
    assert_eq!(names, typed);
}

#[tokio::test]
async fn every_spelling_is_found_however_zoho_compares_numbers() {
    for phone_match in [
        PhoneMatch::Exact,
        PhoneMatch::Digits,
        PhoneMatch::LastDigits,
    ] {
        for deep_search in ["on", "off"] {
            let switches = Switches {
                phone_match,
                ..Switches::default()
            };
            finds_all_spellings(switches, &[("deep_search", deep_search)]).await;
        }
    }
}

#[tokio::test]
async fn without_the_scope_for_coql_the_search_is_asked_instead() {
    let scopes = [
        "ZohoCRM.modules.ALL",
        "ZohoCRM.settings.ALL",
        "ZohoSearch.securesearch.READ",
    ];
    let switches = Switches {
        granted_scopes: Some(scopes.map(str::to_owned).to_vec()),
        ..Switches::default()
    };
    finds_all_spellings(switches, &[]).await;
}

#[tokio::test]
async fn an_index_that_lags_hides_nobody_from_a_deep_search() {
    let switches = Switches {
        search_lag_ms: 3_600_000,
        ..Switches::default()
    };
    finds_all_spellings(switches, &[]).await;
}

#[tokio::test]
async fn an_unknown_caller_costs_one_question_for_each_module() {
    let connection = Connection::new().await;
    let nobody = phone("+14155550199");
    connection.crm.find(&nobody).await.unwrap();
    let before = connection.sandbox.requests();
    assert_eq!(connection.crm.find(&nobody).await, Ok(Vec::new()));
    assert_eq!(connection.sandbox.requests() - before, 3);
}

#[tokio::test]
async fn a_lead_that_was_converted_is_nobody() {
    for deep_search in ["on", "off"] {
        let connection =
            Connection::with(Switches::default(), &[("deep_search", deep_search)]).await;
        let lead = json!({"Last_Name": "Torres", "Company": "Acme", "Phone": "+14155550134"});
        let lead = connection.put(Module::Lead, &lead);
        let caller = phone("+14155550134");
        assert_eq!(connection.crm.find(&caller).await.unwrap().len(), 1);
        connection.sandbox.convert(&lead.id);
        assert_eq!(connection.crm.find(&caller).await, Ok(Vec::new()));
    }
}

#[tokio::test]
async fn a_number_in_the_organisations_own_field_is_found() {
    let switches = Switches {
        own_phone_field: Some("Direct_Line".to_owned()),
        ..Switches::default()
    };
    for deep_search in ["on", "off"] {
        let connection = Connection::with(switches.clone(), &[("deep_search", deep_search)]).await;
        let grace = connection.put(Module::Contact, &json!({"Last_Name": "Hopper"}));
        connection
            .sandbox
            .change(&grace.id, "Direct_Line", "(415) 555-0134");
        let found = connection.crm.find(&phone("+14155550134")).await.unwrap();
        assert_eq!(found.len(), 1, "deep_search {deep_search}");
        assert_eq!(found[0].number, "(415) 555-0134");
    }
}

#[tokio::test]
async fn a_module_that_the_user_may_not_see_does_not_hide_the_others() {
    let switches = Switches {
        unreadable: vec!["Leads".to_owned()],
        ..Switches::default()
    };
    let connection = Connection::with(switches, &[]).await;
    connection.put(Module::Contact, &contact("Hopper", "+14155550134"));
    let caller = phone("+14155550134");
    assert_eq!(connection.crm.find(&caller).await.unwrap().len(), 1);
    assert_eq!(connection.crm.search("Hopp", 5).await.unwrap().len(), 1);
    connection.sandbox.switch(|switches| {
        switches.unreadable = ["Contacts", "Leads", "Accounts"]
            .map(str::to_owned)
            .to_vec();
    });
    let refused = connection.crm.find(&caller).await;
    assert!(
        matches!(refused, Err(Failure::NeedsPerson { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_contact_brings_company_owner_and_page() {
    let connection = Connection::new().await;
    let acme = connection.put(Module::Account, &json!({"Account_Name": "Acme Ltd"}));
    let grace = json!({"First_Name": "Grace", "Last_Name": "Hopper", "Account_Name": "Acme Ltd",
        "Phone": "+14155550134", "Owner": "alice@acme.example"});
    let grace = connection.put(Module::Contact, &grace);
    let found = connection.crm.find(&phone("+14155550134")).await.unwrap();
    let record = &found[0];
    assert_eq!(record.company.as_deref(), Some("Acme Ltd"));
    assert_eq!(record.account.as_ref(), Some(&acme));
    assert_eq!(record.owner, Some(connection.user("alice")));
    let page = format!(
        "{}/crm/org20061234567/tab/Contacts/{}",
        connection.sandbox.base_url(),
        grace.id
    );
    assert_eq!(record.page.as_str(), page);
    assert_eq!(connection.crm.page(&grace).as_str(), page);
}

#[tokio::test]
async fn g4_a_placeholder_never_writes_over_a_real_name() {
    let connection = Connection::new().await;
    let there = connection.put(Module::Contact, &contact("Hopper", "+14155550134"));
    connection.sandbox.switch(|switches| {
        let unique = vec!["Phone".to_owned()];
        switches.unique.insert("Contacts".to_owned(), unique);
    });
    let new = NewRecord {
        key: EntryKey::new("create-1"),
        module: Module::Contact,
        first_name: "Automatic New Contact".to_owned(),
        last_name: "-0134".to_owned(),
        company: String::new(),
        phone: phone("+14155550134"),
        owner: None,
    };
    let created = connection.crm.create(&new).await.unwrap();
    assert!(created.existed);
    assert_eq!(created.record.at, there);
    let kept = connection.sandbox.records("Contacts");
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0]["Full_Name"], "Hopper");
}
