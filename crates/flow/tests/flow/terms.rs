//! What is written on which terms: the journal's switch and texts (E3 to E5), own and excluded
//! numbers (X4, X11), dry run and pilot (X16).

use linecard_flow::{DeskEvent, Exclusions, LookupState, NumberPattern};
use linecard_rules::journal::Options;
use linecard_rules::matching::Policy;
use linecard_rules::terms::{Mode, Sight, Terms};
use linecard_store::{Entry, EntryState};

use crate::office::{Office, ext};

const GRACE: &str = "+14155550134";

fn grace() -> Vec<NumberPattern> {
    vec![NumberPattern::try_from("(415) 555-0134".to_owned()).unwrap()]
}

/// The entries of an answered call from Grace to 101, once nothing waits.
async fn called(office: &Office) -> Vec<Entry> {
    office.phones.answered_call("1.1", GRACE).await;
    let settled = |entries: &[Entry]| entries.iter().all(|it| it.state != EntryState::Waiting);
    let mut history = office
        .history(|all| matches!(all, [(_, entries)] if settled(entries)))
        .await;
    history.remove(0).1
}

fn skipped(entries: &[Entry]) -> Option<&str> {
    match entries {
        [entry] if entry.state == EntryState::Skipped => entry.reason.as_deref(),
        _ => None,
    }
}

#[tokio::test]
async fn x16_a_dry_run_shows_what_it_would_write_and_writes_nothing() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let mode = Mode::DryRun;
    let matching = Policy::default();
    let sight = Sight::default();
    office
        .terms(Terms {
            mode,
            matching,
            sight,
        })
        .await;
    let entries = called(&office).await;
    assert_eq!(skipped(&entries), Some("dry_run"));
    assert_eq!(entries[0].subject, "Extension Call");
    assert!(entries[0].description.contains("Grace Hopper"));
    assert_eq!(entries[0].owner.as_deref(), Some("005A"));
    assert_eq!(office.crm.written(), []);
}

#[tokio::test]
async fn x16_what_waits_when_a_dry_run_begins_is_shown_and_not_written() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let connections = office.flow.connections();
    let held = office.crm.hold.write().await;
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|all| !all.is_empty()).await;
    connections
        .set_enabled(office.connection, false)
        .await
        .unwrap();
    let mode = Mode::DryRun;
    let matching = Policy::default();
    let sight = Sight::default();
    office
        .terms(Terms {
            mode,
            matching,
            sight,
        })
        .await;
    drop(held);
    connections
        .set_enabled(office.connection, true)
        .await
        .unwrap();
    let history = office
        .history(|all| all[0].1[0].state != EntryState::Waiting)
        .await;
    assert_eq!(skipped(&history[0].1), Some("dry_run"));
    assert!(history[0].1[0].description.contains("Grace Hopper"));
    assert_eq!(office.crm.written(), []);
}

#[tokio::test]
async fn x16_a_pilot_writes_for_its_group_only() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let mode = Mode::Pilot {
        extensions: vec![ext("102")],
    };
    let matching = Policy::default();
    let sight = Sight::default();
    office
        .terms(Terms {
            mode,
            matching,
            sight,
        })
        .await;
    assert_eq!(skipped(&called(&office).await), Some("not_in_pilot"));
    office.phones.ring("1.2", Some(GRACE), &["102"]).await;
    office.phones.answer("1.2", "102", &[]).await;
    office.phones.hang_up("1.2", &["102"]).await;
    office
        .history(|all| all.len() == 2 && all.iter().any(|it| it.1[0].state == EntryState::Written))
        .await;
    assert_eq!(office.crm.written()[0].extension, "102");
}

#[tokio::test]
async fn e3_with_the_journal_off_the_call_is_listed_and_the_card_shown() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let off = Options {
        on: false,
        ..Options::default()
    };
    office.journal(off).await;
    let mut alice = office.on_duty("101");
    assert_eq!(skipped(&called(&office).await), Some("journal_off"));
    alice
        .sees(|event| match event {
            DeskEvent::Card(card) => (card.lookup == LookupState::Found).then_some(()),
            _ => None,
        })
        .await;
    assert_eq!(office.crm.written(), []);
}

#[tokio::test]
async fn e4_e5_each_crm_has_its_own_texts() {
    let office = Office::open().await;
    office.join_second().await;
    office.second.has(GRACE, "9G", "Grace Hopper");
    office.crm.has("+14155550135", "003H", "Ada");
    let texts = Options {
        subject: "{{Call_Log_Status}}".to_owned(),
        description: "{{Call_From}} rang".to_owned(),
        ..Options::default()
    };
    office.journal(texts).await;
    called(&office).await;
    office.phones.answered_call("1.2", "+14155550135").await;
    office
        .history(|all| all.len() == 2 && all.iter().all(|it| it.1[0].state == EntryState::Written))
        .await;
    assert_eq!(office.second.written()[0].subject, "Extension Call");
    let first = &office.crm.written()[0];
    assert_eq!(first.subject, "Incoming Call");
    assert_eq!(first.description, "Ada<+14155550135> rang");
}

#[tokio::test]
async fn x4_an_own_number_is_never_looked_up_and_never_written() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let own = grace();
    office
        .exclude(Exclusions {
            own,
            ..Exclusions::default()
        })
        .await;
    assert_eq!(skipped(&called(&office).await), Some("own_number"));
    assert_eq!(office.crm.finds(), 0);
}

#[tokio::test]
async fn x11_a_number_that_is_never_logged_is_shown_and_not_written() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let never_logged = grace();
    office
        .exclude(Exclusions {
            never_logged,
            ..Exclusions::default()
        })
        .await;
    let entries = called(&office).await;
    assert_eq!(skipped(&entries), Some("never_logged"));
    assert_eq!(entries[0].who, None);
    assert_eq!(office.crm.written(), []);
}

#[tokio::test]
async fn when_the_company_moves_its_crms_read_numbers_as_it_does() {
    let office = Office::open().await;
    let mut organisation = office.flow.organisation().await.unwrap();
    organisation.home_addresses = vec!["http://127.0.0.1".parse().unwrap()];
    organisation.country = "NL".parse().unwrap();
    office.flow.put_organisation(organisation).await.unwrap();
    assert_eq!(office.crm.country(), Some("NL".parse().unwrap()));
}

#[tokio::test(flavor = "multi_thread")]
async fn f17_a_choice_holds_at_once_whatever_else_is_read_anew_meanwhile() {
    let office = Office::open().await;
    for masks_numbers in [true, false].repeat(200) {
        let mut chosen = office.flow.organisation().await.unwrap();
        chosen.home_addresses = vec!["http://127.0.0.1".parse().unwrap()];
        chosen.masks_numbers = masks_numbers;
        // Each began to read before or after the choice was kept.
        let others = futures_util::future::join_all((0..30).map(async |wait| {
            tokio::time::sleep(std::time::Duration::from_micros(wait * 50)).await;
            office.flow.directory_changed().await
        }));
        let (kept, others) = tokio::join!(office.flow.put_organisation(chosen), others);
        kept.unwrap();
        others.into_iter().collect::<Result<(), _>>().unwrap();
        assert_eq!(office.flow.masks_numbers(), masks_numbers);
    }
}
