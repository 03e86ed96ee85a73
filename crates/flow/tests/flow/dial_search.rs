//! An agent looks for whom to call, as they type (F14, F15, F17).

use linecard_book::{Number, Slot};
use linecard_crm::Failure;
use linecard_flow::{DialContact, DialFound, DialSearch, DialSearchFailure};
use linecard_rules::sync::Options;
use linecard_store::{ContactDetails, SeenBy};

use crate::office::{Office, ext};

const HOPPER: &str = "+14155550134";
const BELL: &str = "+14155550135";

impl Office {
    /// A phonebook that people keep, with these contacts.
    pub(crate) async fn has_friends(&self, seen_by: &SeenBy, friends: &[(&str, &str)]) {
        let mut unit = self.flow.store().begin().await.unwrap();
        let friends_book = unit.phonebooks().create("Friends").await.unwrap().unwrap();
        let mut phonebooks = unit.phonebooks();
        let (id, version) = (friends_book.id, friends_book.version);
        phonebooks
            .change(id, version, "Friends", seen_by)
            .await
            .unwrap();
        for (name, number) in friends {
            let number = Number {
                slot: Slot::Mobile,
                written: (*number).to_owned(),
                e164: number.parse().ok(),
            };
            let friend = ContactDetails {
                name: (*name).to_owned(),
                numbers: vec![number],
                ..ContactDetails::default()
            };
            unit.contacts().add(id, &friend).await.unwrap();
        }
        unit.commit().await.unwrap();
        self.phonebooks_are_in_memory().await;
    }

    async fn always_asks(&self, always_query: bool) {
        let options = Options {
            on: true,
            always_query,
            ..Options::default()
        };
        self.keeps(&options).await;
    }

    /// What the first CRM that is to be asked has beyond `known`.
    async fn asks(
        &self,
        found: &DialFound,
        text: &str,
        known: &[DialContact],
    ) -> Result<Vec<DialContact>, DialSearchFailure> {
        let crm = &found.to_ask[0];
        self.flow.dial_search_in(crm, &typed(text), known).await
    }

    async fn looks_for(&self, search: &DialSearch) -> DialFound {
        self.flow.dial_search(search).await.unwrap()
    }
}

fn typed(text: &str) -> DialSearch {
    DialSearch {
        extension: ext("101"),
        text: text.to_owned(),
        masked: false,
    }
}

fn names(contacts: &[DialContact]) -> Vec<&str> {
    contacts.iter().map(|it| it.name.as_str()).collect()
}

#[tokio::test]
async fn f14_with_always_query_the_crm_is_searched_behind_the_phonebooks() {
    let office = Office::open().await;
    office
        .has_friends(&SeenBy::Everyone, &[("Grace Hopper", HOPPER)])
        .await;
    office.always_asks(true).await;
    office.crm.has(BELL, "003B", "Graham Bell");
    let found = office.looks_for(&typed("gra")).await;
    assert_eq!(names(&found.contacts), ["Grace Hopper"]);
    assert_eq!(found.contacts[0].numbers[0].number, "(415) 555-0134");
    assert_eq!(found.to_ask.len(), 1);
    let more = office.asks(&found, "gra", &found.contacts).await.unwrap();
    assert_eq!(names(&more), ["Graham Bell"]);
    assert_eq!(more[0].crm.as_deref(), Some("Fake CRM"));
    assert_eq!(
        more[0].page.as_ref().unwrap().as_str(),
        "https://crm.example/003B"
    );
    // Who types the same again within a minute costs the CRM nothing.
    let again = office.asks(&found, "Gra", &[]).await.unwrap();
    assert_eq!(names(&again), ["Graham Bell"]);
    assert_eq!(office.crm.searches(), 1);
}

#[tokio::test]
async fn f14_a_contact_that_is_shown_is_not_shown_again_by_its_crm() {
    let office = Office::open().await;
    office.always_asks(true).await;
    office.crm.has(BELL, "003B", "Graham Bell");
    let found = office.looks_for(&typed("gra")).await;
    let first = office.asks(&found, "gra", &[]).await.unwrap();
    assert_eq!(names(&first), ["Graham Bell"]);
    assert_eq!(office.asks(&found, "gra", &first).await.unwrap(), []);
}

