//! Who calls? (B1, F14, A13)

use linecard_crm::Module;

use crate::{Company, Seed, phone};

/// B1.
pub async fn b1_the_people_who_use_the_crm_are_listed(company: &impl Company) {
    let users = company.crm().users().await.unwrap();
    for agent in company.agents() {
        let user = users.iter().find(|user| user.id == agent);
        let user = user.unwrap_or_else(|| panic!("{agent} is not listed"));
        assert!(!user.name.trim().is_empty(), "{agent} has no name");
        let email = user.email.as_deref().unwrap_or_default();
        assert!(email.contains('@'), "{agent} has the address {email:?}");
    }
}

/// Whatever somebody typed into the CRM.
pub async fn a_caller_is_found_however_the_number_was_typed(company: &impl Company) {
    let typed = [
        ("Ada Plain", "+14155550101", "+14155550101"),
        ("Ada Brackets", "(415) 555-0102", "+14155550102"),
        ("Ada Dashes", "415-555-0103", "+14155550103"),
        ("Ada Spaces", "+1 415 555 0104", "+14155550104"),
        ("Ada Digits", "4155550105", "+14155550105"),
        ("Ada Country", "14155550106", "+14155550106"),
    ];
    for (name, number, _) in typed {
        company.put(&Seed::contact(name, number));
    }
    company.settle().await;
    for (name, number, caller) in typed {
        let found = company.crm().find(&phone(caller)).await.unwrap();
        let names: Vec<_> = found.iter().map(|record| record.name.as_str()).collect();
        assert_eq!(names, [name], "{caller} was typed as {number}");
        assert_eq!(found[0].number, number, "the number as it stands there");
    }
}

/// Contacts come first.
pub async fn leads_and_accounts_are_found_too(company: &impl Company) {
    let kinds = [Module::Account, Module::Lead, Module::Contact];
    let kinds: Vec<_> = kinds.into_iter().filter(|it| company.has(*it)).collect();
    for kind in &kinds {
        company.put(&Seed::contact("Grace Hopper", "+14155550134").of(*kind));
    }
    company.settle().await;
    let found = company.crm().find(&phone("+14155550134")).await.unwrap();
    let mut told: Vec<_> = found.iter().map(|record| record.at.module).collect();
    assert_eq!(told.first(), Some(&Module::Contact), "{told:?}");
    told.sort();
    let mut kinds = kinds;
    kinds.sort();
    assert_eq!(told, kinds);
}

/// An index that compares ends of numbers makes candidates, no more.
pub async fn a_number_that_only_ends_alike_is_nobodys(company: &impl Company) {
    company.put(&Seed::contact("Elsewhere", "+44 20 4155 50134"));
    company.put(&Seed::contact("Next Door", "(628) 555-0134"));
    company.settle().await;
    let found = company.crm().find(&phone("+14155550134")).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
}

/// G: creating is never a side effect.
pub async fn a_lookup_creates_nothing(company: &impl Company) {
    company.put(&Seed::contact("Grace Hopper", "+14155550134"));
    company.settle().await;
    let before = company.records();
    for caller in ["+14155550134", "+14155550199", "+442079460123"] {
        company.crm().find(&phone(caller)).await.unwrap();
    }
    company.crm().search("Gra", 10).await.unwrap();
    assert_eq!(company.records(), before);
}

/// F14.
pub async fn f14_people_are_found_by_the_beginning_of_their_name(company: &impl Company) {
    let grace = company.put(&Seed::contact("Grace Hopper", "+14155550134"));
    company.put(&Seed::contact("Ada Lovelace", "+14155550135"));
    company.settle().await;
    let found = company.crm().search("Hopp", 10).await.unwrap();
    let found: Vec<_> = found.into_iter().map(|record| record.at).collect();
    assert_eq!(found, [grace]);
}

/// A13.
pub async fn a13_the_check_list_of_a_good_connection_has_no_refusal(company: &impl Company) {
    let probe = company.crm().probe().await.unwrap();
    assert!(!probe.identity.organisation.is_empty());
    assert!(!probe.checks.is_empty(), "nothing was tried");
    for check in &probe.checks {
        assert_eq!(check.result, Ok(()), "{:?}", check.ability);
    }
}
