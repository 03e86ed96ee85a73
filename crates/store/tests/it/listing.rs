//! What an import added is listed after its rows are written; whatever happens between the two.

use linecard_book::Slot;
use linecard_store::{
    Contact, ContactDetails, ContactSearch, DataKind, ImportId, ImportState, Like, OnDuplicate,
    PhonebookId, SharedName, UnitOfWork, Unlisted,
};

use crate::fixture::{Fixture, on_both_databases};
use crate::imports::contact;
use crate::raw::Raw;

on_both_databases!(
    an_imported_contact_is_found_like_one_that_was_written_by_hand,
    a_listing_that_was_interrupted_is_done_by_whoever_comes_next,
    what_is_edited_moved_or_deleted_before_the_listing_is_listed_as_it_is,
    rows_are_compared_with_contacts_as_they_are_now,
    numbers_that_a_contact_has_twice_are_found_as_long_as_it_has_one,
    nothing_is_left_of_contacts_that_are_gone,
    an_import_is_not_forgotten_before_all_is_listed,
);

const ADA: &str = "+4930000123";
const BOB: &str = "+4930000456";
const EVE: &str = "+4930000789";

impl Fixture {
    /// Imports contacts; no list shows them on SQLite.
    async fn imports(
        &self,
        phonebook: PhonebookId,
        all: &[ContactDetails],
    ) -> (ImportId, Unlisted) {
        let import = self.running(phonebook).await;
        let mut unlisted = Unlisted::default();
        self.takes((phonebook, import), all, OnDuplicate::Skip, &mut unlisted)
            .await;
        (import, unlisted)
    }

    async fn by_hand(&self, phonebook: PhonebookId, details: &ContactDetails) -> Contact {
        let mut unit = self.begin().await;
        let added = unit.contacts().add(phonebook, details).await.unwrap();
        unit.commit().await.unwrap();
        added
    }

    /// What an import has added and is not listed, as somebody finds it who was not there.
    async fn left_of(&self, import: ImportId) -> Unlisted {
        let (mut unlisted, mut last) = (Unlisted::default(), None);
        loop {
            let mut unit = self.read().await;
            last = unit
                .contacts()
                .read_unlisted(import, last, 2, &mut unlisted)
                .await
                .unwrap();
            if last.is_none() {
                return unlisted;
            }
        }
    }

    async fn contact_of(&self, import: ImportId, name: &str) -> Contact {
        let mut unit = self.read().await;
        let all = unit.contacts().all(None, 100).await.unwrap();
        let found = all.into_iter().find(|contact| contact.name == name);
        found.unwrap_or_else(|| panic!("{name} of {import} is not there"))
    }

    /// The names of the contacts that have this number, as far as they are listed.
    async fn whose(&self, number: &str) -> Vec<String> {
        let mut unit = self.read().await;
        let number = number.parse().unwrap();
        let found = unit.contacts().with_number(&number).await.unwrap();
        found.into_iter().map(|contact| contact.name).collect()
    }

    /// How many keys of names, and of numbers, there are.
    async fn keys(&self) -> (usize, usize) {
        let mut raw = Raw::open(&self.url).await;
        let names = raw.texts("SELECT contact FROM name_keys").await;
        let numbers = raw.texts("SELECT contact FROM number_keys").await;
        (names.len(), numbers.len())
    }
}

fn people() -> [ContactDetails; 3] {
    [
        contact("Eve", "", &[(Slot::Home, EVE)]),
        contact("Ada", "Acme", &[(Slot::Business, ADA), (Slot::Mobile, BOB)]),
        contact("Bob", "Acme", &[(Slot::Mobile, "+4930000999")]),
    ]
}

