//! Contacts that people keep.

use linecard_book::{Number, Slot};
use linecard_crm::NumberLabel;
use linecard_store::{
    AccountId, AuditKind, Contact, ContactDetails, ContactError, ContactSearch, Deed, NotEditable,
    PhonebookId, SeenBy, SharedName,
};

use crate::fixture::{Fixture, on_both_databases};
use crate::phonebooks::contact;

on_both_databases!(
    a_contact_has_nine_slots_and_says_what_it_was_given,
    a_slot_holds_one_number,
    two_admins_do_not_overwrite_each_other,
    f9_h5_what_a_crm_fills_is_changed_by_nobody_until_it_is_disconnected,
    numbers_of_a_crm_take_their_slots,
    contacts_are_deleted_and_moved_together,
    a_search_finds_words_in_any_order_company_and_parts_of_numbers,
    a_search_goes_on_page_by_page,
    duplicates_share_a_number_or_name_and_company,
    merged_contacts_lose_nothing,
    a_phonebook_is_seen_by_everyone_or_by_chosen_extensions,
    a_change_is_written_down_with_it,
);

const GRACE: &str = "+14155550134";
const MOBILE: &str = "+14155550135";

fn number(slot: Slot, written: &str) -> Number {
    Number {
        slot,
        written: written.to_owned(),
        e164: written.parse().ok(),
    }
}

fn person(name: &str, company: &str, numbers: &[Number]) -> ContactDetails {
    ContactDetails {
        name: name.to_owned(),
        company: Some(company.to_owned()).filter(|it| !it.is_empty()),
        numbers: numbers.to_vec(),
        ..ContactDetails::default()
    }
}

impl Fixture {
    async fn add(&self, phonebook: PhonebookId, details: &ContactDetails) -> Contact {
        let mut unit = self.begin().await;
        let added = unit.contacts().add(phonebook, details).await.unwrap();
        unit.commit().await.unwrap();
        added
    }

    async fn found(&self, phonebook: PhonebookId, text: &str) -> Vec<String> {
        let mut unit = self.read().await;
        let search = ContactSearch::new(text, text.parse().ok().as_ref());
        let found = unit.contacts().find(phonebook, &search, None, 100).await;
        found.unwrap().into_iter().map(|it| it.name).collect()
    }
}

async fn a_contact_has_nine_slots_and_says_what_it_was_given(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let given = ContactDetails {
        name: "王芳 Wang Fang".to_owned(),
        company: Some("Acme".to_owned()),
        email: Some("fang@acme.example".to_owned()),
        remark: Some("speaks\nEnglish".to_owned()),
        numbers: Slot::ALL.map(|slot| number(slot, GRACE)).to_vec(),
    };
    let added = fixture.add(book, &given).await;
    let mut unit = fixture.read().await;
    let kept = unit.contacts().get(added.id).await.unwrap().unwrap();
    assert_eq!(kept, added);
    assert_eq!(kept.name, given.name);
    assert_eq!(kept.company, given.company);
    assert_eq!(kept.email, given.email);
    assert_eq!(kept.remark, given.remark);
    assert_eq!(kept.numbers, given.numbers);
    assert_eq!((kept.version, kept.record), (1, None));
}

async fn a_slot_holds_one_number(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let twice = person(
        "Grace",
        "",
        &[number(Slot::Mobile, GRACE), number(Slot::Mobile, MOBILE)],
    );
    let mut unit = fixture.begin().await;
    let refused = unit.contacts().add(book, &twice).await;
    assert!(matches!(
        refused,
        Err(ContactError::SlotTwice(Slot::Mobile))
    ));
}