#[tokio::test]
async fn f15_without_it_only_the_phonebooks_are_searched() {
    let office = Office::open().await;
    office
        .has_friends(&SeenBy::Everyone, &[("Grace Hopper", HOPPER)])
        .await;
    office.always_asks(false).await;
    let found = office.looks_for(&typed("gra")).await;
    assert_eq!(names(&found.contacts), ["Grace Hopper"]);
    assert_eq!(found.to_ask, []);
}

#[tokio::test]
async fn f17_masked_no_crm_is_searched_and_nobody_is_found_by_a_number() {
    let office = Office::open().await;
    office
        .has_friends(&SeenBy::Everyone, &[("Grace Hopper", HOPPER)])
        .await;
    office.always_asks(true).await;
    for (text, wanted) in [("gra", 1), ("5550134", 0)] {
        let search = DialSearch {
            masked: true,
            ..typed(text)
        };
        let found = office.looks_for(&search).await;
        assert_eq!(
            (found.contacts.len(), found.to_ask.len()),
            (wanted, 0),
            "{text}"
        );
    }
    assert_eq!(office.looks_for(&typed("5550134")).await.contacts.len(), 1);
}

#[tokio::test]
async fn f14_a_phonebook_that_the_agent_does_not_see_is_not_searched() {
    let office = Office::open().await;
    let others = SeenBy::Extensions(vec![ext("102")]);
    office
        .has_friends(&others, &[("Grace Hopper", HOPPER)])
        .await;
    assert_eq!(office.looks_for(&typed("gra")).await.contacts, []);
    let colleague = DialSearch {
        extension: ext("102"),
        ..typed("gra")
    };
    let found = office.looks_for(&colleague).await;
    assert_eq!(names(&found.contacts), ["Grace Hopper"]);
}

#[tokio::test]
async fn f14_whom_the_agent_had_a_call_with_comes_first_also_after_a_restart() {
    let mut office = Office::open().await;
    let friends = [("Graham Bell", BELL), ("Grace Hopper", HOPPER)];
    office.has_friends(&SeenBy::Everyone, &friends).await;
    let found = office.looks_for(&typed("gra")).await;
    assert_eq!(names(&found.contacts), ["Grace Hopper", "Graham Bell"]);
    office.phones.answered_call("1.1", BELL).await;
    office.recent_first("Graham Bell").await;
    office.restart().await;
    office.phonebooks_are_in_memory().await;
    office.recent_first("Graham Bell").await;
    let colleague = DialSearch {
        extension: ext("102"),
        ..typed("gra")
    };
    let found = office.looks_for(&colleague).await;
    assert_eq!(names(&found.contacts), ["Grace Hopper", "Graham Bell"]);
}

impl Office {
    /// Waits until `name`, with whom 101 had a call, is found first.
    async fn recent_first(&self, name: &str) {
        let first = async {
            loop {
                let found = self.looks_for(&typed("gra")).await;
                if found.contacts[0].recent {
                    return found.contacts[0].name.clone();
                }
                tokio::task::yield_now().await;
            }
        };
        let first = tokio::time::timeout(crate::office::DEADLINE, first);
        assert_eq!(first.await.expect("never first"), name);
    }
}

#[tokio::test]
async fn f14_a_crm_that_fails_says_why_and_is_asked_again() {
    let office = Office::open().await;
    office.always_asks(true).await;
    office.crm.has(BELL, "003B", "Graham Bell");
    let found = office.looks_for(&typed("gra")).await;
    office.crm.find_fails(Some(Failure::retry("busy")));
    let failed = office.asks(&found, "gra", &[]).await.unwrap_err();
    assert_eq!(failed.code(), "crm_unavailable");
    office.crm.find_fails(None);
    let found = office.asks(&found, "gra", &[]).await.unwrap();
    assert_eq!(names(&found), ["Graham Bell"]);
}