async fn an_imported_contact_is_found_like_one_that_was_written_by_hand(fixture: &Fixture) {
    let (by_hand, by_file) = (
        fixture.phonebook("By hand").await.id,
        fixture.phonebook("By file").await.id,
    );
    for person in &people() {
        fixture.by_hand(by_hand, person).await;
    }
    let (_, unlisted) = fixture.imports(by_file, &people()).await;
    fixture.lists(unlisted).await;

    let told = fixture.told(by_file).await;
    assert_eq!(told.len(), 3);
    assert_eq!(told, fixture.told(by_hand).await);
    assert_eq!(fixture.whose(BOB).await, ["Ada", "Ada"]);
    let mut unit = fixture.read().await;
    for phonebook in [by_hand, by_file] {
        for (text, wanted) in [("acme", 2), ("eve", 1), ("0000456", 1)] {
            let search = ContactSearch::new(text, None);
            let found = unit.contacts().find(phonebook, &search, None, 9).await;
            assert_eq!(found.unwrap().len(), wanted, "{text}");
        }
        let like = unit.contacts().like(phonebook, &people()).await.unwrap();
        let by_number = |like: &Option<Like>| like.as_ref().is_some_and(|it| it.number.is_some());
        assert!(like.iter().all(by_number));
        let shared = unit
            .contacts()
            .sharing_numbers(Some(phonebook), None, 9)
            .await
            .unwrap();
        assert_eq!(shared.len(), 4);
        let shared = unit
            .contacts()
            .sharing_names(Some(phonebook), &SharedName::default(), 9)
            .await
            .unwrap();
        let sizes: Vec<_> = shared
            .iter()
            .map(|it| (it.count, it.contacts.len()))
            .collect();
        assert_eq!(sizes, [(2, 2); 3]);
    }
    let found = unit.contacts().search("A", 9).await.unwrap();
    assert_eq!(found.len(), 2);
}

async fn a_listing_that_was_interrupted_is_done_by_whoever_comes_next(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let (import, unlisted) = fixture.imports(phonebook, &people()).await;
    let mut listing = unlisted.in_order();
    let mut unit = fixture.begin().await;
    unit.contacts().list(&mut listing, 1).await.unwrap();
    unit.commit().await.unwrap();
    drop(listing);

    fixture.lists(fixture.left_of(import).await).await;
    let names: Vec<_> = fixture.told(phonebook).await;
    assert_eq!(
        names,
        [
            format!("Ada | Acme | business {ADA}, mobile {BOB}"),
            "Bob | Acme | mobile +4930000999".to_owned(),
            format!("Eve |  | home {EVE}"),
        ]
    );
    assert_eq!(fixture.keys().await, (3, 4));
}

async fn what_is_edited_moved_or_deleted_before_the_listing_is_listed_as_it_is(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let elsewhere = fixture.phonebook("Elsewhere").await.id;
    let (import, unlisted) = fixture.imports(phonebook, &people()).await;
    let ada = fixture.contact_of(import, "Ada").await;
    let bob = fixture.contact_of(import, "Bob").await;
    let eve = fixture.contact_of(import, "Eve").await;
    let mut unit = fixture.begin().await;
    let mut contacts = unit.contacts();
    let augusta = contact("Augusta", "", &[(Slot::Mobile, ADA)]);
    contacts
        .change(ada.id, ada.version, &augusta)
        .await
        .unwrap();
    assert_eq!(contacts.delete(&[bob.id]).await.unwrap(), 1);
    assert_eq!(contacts.move_all(&[eve.id], elsewhere).await.unwrap(), 1);
    unit.commit().await.unwrap();
    let augusta = format!("Augusta |  | mobile {ADA}");
    assert_eq!(fixture.told(phonebook).await, [augusta.as_str()], "at once");
    assert_eq!(fixture.whose(ADA).await, ["Augusta"], "at once");

    fixture.lists(unlisted).await;
    assert_eq!(fixture.told(phonebook).await, [augusta]);
    assert_eq!(
        fixture.told(elsewhere).await,
        [format!("Eve |  | home {EVE}")]
    );
    assert_eq!(fixture.whose(ADA).await, ["Augusta"]);
    assert_eq!(fixture.whose(EVE).await, ["Eve"]);
    assert!(fixture.whose(BOB).await.is_empty(), "Ada has it no more");
    assert_eq!(fixture.keys().await, (2, 2));
}

