//! The index held against a plain table.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::Slot;

fn key(of: u8) -> ContactKey {
    ContactKey(Uuid::from_u128(u128::from(of)))
}

fn phonebook(of: u8) -> PhonebookKey {
    PhonebookKey(Uuid::from_u128(u128::from(of)))
}

fn number(of: u8) -> E164 {
    // Some differ in the upper half, some in the lower one.
    let text = match of % 3 {
        0 => format!("+1415555{of:04}"),
        1 => format!("+8613912345{of:03}"),
        _ => format!("+999999999999{of:03}"),
    };
    text.parse().unwrap()
}

fn contact(of: u8, in_phonebook: u8, name: &str, numbers: &[u8]) -> Contact {
    let numbers = numbers.iter().zip(Slot::ALL).map(|(of, slot)| Number {
        slot,
        written: match of % 2 {
            0 => number(*of).to_string(),
            _ => format!("({of})"),
        },
        e164: Some(number(*of)),
    });
    Contact {
        key: key(of),
        phonebook: phonebook(in_phonebook),
        name: name.to_owned(),
        company: of.is_multiple_of(2).then(|| "Acme & Söhne".to_owned()),
        numbers: numbers.collect(),
    }
}

#[derive(Debug, Clone)]
enum Step {
    Put(Contact),
    Remove(u8),
    Forget(u8),
    BeginMerge,
    EndMerge,
}

fn a_contact() -> impl Strategy<Value = Contact> {
    let numbers = prop::collection::vec(0..24_u8, 0..4);
    (any::<u8>(), 0..6_u8, "\\PC{0,12}", numbers)
        .prop_map(|(of, book, name, numbers)| contact(of, book, &name, &numbers))
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => a_contact().prop_map(Step::Put),
        4 => any::<u8>().prop_map(Step::Remove),
        1 => (0..6_u8).prop_map(Step::Forget),
        3 => Just(Step::BeginMerge),
        3 => Just(Step::EndMerge),
    ]
}

/// What the index is to be like.
#[derive(Default)]
struct Table {
    contacts: BTreeMap<ContactKey, Contact>,
    gone: HashSet<PhonebookKey>,
}

impl Table {
    fn put(&mut self, contact: Contact) {
        self.contacts.insert(contact.key, contact);
    }

    fn forget(&mut self, phonebook: PhonebookKey) {
        self.gone.insert(phonebook);
    }

    fn get(&self, key: ContactKey) -> Option<&Contact> {
        let contact = self.contacts.get(&key)?;
        (!self.gone.contains(&contact.phonebook)).then_some(contact)
    }

    fn matches(&self, number: &E164) -> Vec<(&Contact, &Number)> {
        let has = |it: &&Number| it.e164.as_ref() == Some(number);
        let all = self.contacts.keys().filter_map(|key| self.get(*key));
        let mut found: Vec<_> = all
            .filter_map(|contact| Some((contact, contact.numbers.iter().find(has)?)))
            .collect();
        found.sort_by_key(|(contact, _)| (contact.phonebook, contact.key));
        found
    }
}

fn compare_numbers(index: &Index, table: &Table) {
    for of in 0..24 {
        let number = number(of);
        let found = index.matches(&number);
        let found: Vec<_> = found.iter().map(|it| (&it.contact, &it.number)).collect();
        assert_eq!(found, table.matches(&number));
    }
}

fn compare_contacts(index: &Index, table: &Table) {
    for of in 0..=u8::MAX {
        assert_eq!(index.get(key(of)).as_ref(), table.get(key(of)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_index_knows_what_a_plain_table_knows(
        bulk in prop::collection::vec(a_contact(), 0..40),
        steps in prop::collection::vec(a_step(), 0..60),
    ) {
        let (mut builder, mut table) = (Builder::default(), Table::default());
        for contact in bulk {
            builder.push(&contact, &[]);
            table.put(contact);
        }
        let mut index = builder.finish();
        compare_contacts(&index, &table);
        let mut merging = None;
        for step in steps {
            match step {
                Step::Put(contact) => {
                    index.put(&contact, &[]);
                    table.put(contact);
                }
                Step::Remove(of) => {
                    index.remove(key(of));
                    table.contacts.remove(&key(of));
                }
                Step::Forget(of) => {
                    index.forget_phonebook(phonebook(of));
                    table.forget(phonebook(of));
                }
                Step::BeginMerge => {
                    if let Some(merge) = index.begin_merge() {
                        merging = Some(merge.run());
                    }
                }
                Step::EndMerge => {
                    if let Some(merged) = merging.take() {
                        index.end_merge(merged);
                    }
                }
            }
            compare_numbers(&index, &table);
        }
        compare_contacts(&index, &table);
    }
}

/// A contact with a number of its own.
fn one_of_many(of: u32, name: &str) -> Contact {
    let number = format!("+1{:010}", 2_000_000_000 + u64::from(of));
    Contact {
        key: ContactKey(Uuid::from_u128(u128::from(of))),
        phonebook: phonebook(1),
        name: name.to_owned(),
        company: None,
        numbers: vec![Number {
            slot: Slot::Mobile,
            written: number.clone(),
            e164: Some(number.parse().unwrap()),
        }],
    }
}

fn name_at(index: &Index, of: u32) -> Vec<String> {
    let number = one_of_many(of, "").numbers.remove(0).e164.unwrap();
    let found = index.matches(&number).into_iter();
    found.map(|it| it.contact.name).collect()
}

#[test]
fn merges_over_many_blocks_change_what_was_changed_and_nothing_else() {
    let mut builder = Builder::default();
    for of in (0..10_000).step_by(2) {
        builder.push(&one_of_many(of, "old"), &[]);
    }
    let mut index = builder.finish();
    for of in 3_000..5_000 {
        index.put(&one_of_many(of, "new"), &[]);
    }
    for of in 9_998..12_000 {
        index.put(&one_of_many(of, "appended"), &[]);
    }
    index.remove(one_of_many(0, "").key);
    let merged = index.begin_merge().unwrap().run();
    index.end_merge(merged);
    for of in 0..12_000_u32 {
        let expected: &[&str] = match of {
            0 => &[],
            3_000..5_000 => &["new"],
            9_998.. => &["appended"],
            _ if of.is_multiple_of(2) => &["old"],
            _ => &[],
        };
        assert_eq!(name_at(&index, of), expected, "{of}");
    }
}

#[test]
fn what_is_attached_comes_back_with_the_match() {
    let mut index = Index::default();
    index.put(&one_of_many(7, "Grace"), b"record");
    let number = one_of_many(7, "").numbers.remove(0).e164.unwrap();
    assert_eq!(index.matches(&number)[0].attached, b"record");
    let merged = index.begin_merge().unwrap().run();
    index.end_merge(merged);
    assert_eq!(index.matches(&number)[0].attached, b"record");
}

#[test]
fn a_merge_is_wanted_once_enough_has_changed_and_makes_room() {
    let mut index = Index::default();
    for of in 0..4_096 {
        assert!(!index.wants_merge(), "{of}");
        index.put(&one_of_many(of, "Grace"), &[]);
    }
    assert!(index.wants_merge());
    let merged = index.begin_merge().unwrap().run();
    assert!(!index.wants_merge());
    index.end_merge(merged);
    let bulky = index.heap_bytes();
    index.forget_phonebook(phonebook(1));
    assert!(index.wants_merge());
    assert_eq!(name_at(&index, 7), [] as [&str; 0]);
    let merged = index.begin_merge().unwrap().run();
    index.end_merge(merged);
    assert!(index.heap_bytes() < bulky / 2);
}
