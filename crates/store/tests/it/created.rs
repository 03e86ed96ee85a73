//! Creating a record for an unknown number: once, over all nodes.

use jiff::SignedDuration;
use linecard_crm::{AdviceCode, EntryKey, Module, NewRecord, Record, RecordRef, Words};
use linecard_number::Phone;
use linecard_store::{Begun, ConnectionId, Creation, CreationState, NewCreation};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::extension;

on_both_databases!(
    g4_one_number_is_created_once_at_a_time_over_all_connections,
    g4_what_was_left_is_taken_over_with_the_moment_the_crm_was_asked,
    a_creation_the_crm_was_never_asked_for_is_forgotten,
    g11_what_was_created_is_listed_newest_first_and_can_be_undone,
    a_refused_creation_is_listed_with_the_crms_words_and_frees_its_number,
);

const LEASE: SignedDuration = SignedDuration::from_secs(90);

fn new(connection: ConnectionId, number: &str) -> NewCreation {
    NewCreation {
        connection,
        new: NewRecord {
            key: EntryKey::new(format!("create-{number}")),
            module: Module::Lead,
            first_name: "Automatic New Contact".to_owned(),
            last_name: format!("-{number}"),
            company: "[not provided]".to_owned(),
            phone: Phone {
                e164: number.parse().unwrap(),
                national: number.trim_start_matches('+').to_owned(),
                trunk_prefix: None,
                shown: number.to_owned(),
                extension: None,
            },
            owner: Some("005A".to_owned()),
        },
        agent: extension("101"),
        account: None,
    }
}

fn record(id: &str) -> Record {
    Record {
        at: RecordRef {
            module: Module::Lead,
            id: id.to_owned(),
        },
        name: "Automatic New Contact -1".to_owned(),
        company: None,
        owner: None,
        number: "+14155550134".to_owned(),
        account: None,
        modified: None,
        last_activity: None,
        page: "https://org.example/00Q1".parse().unwrap(),
    }
}

impl Fixture {
    async fn begin_creation(&self, new: &NewCreation) -> Begun {
        let mut unit = self.begin().await;
        let begun = unit.creations().begin(new, LEASE).await.unwrap();
        unit.commit().await.unwrap();
        begun
    }

    async fn ours(&self, new: &NewCreation) -> Creation {
        match self.begin_creation(new).await {
            Begun::Ours(creation) => *creation,
            Begun::Others(creation) => panic!("another has it: {creation:?}"),
        }
    }
}

async fn g4_one_number_is_created_once_at_a_time_over_all_connections(fixture: &Fixture) {
    let (one, other) = (fixture.connection().await.id, fixture.connection().await.id);
    let first = fixture.ours(&new(one, "+14155550134")).await;
    assert_eq!(first.state, CreationState::UnderWay);
    assert_eq!(first.new, new(one, "+14155550134").new);
    let second = fixture.begin_creation(&new(other, "+14155550134")).await;
    assert_eq!(second, Begun::Others(Box::new(first.clone())));
    fixture.ours(&new(other, "+14155550135")).await;
    let mut unit = fixture.begin().await;
    unit.creations()
        .finish(first.id, &record("00Q1"), false)
        .await
        .unwrap();
    unit.commit().await.unwrap();
    fixture.ours(&new(other, "+14155550134")).await;
}

async fn g4_what_was_left_is_taken_over_with_the_moment_the_crm_was_asked(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let first = fixture.ours(&new(connection, "+14155550134")).await;
    let asked = fixture.now();
    let mut unit = fixture.begin().await;
    let until = fixture.later(90);
    unit.creations()
        .set_asked(first.id, Some(asked), until)
        .await
        .unwrap();
    unit.commit().await.unwrap();
    assert!(
        fixture
            .read()
            .await
            .creations()
            .left(fixture.now(), 9)
            .await
            .unwrap()
            .is_empty()
    );
    fixture.advance(90);
    let left = fixture
        .read()
        .await
        .creations()
        .left(fixture.now(), 9)
        .await;
    assert_eq!(left.unwrap().len(), 1);
    let taken = fixture.ours(&new(connection, "+14155550134")).await;
    assert_eq!((taken.id, taken.asked), (first.id, Some(asked)));
    // It is asked no more whether the CRM did it, and may be left for another attempt later.
    let mut unit = fixture.begin().await;
    let resume = fixture.later(30);
    unit.creations().leave(first.id, resume).await.unwrap();
    unit.commit().await.unwrap();
    let kept = fixture.read().await.creations().get(first.id).await;
    assert_eq!(kept.unwrap().unwrap().lease_until, resume);
}

async fn a_creation_the_crm_was_never_asked_for_is_forgotten(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let creation = fixture.ours(&new(connection, "+14155550134")).await;
    let mut unit = fixture.begin().await;
    let now = fixture.now();
    unit.creations().leave(creation.id, now).await.unwrap();
    unit.commit().await.unwrap();
    let kept = fixture.read().await.creations().get(creation.id).await;
    assert_eq!(kept.unwrap(), None);
}

async fn g11_what_was_created_is_listed_newest_first_and_can_be_undone(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let mut made = Vec::new();
    for (number, id) in [("+14155550134", "00Q1"), ("+14155550135", "00Q2")] {
        let creation = fixture.ours(&new(connection, number)).await;
        let mut unit = fixture.begin().await;
        unit.creations()
            .finish(creation.id, &record(id), false)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        made.push(creation);
        fixture.advance(1);
    }
    let mut unit = fixture.begin().await;
    let all = unit.creations().recent(Some(connection), None, 10).await;
    let ids: Vec<_> = all.unwrap().into_iter().map(|it| it.id).collect();
    assert_eq!(ids, [made[1].id, made[0].id]);
    let before = Some((made[1].created, made[1].id));
    let older = unit.creations().recent(None, before, 10).await.unwrap();
    assert_eq!(older.len(), 1);
    assert_eq!(older[0].record.as_ref(), Some(&record("00Q1")));

    let number = &made[0].new.phone.e164;
    let known = |record: Option<Record>| record.map(|record| record.at.id);
    let found = unit
        .creations()
        .of_number(connection, number, made[0].created)
        .await;
    assert_eq!(known(found.unwrap()), Some("00Q1".to_owned()));
    let later = made[1].created;
    let found = unit.creations().of_number(connection, number, later).await;
    assert_eq!(found.unwrap(), None);
    unit.creations().set_removed(made[0].id).await.unwrap();
    let found = unit
        .creations()
        .of_number(connection, number, made[0].created)
        .await;
    assert_eq!(found.unwrap(), None);
}

async fn a_refused_creation_is_listed_with_the_crms_words_and_frees_its_number(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let creation = fixture.ours(&new(connection, "+14155550134")).await;
    let words =
        Words::from("Required fields are missing: [Region__c]").advising(AdviceCode::KeepsRefusing);
    let mut unit = fixture.begin().await;
    unit.creations().fail(creation.id, &words).await.unwrap();
    let all = unit.creations().recent(None, None, 10).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(all[0].state, CreationState::Failed);
    assert_eq!(all[0].words, Some(words));
    fixture.ours(&new(connection, "+14155550134")).await;
}
