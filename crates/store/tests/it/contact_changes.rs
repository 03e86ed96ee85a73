//! What is told of changes in phonebooks, here and to other nodes.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use linecard_book::Slot;
use linecard_store::{
    Contact, ContactChanges, ContactId, ContactListener, ContactNews, FeedPlace, OnDuplicate,
    PhonebookId, Store, Unlisted,
};

use crate::fixture::{Fixture, on_both_databases};
use crate::imports;
use crate::phonebooks::{at, contact};

on_both_databases!(
    a_listener_is_told_before_the_commit_returns_and_nothing_that_was_not_committed,
    of_much_a_listener_is_told_that_there_is_much,
    what_an_import_added_is_followed_as_it_is_by_then,
    what_an_import_added_goes_with_its_phonebook,
    another_node_follows_changes_and_removals,
    another_node_follows_much_in_parts_and_few_rows_are_written,
    a_phonebook_that_goes_is_one_row_however_many_contacts_it_has,
    the_feed_forgets_what_is_old,
    all_contacts_are_read_page_by_page,
);

const GRACE: &str = "+14155550134";

/// Keeps what it is told.
#[derive(Default)]
struct Heard(Mutex<Vec<ContactNews>>);

impl ContactListener for Heard {
    fn committed(&self, news: ContactNews) {
        self.0.lock().unwrap().push(news);
    }
}

impl Heard {
    fn of(store: &Store) -> Arc<Self> {
        let heard = Arc::new(Self::default());
        store.listen(Arc::clone(&heard) as _);
        heard
    }

    fn take(&self) -> Vec<ContactNews> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

fn names(contacts: &[Contact]) -> Vec<&str> {
    contacts.iter().map(|it| it.name.as_str()).collect()
}

async fn end(store: &Store) -> FeedPlace {
    let mut unit = store.read().await.unwrap();
    unit.contact_feed().end().await.unwrap()
}

async fn next(store: &Store, place: &mut FeedPlace) -> Option<ContactChanges> {
    let mut unit = store.read().await.unwrap();
    unit.contact_feed().next(place).await.unwrap()
}

impl Fixture {
    async fn put(&self, phonebook: PhonebookId, id: &str, name: &str) -> ContactId {
        let mut unit = self.begin().await;
        let contact = contact(id, name, &[GRACE]);
        let id = unit.contacts().put(phonebook, &contact).await.unwrap();
        unit.commit().await.unwrap();
        id
    }

    /// Many contacts in one unit of work.
    async fn put_many(&self, phonebook: PhonebookId, count: usize) {
        let mut unit = self.begin().await;
        for id in 0..count {
            let contact = contact(&id.to_string(), "One of many", &[GRACE]);
            unit.contacts().put(phonebook, &contact).await.unwrap();
        }
        unit.commit().await.unwrap();
    }
}

async fn a_listener_is_told_before_the_commit_returns_and_nothing_that_was_not_committed(
    fixture: &Fixture,
) {
    let book = fixture.phonebook("Sales").await.id;
    let heard = Heard::of(&fixture.store);
    let id = fixture.put(book, "1", "Grace").await;
    let told = heard.take();
    let [ContactNews::Changed(changes)] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!(names(&changes.there), ["Grace"]);
    assert_eq!(changes.there[0].numbers.len(), 1);
    assert_eq!((&changes.gone, &changes.phonebooks), (&Vec::new(), &None));

    let mut unit = fixture.begin().await;
    unit.contacts().remove(book, &at("1")).await.unwrap();
    drop(unit);
    assert_eq!(heard.take(), []);

    let mut unit = fixture.begin().await;
    unit.contacts().remove(book, &at("1")).await.unwrap();
    unit.commit().await.unwrap();
    let gone = ContactChanges {
        gone: vec![id],
        ..ContactChanges::default()
    };
    assert_eq!(heard.take(), [ContactNews::Changed(gone)]);
}

async fn of_much_a_listener_is_told_that_there_is_much(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let heard = Heard::of(&fixture.store);
    fixture.put_many(book, 101).await;
    assert_eq!(heard.take(), [ContactNews::Much]);
}

/// Contacts of a file, more than a listener is told of at once.
const OF_A_FILE: usize = 150;

impl Fixture {
    /// Imports contacts that have a listener.
    async fn imported(&self, phonebook: PhonebookId) -> Vec<Contact> {
        let import = self.running(phonebook).await;
        let numbers = [(Slot::Mobile, GRACE), (Slot::Business, "12")];
        let row = |place| imports::contact(&format!("{place:03}"), "Navy", &numbers);
        let rows: Vec<_> = (0..OF_A_FILE).map(row).collect();
        let (of, mut unlisted) = ((phonebook, import), Unlisted::default());
        self.takes(of, &rows, OnDuplicate::Add, &mut unlisted).await;
        self.everybody().await
    }

