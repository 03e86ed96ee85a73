//! What gathers while a CRM is away, what comes late, and what people do about both.

use std::collections::HashSet;

use linecard_crm::{EntryKey, LateParts};
use linecard_store::{Entry, EntryState, JobFilter, StoredCall};

use crate::office::Office;
use crate::office::crm::Answer;

const GRACE: &str = "+14155550134";

type History = [(StoredCall, Vec<Entry>)];

fn in_state(state: EntryState, times: usize) -> impl Fn(&History) -> bool {
    move |history| {
        let entries = history.iter().flat_map(|(_, entries)| entries);
        entries.filter(|entry| entry.state == state).count() == times
    }
}

fn note(text: &str) -> LateParts {
    LateParts {
        note: Some(text.to_owned()),
        ..LateParts::default()
    }
}

/// The key of the only entry.
async fn only_key(office: &Office) -> EntryKey {
    let history = office.history(|history| !history.is_empty()).await;
    history[0].1[0].key.clone()
}

impl Office {
    /// An answered call of each of so many people, each with a number of their own.
    async fn calls_of_people(&self, people: usize) {
        for person in 0..people {
            let number = format!("+1415555{:04}", 1_000 + person);
            self.crm.has(&number, &format!("003-{person}"), "Somebody");
            self.phones
                .answered_call(&format!("1.{person}"), &number)
                .await;
        }
    }

    /// So many answered calls of one person.
    async fn calls_of_grace(&self, calls: usize) {
        for call in 0..calls {
            self.phones.answered_call(&format!("1.{call}"), GRACE).await;
        }
    }

    async fn put_late(&self, key: &EntryKey, parts: &LateParts) -> Option<EntryState> {
        self.flow.put_late(key, parts).await.unwrap()
    }

    /// Waits until the CRM has been asked to change something so often.
    async fn until_amended(&self, times: usize) -> Vec<(String, LateParts)> {
        let amended = async {
            loop {
                let amended = self.crm.amended();
                if amended.len() >= times {
                    return amended;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(crate::office::DEADLINE, amended)
            .await
            .expect("never amended")
    }
}

#[tokio::test]
async fn x6_what_gathered_while_the_crm_was_down_goes_in_bulk_and_once() {
    let office = Office::open().await;
    office.crm.writes_in_bulk(20);
    office.crm.is_down(true);
    office.calls_of_people(40).await;
    office.history(in_state(EntryState::Waiting, 40)).await;
    office.crm.is_down(false);
    let before = office.crm.writes();
    office.history(in_state(EntryState::Written, 40)).await;
    let written = office.crm.written();
    let keys: HashSet<_> = written.iter().map(|entry| &entry.key).collect();
    assert_eq!((written.len(), keys.len()), (40, 40));
    // One that felt its way and two or three for the most of them; those that had never been tried
    // by then count as calls that have just ended and go singly.
    let requests = office.crm.writes() - before;
    assert!(requests <= 20, "{requests} requests for 40 calls");
}

#[tokio::test]
async fn x6_many_calls_of_one_number_go_together_in_their_order() {
    let office = Office::open().await;
    office.crm.writes_in_bulk(20);
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.is_down(true);
    office.calls_of_grace(30).await;
    office.history(in_state(EntryState::Waiting, 30)).await;
    office.until_asked_to_write().await;
    office.crm.is_down(false);
    let before = office.crm.writes();
    office.history(in_state(EntryState::Written, 30)).await;
    let starts: Vec<_> = office.crm.written().iter().map(|it| it.started).collect();
    assert!(starts.is_sorted(), "they keep their order: {starts:?}");
    // As above: some of them count as calls that have just ended.
    let requests = office.crm.writes() - before;
    assert!(requests <= 20, "{requests} requests for 30 calls");
}

#[tokio::test]
async fn x6_a_call_that_just_ended_is_one_request_of_its_own() {
    let office = Office::open().await;
    office.crm.writes_in_bulk(20);
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.phones.answered_call("1.1", GRACE).await;
    office.history(in_state(EntryState::Written, 1)).await;
    office.phones.answered_call("1.2", GRACE).await;
    office.history(in_state(EntryState::Written, 2)).await;
    assert_eq!(office.crm.writes(), 2);
    assert_eq!(office.crm.look_ups(), 0);
}

#[tokio::test]
async fn x6_what_is_refused_of_many_is_parked_alone() {
    let office = Office::open().await;
    office.crm.writes_in_bulk(20);
    office.crm.refuses(Some("003-7"));
    office.crm.is_down(true);
    office.calls_of_people(12).await;
    office.history(in_state(EntryState::Waiting, 12)).await;
    office.crm.is_down(false);
    office.history(in_state(EntryState::Written, 11)).await;
    let history = office.history(in_state(EntryState::Parked, 1)).await;
    let parked: Vec<_> = history
        .iter()
        .flat_map(|(_, entries)| entries)
        .filter(|entry| entry.state == EntryState::Parked)
        .collect();
    assert_eq!(parked[0].words.as_deref(), Some("a rule of the company"));
}

#[tokio::test]
async fn x6_many_lost_answers_are_looked_up_with_one_request() {
    let office = Office::open().await;
    office.crm.writes_in_bulk(20);
    office.crm.is_down(true);
    office.calls_of_people(10).await;
    office.history(in_state(EntryState::Waiting, 10)).await;
    // The feeler is answered; the answer about the other nine is lost.
    office.crm.answers([
        Answer::Fail(linecard_crm::Failure::retry("503")),
        Answer::WriteAndLose,
        Answer::WriteAndLose,
    ]);
    office.crm.is_down(false);
    office.history(in_state(EntryState::Written, 10)).await;
    let written = office.crm.written();
    let keys: HashSet<_> = written.iter().map(|entry| &entry.key).collect();
    assert_eq!((written.len(), keys.len()), (10, 10));
    assert!(office.crm.look_ups() <= 2, "{}", office.crm.look_ups());
}

#[tokio::test]
async fn x6_what_was_in_progress_when_linecard_was_killed_does_not_wait_for_its_lease() {
    let mut office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.answers([Answer::Hang]);
    office.phones.answered_call("1.1", GRACE).await;
    office.history(in_state(EntryState::Waiting, 1)).await;
    office.until_asked_to_write().await;
    // A lease lasts longer than a test waits.
    office.starts_after_a_kill().await;
    office.history(in_state(EntryState::Written, 1)).await;
    assert_eq!(office.crm.written().len(), 1);
    assert_eq!(office.crm.look_ups(), 1, "it may have been written");
}

#[tokio::test]
async fn x1_a_note_that_is_there_before_the_call_is_written_goes_with_it() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    // Not merely down: a request on its way would carry what stood before the note.
    office.crm.answers([Answer::quota_used_up()]);
    office.phones.answered_call("1.1", GRACE).await;
    office.until_the_crm_is_left_alone().await;
    let key = only_key(&office).await;
    let state = office.put_late(&key, &note("wants a quote")).await;
    assert_eq!(state, Some(EntryState::Waiting));
    office.sign_in_again().await;
    office.history(in_state(EntryState::Written, 1)).await;
    assert_eq!(office.crm.written()[0].late, note("wants a quote"));
    assert!(office.crm.amended().is_empty());
}

#[tokio::test]
async fn x1_a_note_that_comes_after_the_call_was_written_is_brought_into_the_same_entry() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.phones.answered_call("1.1", GRACE).await;
    let history = office.history(in_state(EntryState::Written, 1)).await;
    let entry = &history[0].1[0];
    let state = office.put_late(&entry.key, &note("wants a quote")).await;
    assert_eq!(state, Some(EntryState::Written));
    let amended = office.until_amended(1).await;
    assert_eq!(amended[0].0, entry.crm_id.clone().unwrap());
    assert_eq!(amended[0].1, note("wants a quote"));
    assert_eq!(office.crm.written().len(), 1);
}

#[tokio::test]
async fn x1_several_changes_are_one_request_with_the_newest() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.phones.answered_call("1.1", GRACE).await;
    office.history(in_state(EntryState::Written, 1)).await;
    let key = only_key(&office).await;
    // As above. It is another call that is refused.
    office.crm.answers([Answer::quota_used_up()]);
    office.phones.answered_call("1.2", GRACE).await;
    office.until_the_crm_is_left_alone().await;
    for text in ["one", "two", "three"] {
        office.put_late(&key, &note(text)).await;
    }
    let disposition = LateParts {
        disposition: Some("Sold".to_owned()),
        ..LateParts::default()
    };
    office.put_late(&key, &disposition).await;
    office.sign_in_again().await;
    let amended = office.until_amended(1).await;
    let newest = LateParts {
        note: Some("three".to_owned()),
        ..disposition
    };
    assert_eq!(amended, [(format!("00T{key}"), newest)]);
}

