//! Who calls, as HubSpot's search tells it.

use linecard_conformance::phone;
use linecard_crm::{Failure, Module};
use linecard_sandbox::hubspot::Switches;

use crate::account::{Account, at};

const CONTACTS: &str = "POST /crm/objects/2026-09/contacts/search";
const COMPANIES: &str = "POST /crm/objects/2026-09/companies/search";

async fn found(account: &Account, number: &str) -> Vec<String> {
    let found = account.crm.find(&phone(number)).await.unwrap();
    found.into_iter().map(|record| record.at.id).collect()
}

#[tokio::test]
async fn a_stranger_costs_one_search_of_contacts_and_one_of_companies() {
    let account = Account::consented().await;
    account
        .sandbox
        .switch(|switches| switches.company_calculated_properties = true);
    let before = account.sandbox.requests();
    assert_eq!(found(&account, "+14155550199").await, [""; 0]);
    assert_eq!(account.sandbox.requests() - before, 2);
    assert_eq!(account.sandbox.requests_to(CONTACTS), 1);
    assert_eq!(account.sandbox.requests_to(COMPANIES), 1);
}

#[tokio::test]
async fn an_account_without_calculated_numbers_is_searched_by_what_was_typed() {
    let account = Account::with(Switches {
        calculated_properties: false,
        ..Switches::default()
    })
    .await;
    let typed = [
        ("One", "+14155550101", "+14155550101"),
        ("Two", "(415) 555-0102", "+14155550102"),
        ("Three", "415.555.0103", "+14155550103"),
        ("Four", "4155550104", "+14155550104"),
    ];
    for (name, number, caller) in typed {
        let contact = account.contact(name, number);
        assert_eq!(found(&account, caller).await, [contact.id], "{number}");
    }
    // Once refused, the calculated properties are not asked for again.
    assert_eq!(account.sandbox.requests_to(CONTACTS), 1 + 4);
}

#[tokio::test]
async fn a_company_is_found_with_and_without_calculated_numbers() {
    for calculated in [true, false] {
        let account = Account::with(Switches {
            company_calculated_properties: calculated,
            ..Switches::default()
        })
        .await;
        let properties = [("name", "Acme"), ("phone", "(415) 555-0100")];
        let id = account.sandbox.add("companies", &properties, &[]).unwrap();
        assert_eq!(found(&account, "+14155550100").await, [id]);
    }
}

#[tokio::test]
async fn international_numbers_with_and_without_plus_are_found() {
    for plus in [true, false] {
        let account = Account::with(Switches {
            international_plus: plus,
            ..Switches::default()
        })
        .await;
        let contact = account.contact("Jansen", "+31 6 00000001");
        assert_eq!(found(&account, "+31600000001").await, [contact.id]);
    }
}

#[tokio::test]
async fn a_number_of_whatsapp_is_found_too() {
    let account = Account::consented().await;
    let properties = [
        ("lastname", "Dubois"),
        ("hs_whatsapp_phone_number", "+33199001234"),
    ];
    let id = account.sandbox.add("contacts", &properties, &[]).unwrap();
    assert_eq!(found(&account, "+33199001234").await, [id]);
}

#[tokio::test]
async fn a_contact_brings_its_company_and_its_leads() {
    let account = Account::consented().await;
    let company = account
        .sandbox
        .add("companies", &[("name", "Acme")], &[])
        .unwrap();
    let properties = [
        ("lastname", "Chen"),
        ("company", "Acme"),
        ("phone", "(646) 555-0190"),
    ];
    let contact = account
        .sandbox
        .add("contacts", &properties, &[(company.as_str(), 1)])
        .unwrap();
    let contact = at(Module::Contact, &contact);
    let lead = account.lead("New website", &contact);

    let found = account.crm.find(&phone("+16465550190")).await.unwrap();
    let told: Vec<_> = found.iter().map(|record| record.at.clone()).collect();
    assert_eq!(told, [contact, lead]);
    assert_eq!(found[0].account, Some(at(Module::Account, &company)));
    assert_eq!(found[1].name, "New website");
    assert_eq!(
        found[1].number, "(646) 555-0190",
        "a lead's number is its contact's"
    );
    assert_eq!(found[1].company.as_deref(), Some("Acme"));
    let page = found[1].page.as_str();
    assert_eq!(
        page,
        format!(
            "{}/contacts/147893286/record/0-136/{}",
            account.sandbox.base_url(),
            told[1].id
        )
    );
}

#[tokio::test]
async fn an_account_without_leads_finds_its_contacts_all_the_same() {
    let account = Account::consented().await;
    account.sandbox.switch(|switches| switches.leads = false);
    let contact = account.contact("Chen", "(646) 555-0190");
    for _ in 0..2 {
        let found = found(&account, "+16465550190").await;
        assert_eq!(found.as_slice(), std::slice::from_ref(&contact.id));
    }
    let asked = account
        .sandbox
        .requests_to("GET /crm/objects/2026-09/leads");
    assert_eq!(asked, 1, "asked once a day");
}

#[tokio::test]
async fn who_was_typed_in_a_moment_ago_is_not_found_before_the_index_knows() {
    let account = Account::with(Switches {
        search_lag_ms: 5_000,
        ..Switches::default()
    })
    .await;
    let contact = account.contact("Late", "+14155550134");
    assert_eq!(found(&account, "+14155550134").await, [""; 0]);
    account.pass(5);
    assert_eq!(found(&account, "+14155550134").await, [contact.id]);
}

#[tokio::test]
async fn f14_people_are_found_by_a_part_of_their_number() {
    let account = Account::consented().await;
    let contact = account.contact("Torres", "(415) 555-0134");
    for typed in ["415555", "(415) 55", "+1415555"] {
        let found = account.crm.search(typed, 5).await.unwrap();
        assert_eq!(found[0].at, contact, "{typed}");
    }
}

#[tokio::test]
async fn a_search_that_was_one_too_many_is_told_with_its_second() {
    let account = Account::consented().await;
    account.sandbox.switch(|switches| switches.search_per_s = 1);
    let told = account.crm.find(&phone("+14155550134")).await;
    let Err(Failure::Throttled {
        until: Some(until), ..
    }) = told
    else {
        panic!("{told:?}");
    };
    let now = linecard_conformance::started();
    assert_eq!(until.duration_since(now).as_secs(), 1);
}
