//! What piled up goes in bulk (X6).

use linecard_crm::{Failure, LogEntry};

use super::logging::{alice, grace};
use crate::{Company, Seed, Trouble, entry};

/// As many calls as the CRM takes at once, at most `most`.
fn entries(company: &impl Company, most: usize) -> Vec<LogEntry> {
    let (grace, alice) = (grace(company), alice(company));
    let many = company.crm().bulk().min(most);
    (0..many)
        .map(|index| entry(&format!("key-{index}"), &alice, &grace))
        .collect()
}

/// The figure of DESIGN is 0.05 requests a call.
pub async fn many_calls_go_with_one_request(company: &impl Company) {
    let entries = entries(company, usize::MAX);
    if entries.len() == 1 {
        return;
    }
    // What has to be known once is known.
    let first = entry("first", &alice(company), &grace(company));
    company.crm().log(&first).await.unwrap();
    let before = company.requests();
    let told = company.crm().log_many(&entries).await.unwrap();
    assert_eq!(company.requests() - before, 1);
    assert_eq!(told.len(), entries.len());
    let calls = company.calls();
    assert_eq!(calls.len(), entries.len() + 1);
    for logged in told {
        let id = logged.unwrap().id;
        assert!(calls.iter().any(|call| call.id == id), "{id}");
    }
}

/// One that cannot be written says so; the others are.
pub async fn x6_of_many_calls_each_has_its_own_fate(company: &impl Company) {
    let mut entries = entries(company, 5);
    if entries.len() < 5 {
        return;
    }
    let gone = company.put(&Seed::contact("Gone", "+14155550177"));
    company.delete(&gone);
    let [_, bob] = company.agents();
    company.deactivate(&bob);
    entries[1].who = gone;
    entries[3].owner = bob;
    company.settle().await;
    let told = company.crm().log_many(&entries).await.unwrap();
    assert_eq!(told.len(), 5);
    for index in [0, 2, 4] {
        assert!(told[index].is_ok(), "{index}: {:?}", told[index]);
    }
    for (index, fate) in told.iter().enumerate() {
        let fate_is_told = matches!(fate, Ok(_) | Err(Failure::Refused { .. }));
        assert!(fate_is_told, "{index}: {fate:?}");
    }
    let written = told.iter().filter(|fate| fate.is_ok()).count();
    assert_eq!(company.calls().len(), written);
}

/// One look-up for all of them.
pub async fn x6_many_lost_answers_are_found_again(company: &impl Company) {
    let entries = entries(company, 20);
    assert!(company.trouble(Trouble::CutAfterCommit, 1));
    let lost = company.crm().log_many(&entries).await;
    // A connector may look by itself which of them stand there.
    let is_told = match &lost {
        Err(Failure::Unknown { .. }) => true,
        Ok(told) => told
            .iter()
            .all(|fate| matches!(fate, Ok(_) | Err(Failure::Unknown { .. }))),
        Err(_) => false,
    };
    assert!(is_told, "{lost:?}");
    assert_eq!(company.troubled(Trouble::CutAfterCommit), 1);
    company.settle().await;
    let found = company.crm().find_logged(&entries).await.unwrap();
    let calls = company.calls();
    assert_eq!(calls.len(), entries.len());
    for asked in &entries {
        let id = found.get(&asked.key);
        let id = id.unwrap_or_else(|| panic!("{} is not found", asked.key));
        assert!(calls.iter().any(|call| call.id == *id));
    }
}
