//! What an agent sees of records that are not theirs (B9).

use linecard_flow::{Card, DeskEvent, LookupState};
use linecard_rules::terms::{Sight, Terms};

use crate::office::Office;

const GRACE: &str = "+14155550134";

/// The first card of 101 on which the search has come to an end. Grace is `owner`'s.
async fn seen(office: &Office, owner: &str, sight: Sight) -> Card {
    let ended = |card: &Card| card.lookup != LookupState::Searching;
    seen_once(office, owner, sight, ended).await
}

/// The first card of 101 that is as it is wanted.
async fn seen_once(
    office: &Office,
    owner: &str,
    sight: Sight,
    wanted: impl Fn(&Card) -> bool,
) -> Card {
    office.crm.has_owned(GRACE, "003G", owner);
    let terms = Terms {
        sight,
        ..Terms::default()
    };
    office.terms(terms).await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    alice
        .sees(|event| match event {
            DeskEvent::Card(card) if wanted(card) => Some(card.as_ref().clone()),
            _ => None,
        })
        .await
}

/// Name and company, as far as the card has them.
fn who(card: Card) -> Option<(String, Option<String>)> {
    card.contact.map(|contact| (contact.name, contact.company))
}

fn grace(company: Option<&str>) -> (String, Option<String>) {
    ("Grace Hopper".to_owned(), company.map(str::to_owned))
}

#[tokio::test]
async fn b9_of_a_colleagues_record_the_name_is_shown_unless_chosen_otherwise() {
    let office = Office::open().await;
    office.crm.tells_no_rights();
    let card = seen(&office, "005B", Sight::default()).await;
    assert_eq!(who(card), Some(grace(None)));
}

#[tokio::test]
async fn b9_ones_own_record_is_shown_whole() {
    let office = Office::open().await;
    office.crm.tells_no_rights();
    let card = seen(&office, "005A", Sight::Own).await;
    assert_eq!(who(card), Some(grace(Some("Acme"))));
}

#[tokio::test]
async fn b9_with_own_records_only_a_colleagues_is_not_shown_and_does_not_pop() {
    let office = Office::open().await;
    office.crm.tells_no_rights();
    let card = seen(&office, "005B", Sight::Own).await;
    assert_eq!(card.lookup, LookupState::Hidden);
    assert_eq!(card.crm.as_deref(), Some("Fake CRM"));
    assert_eq!(who(card), None);
    let mut alice = office.on_duty("101");
    office.phones.hang_up("1.1", &["101"]).await;
    let popped = alice
        .sees(|event| match event {
            DeskEvent::Pop { .. } => Some(true),
            DeskEvent::Gone(_) => Some(false),
            _ => None,
        })
        .await;
    assert!(!popped);
}

#[tokio::test]
async fn b9_all_records_are_shown_whole_where_that_is_chosen() {
    let office = Office::open().await;
    office.crm.tells_no_rights();
    let card = seen(&office, "005B", Sight::All).await;
    assert_eq!(who(card), Some(grace(Some("Acme"))));
}

#[tokio::test]
async fn b9_a_crm_that_knows_its_users_rights_is_not_second_guessed() {
    let office = Office::open().await;
    let whole = |card: &Card| {
        let contact = card.contact.as_ref();
        contact.is_some_and(|contact| contact.company.is_some())
    };
    let card = seen_once(&office, "005B", Sight::Own, whole).await;
    assert_eq!(who(card), Some(grace(Some("Acme"))));
}

#[tokio::test]
async fn b9_what_the_crm_hides_from_its_user_is_hidden_on_the_card() {
    let office = Office::open().await;
    office.crm.hides("003G", "005A");
    let hidden = |card: &Card| card.lookup == LookupState::Hidden;
    let card = seen_once(&office, "005B", Sight::All, hidden).await;
    assert_eq!(who(card), None);
}

#[tokio::test]
async fn b9_where_the_crm_fails_to_tell_the_name_alone_is_shown() {
    let office = Office::open().await;
    office.crm.fails_to_tell_rights();
    let card = seen(&office, "005B", Sight::All).await;
    assert_eq!(who(card), Some(grace(None)));
}