async fn two_admins_do_not_overwrite_each_other(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let grace = fixture.add(book, &person("Grace", "", &[])).await;
    let mut unit = fixture.begin().await;
    let mut contacts = unit.contacts();
    let first = contacts
        .change(
            grace.id,
            1,
            &person("Grace H", "", &[number(Slot::Home, GRACE)]),
        )
        .await
        .unwrap();
    assert_eq!((first.name.as_str(), first.version), ("Grace H", 2));
    let late = contacts
        .change(grace.id, 1, &person("Grace B", "", &[]))
        .await;
    assert!(matches!(late, Err(ContactError::Conflict)));
    contacts.delete(&[grace.id]).await.unwrap();
    let gone = contacts
        .change(grace.id, 2, &person("Grace B", "", &[]))
        .await;
    assert!(matches!(gone, Err(ContactError::NoContact)));
}

async fn f9_h5_what_a_crm_fills_is_changed_by_nobody_until_it_is_disconnected(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let (filled, own) = (
        fixture.phonebook("Salesforce").await.id,
        fixture.phonebook("Own").await.id,
    );
    let mine = fixture.add(own, &person("Mine", "", &[])).await.id;
    let mut unit = fixture.begin().await;
    unit.phonebooks()
        .connect(filled, connection, "salesforce")
        .await
        .unwrap();
    let theirs = unit
        .contacts()
        .put(filled, &contact("1", "Grace", &[GRACE]))
        .await
        .unwrap();
    unit.commit().await.unwrap();

    let other = person("Other", "", &[]);
    let mut unit = fixture.begin().await;
    let mut contacts = unit.contacts();
    let refusals = [
        contacts.add(filled, &other).await.unwrap_err(),
        contacts.change(theirs, 1, &other).await.unwrap_err(),
        contacts.delete(&[mine, theirs]).await.unwrap_err(),
        contacts.move_all(&[theirs], own).await.unwrap_err(),
        contacts.move_all(&[mine], filled).await.unwrap_err(),
        contacts.merge(mine, 1, &[theirs]).await.unwrap_err(),
    ];
    for refusal in refusals {
        let ContactError::NotEditable(NotEditable::FilledByCrm { name, crm }) = refusal else {
            panic!("{refusal:?}");
        };
        assert_eq!((name.as_str(), crm.as_str()), ("Salesforce", "salesforce"));
    }
    drop(unit);

    let mut unit = fixture.begin().await;
    unit.connections().delete(connection).await.unwrap();
    let changed = unit.contacts().change(theirs, 1, &other).await.unwrap();
    assert_eq!(changed.name, "Other");
    assert_eq!(changed.record.unwrap().at.id, "1");
    assert_eq!(unit.contacts().delete(&[theirs]).await.unwrap(), 1);
}

async fn numbers_of_a_crm_take_their_slots(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let mut grace = contact("1", "Grace", &[GRACE, MOBILE, "+14155550136"]);
    grace.entry.numbers[1].label = NumberLabel::Mobile;
    let mut unit = fixture.begin().await;
    let id = unit.contacts().put(book, &grace).await.unwrap();
    let kept = unit.contacts().get(id).await.unwrap().unwrap();
    let slots: Vec<_> = kept.numbers.iter().map(|it| it.slot).collect();
    assert_eq!(slots, [Slot::Business, Slot::Mobile, Slot::Business2]);
}

async fn contacts_are_deleted_and_moved_together(fixture: &Fixture) {
    let (one, other) = (
        fixture.phonebook("One").await.id,
        fixture.phonebook("Other").await.id,
    );
    let mut ids = Vec::new();
    for name in ["Ada", "Bob", "Eve"] {
        ids.push(fixture.add(one, &person(name, "", &[])).await.id);
    }
    let mut unit = fixture.begin().await;
    assert_eq!(unit.contacts().move_all(&ids, other).await.unwrap(), 3);
    assert_eq!(unit.contacts().move_all(&ids, other).await.unwrap(), 0);
    assert_eq!(unit.contacts().count(one).await.unwrap(), 0);
    let counts = unit.phonebooks().counts().await.unwrap();
    assert_eq!((counts.get(&one), counts.get(&other)), (None, Some(&3)));
    assert_eq!(unit.contacts().delete(&ids[..2]).await.unwrap(), 2);
    assert_eq!(unit.contacts().delete(&ids).await.unwrap(), 1);
    assert_eq!(unit.contacts().count(other).await.unwrap(), 0);
}

