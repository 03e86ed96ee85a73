//! A number nobody has becomes a record (G).

use linecard_crm::{EntryKey, Failure, Module, NewRecord};

use super::logging::alice;
use crate::{Company, Seed, Trouble, phone, started};

fn new(company: &impl Company, module: Module) -> NewRecord {
    NewRecord {
        key: EntryKey::new("create-1"),
        module,
        first_name: "Automatic New Contact".to_owned(),
        last_name: "-5550134".to_owned(),
        company: "Unknown".to_owned(),
        phone: phone("+14155550134"),
        owner: Some(alice(company)),
    }
}

async fn is_created(company: &impl Company, module: Module) {
    let asked = new(company, module);
    let created = company.crm().create(&asked).await.unwrap();
    assert!(!created.existed);
    let at = created.record.at;
    assert_eq!(at.module, module);
    let kept = company.record(&at).unwrap();
    assert!(kept.name.contains("Automatic New Contact"), "{kept:?}");
    assert!(kept.name.contains("-5550134"), "{kept:?}");
    assert_eq!(kept.numbers, ["+14155550134"]);
    assert_eq!(kept.owner, Some(alice(company)));
    company.settle().await;
    let found = company.crm().find(&asked.phone).await.unwrap();
    let found: Vec<_> = found.into_iter().map(|record| record.at).collect();
    assert_eq!(found, [at], "the next call finds it");
}

/// G3, G5, G6, G10.
pub async fn g3_a_contact_is_created_with_name_number_and_owner(company: &impl Company) {
    is_created(company, Module::Contact).await;
}

/// G3.
pub async fn g3_a_lead_is_created_where_there_are_leads(company: &impl Company) {
    if company.has(Module::Lead) {
        is_created(company, Module::Lead).await;
    }
}

/// G4.
pub async fn g4_the_crms_own_duplicate_is_a_match(company: &impl Company) {
    let there = company.put(&Seed::contact("Grace Hopper", "+14155550134"));
    if !company.trouble(Trouble::DuplicateRule, 0) {
        return;
    }
    let created = company.crm().create(&new(company, Module::Contact)).await;
    let created = created.unwrap();
    assert!(created.existed);
    assert_eq!(created.record.at, there);
    assert_eq!(created.record.name, "Grace Hopper");
    assert_eq!(company.records(), 1);
}

/// G4.
pub async fn g4_a_lost_answer_leaves_one_record(company: &impl Company) {
    let asked = new(company, Module::Contact);
    let crm = company.crm();
    let before = started();
    assert_eq!(crm.find_created(&asked, before).await.unwrap(), None);
    assert!(company.trouble(Trouble::CutAfterCommit, 1));
    let lost = crm.create(&asked).await;
    assert!(matches!(lost, Err(Failure::Unknown { .. })), "{lost:?}");
    company.settle().await;
    let found = crm.find_created(&asked, before).await.unwrap().unwrap();
    assert_eq!(company.records(), 1);
    assert_eq!(company.record(&found.at).unwrap().numbers, ["+14155550134"]);
}

/// G11.
pub async fn g11_what_was_created_can_be_removed_again(company: &impl Company) {
    let crm = company.crm();
    let created = crm.create(&new(company, Module::Contact)).await.unwrap();
    for _ in 0..2 {
        crm.remove_created(&created.record.at).await.unwrap();
        assert_eq!(company.record(&created.record.at), None);
    }
}
