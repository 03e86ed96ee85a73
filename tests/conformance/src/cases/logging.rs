//! A call is written down, once, and right (E1, E2, E9, E11, X6).

use std::slice;

use linecard_crm::{CallDirection, CallOutcome, Failure, LeftOut, LogEntry, Module, RecordRef};

use crate::{Company, Seed, Trouble, Written, entry, started};

/// Somebody to talk to.
pub(super) fn grace(company: &impl Company) -> RecordRef {
    company.put(&Seed::contact("Grace Hopper", "+14155550134"))
}

pub(super) fn alice(company: &impl Company) -> String {
    let [alice, _] = company.agents();
    alice
}

/// The only call there is.
pub(super) fn only(company: &impl Company) -> Written {
    let mut calls = company.calls();
    assert_eq!(calls.len(), 1, "{calls:?}");
    calls.remove(0)
}

/// E2, E9, E11.
pub async fn e9_an_answered_call_has_owner_person_direction_start_and_duration(
    company: &impl Company,
) {
    let (grace, alice) = (grace(company), alice(company));
    let asked = entry("key-1", &alice, &grace);
    let before = company.requests();
    let logged = company.crm().log(&asked).await.unwrap();
    assert_eq!(logged.without, []);
    assert!(company.requests() > before);
    let call = only(company);
    assert_eq!(call.id, logged.id);
    assert_eq!(call.subject, asked.subject);
    assert!(call.text.contains(&asked.description), "{}", call.text);
    assert_eq!(call.direction, CallDirection::Inbound);
    assert!(call.answered);
    assert!(call.started.is_none_or(|moment| moment == started()));
    assert_eq!((call.talk_seconds, call.owner), (93, alice));
    assert_eq!(call.at, [grace]);
}

/// E1, E10.
pub async fn e1_missed_and_outbound_calls_are_told_apart(company: &impl Company) {
    let (grace, alice) = (grace(company), alice(company));
    let missed = LogEntry {
        outcome: CallOutcome::NotAnswered,
        talk_seconds: 0,
        ..entry("missed", &alice, &grace)
    };
    let outbound = LogEntry {
        direction: CallDirection::Outbound,
        ..entry("outbound", &alice, &grace)
    };
    for asked in [&missed, &outbound] {
        company.crm().log(asked).await.unwrap();
    }
    let told: Vec<_> = company
        .calls()
        .into_iter()
        .map(|call| (call.direction, call.answered, call.talk_seconds))
        .collect();
    let expected = [
        (CallDirection::Inbound, false, 0),
        (CallDirection::Outbound, true, 93),
    ];
    assert_eq!(told, expected);
}

/// E2: where people look.
pub async fn calls_of_leads_and_accounts_stand_at_them(company: &impl Company) {
    let alice = alice(company);
    for module in [Module::Lead, Module::Account] {
        if !company.has(module) {
            continue;
        }
        let at = company.put(&Seed::contact("Grace Hopper", "+14155550134").of(module));
        let asked = entry(&format!("{module:?}"), &alice, &at);
        let logged = company.crm().log(&asked).await.unwrap();
        let calls = company.calls();
        let call = calls.iter().find(|call| call.id == logged.id).unwrap();
        assert_eq!(call.at, [at], "{module:?}");
    }
}

/// X6.
pub async fn x6_a_lost_answer_is_found_again_and_nothing_is_doubled(company: &impl Company) {
    let asked = entry("key-1", &alice(company), &grace(company));
    assert!(company.trouble(Trouble::CutAfterCommit, 1));
    match company.crm().log(&asked).await {
        Err(Failure::Unknown { .. }) => {}
        // It has looked by itself, and found the call.
        Ok(logged) => assert_eq!(logged.id, only(company).id),
        Err(failure) => panic!("{failure:?}"),
    }
    assert_eq!(company.troubled(Trouble::CutAfterCommit), 1);
    company.settle().await;
    let found = company
        .crm()
        .find_logged(std::slice::from_ref(&asked))
        .await
        .unwrap();
    assert_eq!(found.get(&asked.key), Some(&only(company).id));
}