async fn a_search_finds_words_in_any_order_company_and_parts_of_numbers(fixture: &Fixture) {
    let (book, other) = (
        fixture.phonebook("Sales").await.id,
        fixture.phonebook("Other").await.id,
    );
    for (name, company, written) in [
        ("Grace Hopper", "Navy 100%", GRACE),
        ("Ada Lovelace", "Analytical", "+49301234567"),
        ("王芳", "Ünal Bau", MOBILE),
    ] {
        let numbers = [number(Slot::Business, written)];
        fixture.add(book, &person(name, company, &numbers)).await;
        fixture.add(other, &person(name, company, &numbers)).await;
    }
    for (text, names) in [
        ("hopper GRACE", vec!["Grace Hopper"]),
        ("ünal", vec!["王芳"]),
        ("芳", vec!["王芳"]),
        ("navy hop", vec!["Grace Hopper"]),
        ("100%", vec!["Grace Hopper"]),
        ("%", vec!["Grace Hopper"]),
        ("555-01", vec!["Grace Hopper", "王芳"]),
        ("+49 30 1234567", vec!["Ada Lovelace"]),
        ("grace ada", vec![]),
        (" ", vec!["Ada Lovelace", "Grace Hopper", "王芳"]),
    ] {
        assert_eq!(fixture.found(book, text).await, names, "{text:?}");
    }
    // As a company of that country dials it.
    let meant = "+49301234567".parse().unwrap();
    let search = ContactSearch::new("030 1234567", Some(&meant));
    let mut unit = fixture.read().await;
    let found = unit.contacts().find(book, &search, None, 9).await.unwrap();
    assert_eq!(found.len(), 1);
}

async fn a_search_goes_on_page_by_page(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    for place in 0..7 {
        // Some have the same name: the id tells which of them comes after.
        let name = format!("Person {}", place / 3);
        fixture.add(book, &person(&name, "Acme", &[])).await;
    }
    let mut unit = fixture.read().await;
    let search = ContactSearch::new("acme person", None);
    let mut seen: Vec<Contact> = Vec::new();
    loop {
        let after = seen.last().map(|last| (last.name.as_str(), last.id));
        let page = unit.contacts().find(book, &search, after, 2).await.unwrap();
        if page.is_empty() {
            break;
        }
        seen.extend(page);
    }
    let mut ids: Vec<_> = seen.iter().map(|it| it.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((seen.len(), ids.len()), (7, 7));
}

async fn duplicates_share_a_number_or_name_and_company(fixture: &Fixture) {
    let (one, other) = (
        fixture.phonebook("One").await.id,
        fixture.phonebook("Other").await.id,
    );
    let business = |written| [number(Slot::Business, written)];
    fixture
        .add(one, &person("Grace", "Navy", &business(GRACE)))
        .await;
    fixture
        .add(other, &person(" GRACE ", "navy", &business(GRACE)))
        .await;
    fixture
        .add(other, &person("Grace", "Army", &business(MOBILE)))
        .await;
    fixture
        .add(other, &person("Bob", "", &business(MOBILE)))
        .await;
    fixture
        .add(
            one,
            &person(
                "Twice itself",
                "",
                &[
                    number(Slot::Home, "+14155550199"),
                    number(Slot::Home2, "+14155550199"),
                ],
            ),
        )
        .await;

    let mut unit = fixture.read().await;
    let mut contacts = unit.contacts();
    let all = contacts.sharing_numbers(None, None, 10).await.unwrap();
    let numbers: Vec<_> = all.iter().map(|it| it.shared.as_str()).collect();
    assert_eq!(numbers, [GRACE, MOBILE]);
    assert_eq!((all[0].count, all[0].contacts.len()), (2, 2));
    let rest = contacts
        .sharing_numbers(None, Some(&all[0].shared), 10)
        .await
        .unwrap();
    assert_eq!(rest.len(), 1);
    let here = contacts.sharing_numbers(Some(one), None, 10).await.unwrap();
    assert_eq!(here.len(), 1);

    let first = SharedName::default();
    let named = contacts.sharing_names(None, &first, 10).await.unwrap();
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].count, 2);
    assert_eq!(
        (
            named[0].shared.name.as_str(),
            named[0].shared.company.as_str()
        ),
        ("grace", "navy")
    );
    let rest = contacts.sharing_names(None, &named[0].shared, 10).await;
    assert_eq!(rest.unwrap(), []);
}