    /// All contacts, in the order of their names.
    async fn everybody(&self) -> Vec<Contact> {
        let mut unit = self.read().await;
        let mut all = unit.contacts().all(None, 1_000).await.unwrap();
        by_name(&mut all);
        all
    }
}

fn by_name(contacts: &mut [Contact]) {
    contacts.sort_by(|one, other| one.name.cmp(&other.name));
}

async fn what_an_import_added_is_followed_as_it_is_by_then(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let mut place = end(&fixture.store).await;
    let heard = Heard::of(&fixture.store);
    let all = fixture.imported(book).await;
    assert_eq!(all.len(), OF_A_FILE);
    assert_eq!(heard.take(), [ContactNews::Much]);
    let mut changes = next(&fixture.store, &mut place).await.unwrap();
    by_name(&mut changes.there);
    assert_eq!(changes.there, all);

    // What became of some of them before anybody followed counts.
    let more = fixture.imported(book).await;
    let fresh: Vec<_> = more.into_iter().filter(|it| !all.contains(it)).collect();
    let (edited, rest) = fresh.split_first().unwrap();
    let removed: Vec<_> = rest.iter().take(120).map(|contact| contact.id).collect();
    let mut unit = fixture.begin().await;
    let somebody = imports::contact("Somebody else", "", &[]);
    unit.contacts()
        .change(edited.id, edited.version, &somebody)
        .await
        .unwrap();
    unit.commit().await.unwrap();
    let mut unit = fixture.begin().await;
    assert_eq!(unit.contacts().delete(&removed).await.unwrap(), 120);
    unit.commit().await.unwrap();
    let changes = next(&fixture.store, &mut place).await.unwrap();
    let names = names(&changes.there);
    assert_eq!(names.len(), OF_A_FILE - removed.len());
    assert!(names.contains(&"Somebody else"), "{names:?}");
    assert_eq!(changes.gone.len(), removed.len());
}

async fn what_an_import_added_goes_with_its_phonebook(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let mut place = end(&fixture.store).await;
    let _heard = Heard::of(&fixture.store);
    fixture.imported(book).await;
    let mut unit = fixture.begin().await;
    assert!(unit.phonebooks().delete(book).await.unwrap());
    unit.commit().await.unwrap();
    let changes = next(&fixture.store, &mut place).await.unwrap();
    assert_eq!(changes.there, []);
    assert_eq!(changes.gone_phonebooks, [book]);
}

async fn another_node_follows_changes_and_removals(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    fixture.put(book, "0", "Before").await;
    let other = fixture.another().await;
    let mut place = end(&other).await;
    assert_eq!(next(&other, &mut place).await, None);

    let id = fixture.put(book, "1", "Grace").await;
    fixture.put(book, "1", "Grace Hopper").await;
    let changes = next(&other, &mut place).await.unwrap();
    assert_eq!(names(&changes.there), ["Grace Hopper"]);
    assert_eq!(next(&other, &mut place).await, None);

    let mut unit = fixture.begin().await;
    unit.contacts().remove(book, &at("1")).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(next(&other, &mut place).await.unwrap().gone, [id]);
    assert_eq!(next(&other, &mut place).await, None);
    other.close().await;
}

async fn another_node_follows_much_in_parts_and_few_rows_are_written(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let mut place = end(&fixture.store).await;
    fixture.put_many(book, 1_500).await;
    for id in 0..25 {
        fixture.put(book, &id.to_string(), "Again").await;
    }
    let (mut parts, mut followed) = (0, BTreeSet::new());
    while let Some(changes) = next(&fixture.store, &mut place).await {
        parts += 1;
        followed.extend(changes.there.iter().map(|contact| contact.id));
    }
    // Two rows of the many and 25 of one each, twenty at a time.
    assert_eq!((parts, followed.len()), (2, 1_500));
}

async fn a_phonebook_that_goes_is_one_row_however_many_contacts_it_has(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    fixture.put_many(book, 200).await;
    let mut place = end(&fixture.store).await;
    let heard = Heard::of(&fixture.store);
    let mut unit = fixture.begin().await;
    assert!(unit.phonebooks().delete(book).await.unwrap());
    unit.commit().await.unwrap();
    let expected = ContactChanges {
        phonebooks: Some(Vec::new()),
        gone_phonebooks: vec![book],
        ..ContactChanges::default()
    };
    assert_eq!(heard.take(), [ContactNews::Changed(expected.clone())]);
    assert_eq!(next(&fixture.store, &mut place).await, Some(expected));
}

async fn the_feed_forgets_what_is_old(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let mut place = end(&fixture.store).await;
    fixture.put(book, "1", "Old").await;
    fixture.advance(3_600);
    let then = fixture.now();
    fixture.put(book, "2", "New").await;
    let mut unit = fixture.begin().await;
    // The phonebook and the old contact.
    assert_eq!(unit.contact_feed().forget_before(then).await.unwrap(), 2);
    unit.commit().await.unwrap();
    let changes = next(&fixture.store, &mut place).await.unwrap();
    assert_eq!(names(&changes.there), ["New"]);

    fixture.advance(3_600);
    let mut unit = fixture.begin().await;
    let now = fixture.now();
    unit.contact_feed().forget_before(now).await.unwrap();
    unit.commit().await.unwrap();
    fixture.put(book, "3", "Newest").await;
    let changes = next(&fixture.store, &mut place).await.unwrap();
    assert_eq!(names(&changes.there), ["Newest"]);
}

async fn all_contacts_are_read_page_by_page(fixture: &Fixture) {
    let (one, other) = (
        fixture.phonebook("One").await.id,
        fixture.phonebook("Other").await.id,
    );
    for (phonebook, id) in [(one, "1"), (other, "2"), (one, "3")] {
        fixture.put(phonebook, id, id).await;
    }
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let mut unit = fixture.read().await;
        let page = unit.contacts().all(after, 2).await.unwrap();
        after = page.last().map(|contact| contact.id);
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    let read: BTreeSet<_> = all
        .iter()
        .map(|it| (it.phonebook, it.name.as_str()))
        .collect();
    assert_eq!(read, [(one, "1"), (other, "2"), (one, "3")].into());
    assert_eq!(all.len(), 3);
    assert!(all.iter().all(|contact| contact.numbers.len() == 1));
}

#[tokio::test]
async fn a_row_that_is_seen_later_than_those_after_it_is_not_missed() {
    let fixture = Fixture::postgres().await;
    let book = fixture.phonebook("Sales").await.id;
    let mut place = end(&fixture.store).await;
    // The slow one writes, and so has the smaller transaction id, before the quick one begins.
    let mut slow = fixture.begin().await;
    let contact = contact("1", "Slow", &[GRACE]);
    slow.contacts().put(book, &contact).await.unwrap();
    fixture.put(book, "2", "Quick").await;
    let changes = next(&fixture.store, &mut place).await.unwrap();
    assert_eq!(names(&changes.there), ["Quick"], "it waits for nobody");
    assert_eq!(next(&fixture.store, &mut place).await, None);
    slow.commit().await.unwrap();
    let changes = next(&fixture.store, &mut place).await.unwrap();
    assert_eq!(names(&changes.there), ["Slow"]);
    assert_eq!(next(&fixture.store, &mut place).await, None);
    fixture.remove().await;
}