/// X6.
pub async fn x6_an_entry_that_was_not_written_is_not_found(company: &impl Company) {
    let (grace, alice) = (grace(company), alice(company));
    let crm = company.crm();
    crm.log(&entry("another", &alice, &grace)).await.unwrap();
    company.settle().await;
    let found = crm
        .find_logged(&[entry("key-1", &alice, &grace)])
        .await
        .unwrap();
    assert!(found.is_empty(), "{found:?}");
}

/// X6.
pub async fn x6_a_key_that_begins_alike_is_another_call(company: &impl Company) {
    let (grace, alice) = (grace(company), alice(company));
    let crm = company.crm();
    let long = crm.log(&entry("key-12", &alice, &grace)).await.unwrap();
    company.settle().await;
    let asked = ["key-1", "key-12", "key-123"].map(|key| entry(key, &alice, &grace));
    let found = crm.find_logged(&asked).await.unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|(key, id)| (key.as_str(), id.as_str()))
        .collect();
    assert_eq!(found, [("key-12", long.id.as_str())]);
}

/// The agent has left; the call has not.
pub async fn an_inactive_owner_does_not_lose_the_call(company: &impl Company) {
    let (grace, alice) = (grace(company), alice(company));
    company.deactivate(&alice);
    let asked = entry("key-1", &alice, &grace);
    let logged = company.crm().log(&asked).await.unwrap();
    let call = only(company);
    assert_eq!(call.id, logged.id);
    // Some CRMs take an inactive owner without a word.
    if call.owner != alice {
        let left: Vec<_> = logged.without.iter().map(|without| without.what).collect();
        assert_eq!(left, [LeftOut::Owner]);
        assert!(!logged.without[0].words.is_empty(), "the CRM's words");
    }
}

/// Written without the person, or refused in words: never tried for ever.
pub async fn a_person_who_is_gone_does_not_block_the_queue(company: &impl Company) {
    let (grace, alice) = (grace(company), alice(company));
    company.delete(&grace);
    company.settle().await;
    match company.crm().log(&entry("key-1", &alice, &grace)).await {
        Ok(logged) => {
            let left: Vec<_> = logged.without.iter().map(|without| without.what).collect();
            assert_eq!(left, [LeftOut::Who]);
            assert_eq!(only(company).id, logged.id);
        }
        Err(Failure::Refused { words }) => {
            assert!(!words.is_empty());
            assert_eq!(company.calls(), []);
        }
        Err(other) => panic!("{other:?}"),
    }
}

/// The CRM's own words go to the admin.
pub async fn a_rule_of_the_organisation_refuses_in_its_own_words(company: &impl Company) {
    let asked = entry("key-1", &alice(company), &grace(company));
    if !company.trouble(Trouble::ValidationRule, 0) {
        return;
    }
    match company.crm().log(&asked).await {
        Err(Failure::Refused { words }) => assert!(words.contains("a rule of ours"), "{words}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(company.calls(), []);
}

/// X3. A CRM that cannot move a call says so, and the call stays where it is.
pub async fn x3_a_written_call_moves_to_another_record_and_back(company: &impl Company) {
    let (grace, alice) = (grace(company), alice(company));
    let other = company.put(&Seed::contact("Vincent Hopper", "+14155550134"));
    let firm = company.put(&Seed::contact("Navy", "+14155550135").of(Module::Account));
    let asked = entry("key-1", &alice, &grace);
    let id = company.crm().log(&asked).await.unwrap().id;
    let moved = LogEntry {
        who: other.clone(),
        account: Some(firm.clone()),
        ..asked.clone()
    };
    for _ in 0..2 {
        company.crm().reassign(&id, &moved).await.unwrap();
        let at = only(company).at;
        assert!(at.contains(&other) && at.contains(&firm), "{at:?}");
        assert_eq!(at.len(), 2, "{at:?}");
    }
    company.crm().reassign(&id, &asked).await.unwrap();
    let call = only(company);
    assert_eq!(call.at, slice::from_ref(&grace));
    let text = call.text;
    assert!(text.contains(&asked.description), "its words stay: {text}");
}
