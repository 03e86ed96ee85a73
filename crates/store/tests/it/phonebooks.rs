//! Phonebooks and their contacts.

use linecard_crm::{Module, NumberLabel, Record, RecordRef};
use linecard_rules::sync::{Entry, Number, Skipped};
use linecard_store::{CrmContact, Phonebook, PhonebookId, SeenBy, UpdateError};

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(
    f7_no_two_phonebooks_have_one_name,
    f8_f9_h5_a_phonebook_is_read_only_while_a_connection_fills_it_and_keeps_its_tag,
    f10_a_contact_written_again_replaces_itself,
    a_caller_is_matched_by_each_number,
    contacts_are_listed_by_name_page_by_page_and_searched_by_its_beginning,
    f19_what_a_call_was_with_stays_when_the_rest_goes,
    f10_a_merged_record_goes_on_as_the_one_it_was_merged_into,
    f11_skipped_records_are_listed_with_the_reason,
);

const GRACE: &str = "+14155550134";
const MOBILE: &str = "+14155550135";

pub(crate) fn at(id: &str) -> RecordRef {
    RecordRef {
        module: Module::Contact,
        id: id.to_owned(),
    }
}

pub(crate) fn contact(id: &str, name: &str, numbers: &[&str]) -> CrmContact {
    CrmContact {
        record: Record {
            at: at(id),
            name: name.to_owned(),
            company: Some("Acme".to_owned()),
            owner: Some("005A".to_owned()),
            number: numbers.first().copied().unwrap_or_default().to_owned(),
            account: None,
            modified: None,
            last_activity: None,
            page: format!("https://org.example/{id}").parse().unwrap(),
        },
        entry: Entry {
            name: name.to_owned(),
            numbers: numbers
                .iter()
                .map(|number| Number {
                    label: NumberLabel::Work,
                    written: (*number).to_owned(),
                    e164: number.parse().ok(),
                })
                .collect(),
        },
        email: None,
        called: false,
        stale: false,
    }
}

impl Fixture {
    pub(crate) async fn phonebook(&self, name: &str) -> Phonebook {
        let mut unit = self.begin().await;
        let made = unit.phonebooks().create(name).await.unwrap().unwrap();
        unit.commit().await.unwrap();
        made
    }

    async fn put_contact(&self, phonebook: PhonebookId, contact: &CrmContact) {
        let mut unit = self.begin().await;
        unit.contacts().put(phonebook, contact).await.unwrap();
        unit.commit().await.unwrap();
    }

    async fn names(&self, phonebook: PhonebookId) -> Vec<String> {
        let mut unit = self.read().await;
        let page = unit.contacts().page(phonebook, None, 100).await.unwrap();
        page.into_iter().map(|contact| contact.name).collect()
    }
}

async fn f7_no_two_phonebooks_have_one_name(fixture: &Fixture) {
    let sales = fixture.phonebook("Sales").await;
    let mut unit = fixture.begin().await;
    assert_eq!(unit.phonebooks().create("Sales").await.unwrap(), None);
    let other = unit.phonebooks().create("Other").await.unwrap().unwrap();
    let mut phonebooks = unit.phonebooks();
    let everyone = SeenBy::Everyone;
    let taken = phonebooks.change(other.id, 1, "Sales", &everyone).await;
    assert!(!taken.unwrap());
    let same = phonebooks.change(sales.id, 1, "Sales", &everyone).await;
    assert!(same.unwrap());
    let late = phonebooks.change(sales.id, 1, "Trade", &everyone).await;
    assert!(matches!(late, Err(UpdateError::Conflict)));
    let names: Vec<_> = phonebooks.list().await.unwrap();
    let names: Vec<_> = names.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Other", "Sales"]);
}

async fn f8_f9_h5_a_phonebook_is_read_only_while_a_connection_fills_it_and_keeps_its_tag(
    fixture: &Fixture,
) {
    let connection = fixture.connection().await.id;
    let (one, other) = (
        fixture.phonebook("One").await,
        fixture.phonebook("Other").await,
    );
    let mut unit = fixture.begin().await;
    for phonebook in [one.id, other.id] {
        unit.phonebooks()
            .connect(phonebook, connection, "salesforce")
            .await
            .unwrap();
    }
    let filled = unit.phonebooks().of_connection(connection).await.unwrap();
    assert_eq!(filled.unwrap().id, other.id);
    assert!(!unit.phonebooks().delete(other.id).await.unwrap());
    unit.connections().delete(connection).await.unwrap();
    let left = unit.phonebooks().get(other.id).await.unwrap().unwrap();
    assert_eq!(left.connection, None);
    assert_eq!(left.crm.as_deref(), Some("salesforce"));
    assert!(unit.phonebooks().delete(other.id).await.unwrap());
}

async fn f10_a_contact_written_again_replaces_itself(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    fixture
        .put_contact(book, &contact("1", "Grace", &[GRACE, MOBILE]))
        .await;
    fixture
        .put_contact(book, &contact("1", "Grace Hopper", &[MOBILE]))
        .await;
    let mut unit = fixture.read().await;
    let page = unit.contacts().page(book, None, 10).await.unwrap();
    assert_eq!(page.len(), 1);
    assert_eq!(page[0].name, "Grace Hopper");
    assert_eq!(page[0].numbers.len(), 1);
    let old = unit.contacts().with_number(&GRACE.parse().unwrap()).await;
    assert!(old.unwrap().is_empty());
}