async fn rows_are_compared_with_contacts_as_they_are_now(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let (import, mut unlisted) = fixture.imports(phonebook, &people()).await;
    let ada = fixture.contact_of(import, "Ada").await;
    let bob = fixture.contact_of(import, "Bob").await;
    let mut unit = fixture.begin().await;
    let augusta = contact("Augusta", "", &[(Slot::Mobile, "+493000001")]);
    let mut contacts = unit.contacts();
    contacts
        .change(ada.id, ada.version, &augusta)
        .await
        .unwrap();
    contacts.delete(&[bob.id]).await.unwrap();
    unit.commit().await.unwrap();

    let rows = [
        contact("Ada", "Acme", &[(Slot::Mobile, ADA)]),
        contact("Bob", "Acme", &[(Slot::Mobile, "+493000002")]),
        contact("Gus", "", &[(Slot::Mobile, "+493000001")]),
        contact("EVE", "", &[(Slot::Mobile, "+493000003")]),
    ];
    let became = fixture
        .takes((phonebook, import), &rows, OnDuplicate::Skip, &mut unlisted)
        .await;
    assert_eq!(became, ["added", "added", "number", "name"]);
}

async fn numbers_that_a_contact_has_twice_are_found_as_long_as_it_has_one(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let twice = contact("Ada", "", &[(Slot::Business, ADA), (Slot::Mobile, ADA)]);
    let (import, unlisted) = fixture.imports(phonebook, &[twice]).await;
    fixture.lists(unlisted).await;
    assert_eq!(fixture.whose(ADA).await, ["Ada"]);
    for numbers in [&[(Slot::Mobile, ADA)][..], &[]] {
        let ada = fixture.contact_of(import, "Ada").await;
        let mut unit = fixture.begin().await;
        let once = contact("Ada", "", numbers);
        unit.contacts()
            .change(ada.id, ada.version, &once)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        assert_eq!(fixture.whose(ADA).await.len(), numbers.len());
    }
}

async fn nothing_is_left_of_contacts_that_are_gone(fixture: &Fixture) {
    let (one, other) = (
        fixture.phonebook("One").await.id,
        fixture.phonebook("Other").await.id,
    );
    for phonebook in [one, other] {
        let (import, unlisted) = fixture.imports(phonebook, &people()).await;
        fixture.lists(unlisted).await;
        let mut unit = fixture.begin().await;
        let taken = unit.contacts().take_out(phonebook, import, None, 1).await;
        assert_eq!(taken.unwrap().1, 1);
        unit.commit().await.unwrap();
    }
    assert_eq!(fixture.keys().await.0, 4);
    let mut unit = fixture.begin().await;
    assert!(unit.phonebooks().delete(one).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(fixture.keys().await.0, 2);
    let mut unit = fixture.begin().await;
    assert!(unit.phonebooks().delete(other).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(fixture.keys().await, (0, 0));
}

async fn an_import_is_not_forgotten_before_all_is_listed(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let import = fixture.running(phonebook).await;
    let mut unit = fixture.begin().await;
    let mut imports = unit.imports();
    let stopped = imports.change(import, &[ImportState::Running], ImportState::Cancelled);
    assert!(stopped.await.unwrap());
    assert!(imports.at_work("office").await.unwrap().is_empty());
    assert!(imports.listed(import, 3).await.unwrap());
    assert_eq!(imports.at_work("office").await.unwrap().len(), 1);
    fixture.advance(100);
    let then = fixture.later(-50);
    let forget = async |unit: &mut UnitOfWork| {
        let mut keeping = unit.keeping();
        let forgotten = keeping.delete_old(DataKind::Imports, then, 10).await;
        forgotten.unwrap()
    };
    assert_eq!(forget(&mut unit).await, 0, "it is there");
    assert!(unit.imports().listed(import, 0).await.unwrap());
    assert!(unit.imports().at_work("office").await.unwrap().is_empty());
    assert_eq!(forget(&mut unit).await, 1);
    assert!(unit.imports().get(import).await.unwrap().is_none());
}