#[tokio::test]
async fn x1_the_note_of_a_refused_call_waits_with_it_and_others_do_not() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.refuses(Some("003G"));
    office.phones.answered_call("1.1", GRACE).await;
    office.history(in_state(EntryState::Parked, 1)).await;
    let key = only_key(&office).await;
    office.put_late(&key, &note("wants a quote")).await;
    office.calls_of_people(1).await;
    office.history(in_state(EntryState::Written, 1)).await;
    assert!(office.crm.amended().is_empty());

    office.crm.refuses(None);
    let outbox = office.flow.outbox();
    let list = outbox.list(Some(office.connection), JobFilter::Parked, None, 10);
    let refused = list.await.unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].entry.as_ref().unwrap().key, key);
    assert_eq!(
        refused[0].job.last_error.as_deref(),
        Some("a rule of the company")
    );
    assert!(outbox.replay(refused[0].job.id).await.unwrap());
    office.history(in_state(EntryState::Written, 2)).await;
    let written = office.crm.written();
    let late: Vec<_> = written.iter().filter(|it| it.key == key).collect();
    assert_eq!(late.len(), 1);
    assert_eq!(late[0].late, note("wants a quote"));
}

#[tokio::test]
async fn x6_every_refused_call_of_a_connection_is_tried_again_at_once() {
    let office = Office::open().await;
    office.crm.refuses(Some("003G"));
    office.crm.has(GRACE, "003G", "Grace Hopper");
    for id in ["1.1", "1.2", "1.3"] {
        office.phones.answered_call(id, GRACE).await;
    }
    office.history(in_state(EntryState::Parked, 3)).await;
    office.crm.refuses(None);
    let outbox = office.flow.outbox();
    assert_eq!(outbox.replay_all(office.connection).await.unwrap(), 3);
    office.history(in_state(EntryState::Written, 3)).await;
    let starts: Vec<_> = office.crm.written().iter().map(|it| it.started).collect();
    assert!(starts.is_sorted(), "they keep their order: {starts:?}");
}

#[tokio::test]
async fn h6_what_waits_can_be_given_up_and_is_listed_so() {
    let office = Office::open().await;
    office.crm.is_down(true);
    office.calls_of_people(10).await;
    office.history(in_state(EntryState::Waiting, 10)).await;
    let outbox = office.flow.outbox();
    assert_eq!(outbox.counts(office.connection).await.unwrap().waiting, 10);
    outbox.discard(office.connection).await.unwrap();
    let history = office.history(in_state(EntryState::Skipped, 10)).await;
    let reason = history[0].1[0].reason.as_deref();
    assert_eq!(reason, Some("discarded"));
}
