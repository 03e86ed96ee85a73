//! A call that Salesforce does not take as it is.

use linecard_conformance::{Company as _, Seed, entry};
use linecard_crm::{Failure, LeftOut, Module, RecordRef};
use serde_json::json;

use crate::company::Acme;

fn grace(acme: &Acme) -> RecordRef {
    acme.put(&Seed::contact("Grace Hopper", "+14155550134"))
}

#[tokio::test]
async fn a_call_with_somebody_who_was_merged_stands_at_whom_they_were_merged_into() {
    let acme = Acme::found().await;
    let [alice, _] = acme.agents();
    let (lost, found) = (grace(&acme), grace(&acme));
    assert!(acme.sandbox.merge(&found.id, &lost.id).unwrap());
    let logged = acme.crm().log(&entry("key-1", &alice, &lost)).await;
    assert_eq!(logged.unwrap().without, []);
    assert_eq!(acme.calls()[0].at, [found]);
}

#[tokio::test]
async fn a_call_with_a_lead_that_was_converted_stands_at_its_contact() {
    let acme = Acme::found().await;
    let [alice, _] = acme.agents();
    let lead = acme.put(&Seed::contact("Grace Hopper", "+14155550134").of(Module::Lead));
    let contact = acme.sandbox.convert(&lead.id).unwrap().unwrap();
    let logged = acme.crm().log(&entry("key-1", &alice, &lead)).await;
    assert_eq!(logged.unwrap().without, []);
    assert_eq!(
        acme.calls()[0].at,
        [RecordRef {
            module: Module::Contact,
            id: contact
        }]
    );
}

#[tokio::test]
async fn a_call_with_an_account_that_is_gone_keeps_its_person() {
    let acme = Acme::found().await;
    let [alice, _] = acme.agents();
    let grace = grace(&acme);
    let account = acme.put(&Seed::contact("Acme Ltd", "+14155550100").of(Module::Account));
    acme.delete(&account);
    let mut asked = entry("key-1", &alice, &grace);
    asked.account = Some(account);
    let logged = acme.crm().log(&asked).await.unwrap();
    assert_eq!(logged.without.len(), 1);
    assert_eq!(logged.without[0].what, LeftOut::Account);
    assert!(logged.without[0].words.starts_with("ENTITY_IS_DELETED"));
    assert_eq!(acme.calls()[0].at, [grace]);
}

#[tokio::test]
async fn a_field_that_was_hidden_is_left_out_and_named() {
    let acme = Acme::found().await;
    let [alice, _] = acme.agents();
    acme.sandbox.set_up(|setup| {
        let hidden = ["Task.CallDisposition", "Task.CallType"].map(str::to_owned);
        setup.hidden_fields.extend(hidden);
    });
    let asked = entry("key-1", &alice, &grace(&acme));
    let logged = acme.crm().log(&asked).await.unwrap();
    let left: Vec<_> = logged.without.iter().map(|it| it.what).collect();
    assert_eq!(left, [LeftOut::Field, LeftOut::Field]);
    assert!(logged.without[0].words.contains("CallDisposition"));
    assert_eq!(acme.calls()[0].subject, asked.subject);
}

#[tokio::test]
async fn a_field_that_an_admin_made_required_parks_the_call_in_salesforces_words() {
    let acme = Acme::found().await;
    let [alice, _] = acme.agents();
    acme.sandbox.set_up(|setup| {
        setup.required_custom_field.insert("Task".to_owned());
    });
    let asked = entry("key-1", &alice, &grace(&acme));
    match acme.crm().log(&asked).await {
        Err(Failure::Refused { words }) => assert!(words.contains("Region__c"), "{words}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(acme.calls(), []);
}

#[tokio::test]
async fn x6_many_calls_that_can_be_mended_go_with_one_more_request() {
    let acme = Acme::found().await;
    let [alice, bob] = acme.agents();
    let grace = grace(&acme);
    let known = entry("known", &alice, &grace);
    acme.crm().log(&known).await.unwrap();
    acme.deactivate(&bob);
    let entries: Vec<_> = (0..200)
        .map(|index| {
            let owner = if index % 2 == 0 { &alice } else { &bob };
            entry(&format!("key-{index}"), owner, &grace)
        })
        .collect();
    let before = acme.requests();
    let told = acme.crm().log_many(&entries).await.unwrap();
    assert_eq!(acme.requests() - before, 2);
    for (index, fate) in told.into_iter().enumerate() {
        let left: Vec<_> = fate.unwrap().without.iter().map(|it| it.what).collect();
        let expected: &[LeftOut] = if index % 2 == 0 {
            &[]
        } else {
            &[LeftOut::Owner]
        };
        assert_eq!(left, expected, "{index}");
    }
    let found = acme.crm().find_logged(&entries).await.unwrap();
    assert_eq!(found.len(), 200);
    assert_eq!(acme.requests() - before, 3, "200 keys are one look-up");
}

#[tokio::test]
async fn a_call_about_a_person_who_was_purged_is_written_without_them() {
    let acme = Acme::found().await;
    let [alice, _] = acme.agents();
    let grace = grace(&acme);
    acme.delete(&grace);
    acme.sandbox.purge(&grace.id).unwrap();
    let logged = acme.crm().log(&entry("key-1", &alice, &grace)).await;
    assert_eq!(logged.unwrap().without[0].what, LeftOut::Who);
    assert!(acme.calls()[0].at.is_empty());
}

#[tokio::test]
async fn x3_a_logged_call_is_when_somebody_was_last_dealt_with() {
    let acme = Acme::found().await;
    let [alice, _] = acme.agents();
    let grace = grace(&acme);
    acme.crm()
        .log(&entry("key-1", &alice, &grace))
        .await
        .unwrap();
    let phone = linecard_conformance::phone("+14155550134");
    let found = acme.crm().find(&phone).await.unwrap();
    let day = "2026-05-14T00:00:00Z".parse().unwrap();
    assert_eq!(found[0].last_activity, Some(day));
    let kept = &acme.sandbox.records("Contact")[0];
    assert_eq!(kept["LastActivityDate"], json!("2026-05-14"));
}