async fn merged_contacts_lose_nothing(fixture: &Fixture) {
    let book = fixture.phonebook("Sales").await.id;
    let mut grace = person("Grace Hopper", "", &[number(Slot::Business, GRACE)]);
    grace.email = Some("grace@navy.example".to_owned());
    let mut other = person(
        "G. Hopper",
        "Navy",
        &[
            number(Slot::Business, MOBILE),
            number(Slot::Mobile, GRACE),
            number(Slot::BusinessFax, "+14155550136"),
        ],
    );
    other.email = Some("hopper@navy.example".to_owned());
    other.remark = Some("Admiral".to_owned());
    let (kept, away) = (
        fixture.add(book, &grace).await,
        fixture.add(book, &other).await,
    );
    let mut unit = fixture.begin().await;
    let merged = unit.contacts().merge(kept.id, 1, &[away.id]).await.unwrap();
    assert_eq!(merged.name, "Grace Hopper");
    assert_eq!(merged.company.as_deref(), Some("Navy"));
    assert_eq!(merged.email.as_deref(), Some("grace@navy.example"));
    assert_eq!(
        merged.remark.as_deref(),
        Some("Admiral\nhopper@navy.example")
    );
    assert_eq!(
        merged.numbers,
        [
            number(Slot::Business, GRACE),
            number(Slot::Business2, MOBILE),
            number(Slot::BusinessFax, "+14155550136"),
        ]
    );
    assert_eq!(unit.contacts().count(book).await.unwrap(), 1);
    let nobody = unit.contacts().merge(kept.id, 2, &[away.id]).await;
    assert!(matches!(nobody, Err(ContactError::NoContact)));
}

async fn a_phonebook_is_seen_by_everyone_or_by_chosen_extensions(fixture: &Fixture) {
    let book = fixture.phonebook("Board").await;
    let agents = ["101", "102"].map(|it| it.parse().unwrap());
    assert!(book.seen_by.includes(&agents[0]));
    let chosen = SeenBy::Extensions(vec![agents[1].clone()]);
    let mut unit = fixture.begin().await;
    let changed = unit.phonebooks().change(book.id, 1, "Board", &chosen).await;
    assert!(changed.unwrap());
    let kept = unit.phonebooks().get(book.id).await.unwrap().unwrap();
    assert_eq!((&kept.seen_by, kept.version), (&chosen, 2));
    assert!(!kept.seen_by.includes(&agents[0]) && kept.seen_by.includes(&agents[1]));
}

async fn a_change_is_written_down_with_it(fixture: &Fixture) {
    let deed = Deed {
        account: "01900000-0000-7000-8000-000000000001"
            .parse::<AccountId>()
            .unwrap(),
        kind: AuditKind::ContactsMove,
        subject: "Sales".to_owned(),
        amount: Some(3),
    };
    let mut unit = fixture.begin().await;
    unit.audit().done(&deed).await.unwrap();
    drop(unit);
    let mut unit = fixture.begin().await;
    assert_eq!(unit.audit().recent(None, None, 9).await.unwrap(), []);
    unit.audit().done(&deed).await.unwrap();
    unit.commit().await.unwrap();
    let all = fixture
        .read()
        .await
        .audit()
        .recent(None, None, 9)
        .await
        .unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].kind, all[0].subject.as_deref(), all[0].amount),
        (AuditKind::ContactsMove, Some("Sales"), Some(3))
    );
    assert_eq!(all[0].result.as_deref(), Some("done"));
}