async fn a_caller_is_matched_by_each_number(fixture: &Fixture) {
    let (book, other) = (
        fixture.phonebook("Sales").await.id,
        fixture.phonebook("Other").await.id,
    );
    fixture
        .put_contact(book, &contact("1", "Grace", &[GRACE, MOBILE]))
        .await;
    fixture
        .put_contact(book, &contact("2", "Twice", &[GRACE, GRACE]))
        .await;
    fixture
        .put_contact(other, &contact("3", "Elsewhere", &[GRACE]))
        .await;
    let mut unit = fixture.read().await;
    let found = unit
        .contacts()
        .with_number(&MOBILE.parse().unwrap())
        .await
        .unwrap();
    let names: Vec<_> = found.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Grace"]);
    let found = unit
        .contacts()
        .with_number(&GRACE.parse().unwrap())
        .await
        .unwrap();
    let mut in_order: Vec<_> = found.iter().map(|it| (it.phonebook, it.id)).collect();
    in_order.sort();
    let found: Vec<_> = found.iter().map(|it| (it.phonebook, it.id)).collect();
    assert_eq!(found.len(), 3);
    assert_eq!(found, in_order);
}

async fn contacts_are_listed_by_name_page_by_page_and_searched_by_its_beginning(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    for (id, name) in [
        ("1", "grace"),
        ("2", "Ada"),
        ("3", "Gräfin"),
        ("4", "Grace B"),
        ("5", "王芳"),
    ] {
        fixture
            .put_contact(book, &contact(id, name, &[GRACE]))
            .await;
    }
    let mut unit = fixture.read().await;
    let first = unit.contacts().page(book, None, 2).await.unwrap();
    let after = first
        .last()
        .map(|contact| (contact.name.as_str(), contact.id));
    let rest = unit.contacts().page(book, after, 10).await.unwrap();
    let names: Vec<_> = first
        .iter()
        .chain(&rest)
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["Ada", "grace", "Grace B", "Gräfin", "王芳"]);
    let found = unit.contacts().search("GRA", 10).await.unwrap();
    let names: Vec<_> = found.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["grace", "Grace B"]);
    assert_eq!(unit.contacts().search("王", 10).await.unwrap().len(), 1);
    assert_eq!(unit.contacts().search("%", 10).await.unwrap(), []);
    assert_eq!(unit.contacts().search(" ", 10).await.unwrap(), []);
}

async fn f19_what_a_call_was_with_stays_when_the_rest_goes(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    fixture
        .put_contact(book, &contact("1", "Called", &[GRACE]))
        .await;
    fixture
        .put_contact(book, &contact("2", "Not called", &[MOBILE]))
        .await;
    let mut unit = fixture.begin().await;
    assert!(unit.contacts().set_called(book, &at("1")).await.unwrap());
    assert!(!unit.contacts().set_called(book, &at("9")).await.unwrap());
    unit.commit().await.unwrap();
    // An edit does not make it uncalled.
    fixture
        .put_contact(book, &contact("1", "Called", &[GRACE]))
        .await;
    let mut unit = fixture.begin().await;
    unit.contacts().remove_uncalled(book).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(fixture.names(book).await, ["Called"]);
}

async fn f10_a_merged_record_goes_on_as_the_one_it_was_merged_into(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let mut loser = contact("1", "Loser", &[GRACE]);
    loser.called = true;
    fixture.put_contact(book, &loser).await;
    fixture
        .put_contact(book, &contact("2", "Winner", &[MOBILE]))
        .await;
    fixture
        .put_contact(book, &contact("3", "Other loser", &[MOBILE]))
        .await;
    let mut unit = fixture.begin().await;
    unit.contacts()
        .move_to(book, &at("1"), &at("2"))
        .await
        .unwrap();
    unit.contacts()
        .move_to(book, &at("3"), &at("4"))
        .await
        .unwrap();
    let held = unit
        .contacts()
        .held(book, Module::Contact, "", 10)
        .await
        .unwrap();
    assert_eq!(held, ["2", "4"]);
    let stale = unit
        .contacts()
        .stale(book, Module::Contact, 10)
        .await
        .unwrap();
    assert_eq!(stale, ["2", "4"]);
    assert_eq!(
        unit.contacts()
            .count_held(book, Module::Contact)
            .await
            .unwrap(),
        2
    );
    // The call was with the one who is the winner now.
    unit.contacts().remove_uncalled(book).await.unwrap();
    let held = unit
        .contacts()
        .held(book, Module::Contact, "", 10)
        .await
        .unwrap();
    assert_eq!(held, ["2"]);
}

async fn f11_skipped_records_are_listed_with_the_reason(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    for id in ["1", "2", "1"] {
        let record = contact(id, "", &[]).record;
        unit.contacts()
            .skip(connection, &record, Skipped::NoName)
            .await
            .unwrap();
    }
    let skipped = unit.contacts().skipped(connection, 10).await.unwrap();
    assert_eq!(skipped.len(), 2);
    assert_eq!(skipped[0].reason, "no_name");
    assert_eq!(skipped[0].page.as_str(), "https://org.example/1");
    unit.contacts().unskip(connection, &at("1")).await.unwrap();
    assert_eq!(unit.contacts().count_skipped(connection).await.unwrap(), 1);
    unit.contacts()
        .forget_skipped(connection, Some(Module::Lead))
        .await
        .unwrap();
    assert_eq!(unit.contacts().count_skipped(connection).await.unwrap(), 1);
    unit.contacts()
        .forget_skipped(connection, None)
        .await
        .unwrap();
    assert_eq!(unit.contacts().count_skipped(connection).await.unwrap(), 0);
}
