//! In which order, and what is never shown.

use std::collections::HashSet;

use linecard_book::search::{Query, Visible};
use linecard_book::{Book, Contact, ContactKey, Number, PhonebookKey, Slot};
use uuid::Uuid;

use super::{found, index, query};

fn contact(place: u64, name: &str, company: &str, numbers: &[&str]) -> Contact {
    let number = |written: &&str| Number {
        slot: Slot::Business,
        written: (*written).to_owned(),
        e164: written.replace(' ', "").parse().ok(),
    };
    Contact {
        key: key(place),
        phonebook: PhonebookKey(Uuid::from_u64_pair(2, place % 2)),
        name: name.to_owned(),
        company: (!company.is_empty()).then(|| company.to_owned()),
        numbers: numbers.iter().map(number).collect(),
    }
}

fn key(place: u64) -> ContactKey {
    ContactKey(Uuid::from_u64_pair(1, place))
}

fn keys(places: &[u64]) -> Vec<ContactKey> {
    places.iter().copied().map(key).collect()
}

#[test]
fn f14_whom_the_agent_called_last_comes_first_then_the_better_fit() {
    let book = index(&[
        contact(1, "Martha Smithers", "", &[]),
        contact(2, "Mark Smith", "", &[]),
        contact(3, "Mary Smithson", "", &[]),
        contact(4, "Mary Jones", "Smith Ltd", &[]),
    ]);
    assert_eq!(found(&book, &query("smith")), keys(&[2, 1, 3, 4]));
    let recent = keys(&[4, 3]);
    let query = Query {
        recent: &recent,
        ..query("smith")
    };
    assert_eq!(found(&book, &query), keys(&[4, 3, 2, 1]));
    assert!(book.search(&query)[0].recent && !book.search(&query)[2].recent);
}

#[test]
fn f14_a_recent_call_does_not_bring_in_whom_nobody_asked_for() {
    let book = index(&[
        contact(1, "Mark Smith", "", &[]),
        contact(2, "Ann Lee", "", &[]),
    ]);
    let recent = keys(&[2]);
    let query = Query {
        recent: &recent,
        ..query("smith")
    };
    assert_eq!(found(&book, &query), keys(&[1]));
}

#[test]
fn f14_only_phonebooks_that_the_agent_may_see_are_searched() {
    let book = index(&[
        contact(1, "Mark Smith", "", &[]),
        contact(2, "Mary Smith", "", &[]),
    ]);
    let visible = Visible::Only(HashSet::from([PhonebookKey(Uuid::from_u64_pair(2, 0))]));
    let recent = keys(&[1]);
    let query = Query {
        visible: &visible,
        recent: &recent,
        ..query("smith")
    };
    assert_eq!(found(&book, &query), keys(&[2]));
}

#[test]
fn f17_masked_nobody_is_found_by_a_number() {
    let book = index(&[contact(1, "Mark Smith", "", &["+1 415 555 0134"])]);
    for text in ["5550134", "+1 415 555 0134", "134", "smith 0134"] {
        let masked = Query {
            masked: true,
            ..query(text)
        };
        assert_eq!(found(&book, &query(text)), keys(&[1]), "{text}");
        assert_eq!(found(&book, &masked), [], "{text}");
    }
    let by_keypad = Query {
        masked: true,
        ..query("76484")
    };
    assert_eq!(found(&book, &by_keypad), keys(&[1]));
}

#[test]
fn f17_masked_a_name_that_is_made_of_a_number_is_not_found_by_it() {
    let book = index(&[contact(1, "Automatic New Contact -5503301", "", &[])]);
    for (text, wanted) in [
        ("5503301", 0),
        ("new 550", 0),
        ("5503", 0),
        ("automatic", 1),
    ] {
        let masked = Query {
            masked: true,
            ..query(text)
        };
        assert_eq!(book.search(&query(text)).len(), 1, "{text}");
        assert_eq!(book.search(&masked).len(), wanted, "{text}");
    }
}

#[test]
fn f14_the_number_whose_digits_were_typed_is_named() {
    let book = index(&[contact(
        1,
        "Mark Smith",
        "",
        &["+1 415 555 0134", "+1 415 555 0177"],
    )]);
    assert_eq!(book.search(&query("0177"))[0].number, Some(1));
    assert_eq!(book.search(&query("smith"))[0].number, None);
    assert_eq!(found(&book, &query("17")), []);
}

#[test]
fn f14_a_number_is_found_as_it_was_written_and_as_it_is_read() {
    let mut abroad = contact(1, "Uwe Weiß", "", &["+49 30 1234567"]);
    abroad.numbers[0].written = "030 1234567".to_owned();
    let book = index(&[abroad]);
    for text in ["030 123", "0301234567", "30123", "+49 30", "0049 30 12"] {
        assert_eq!(found(&book, &query(text)), keys(&[1]), "{text}");
    }
    let numbers = ["74951234567".to_owned()];
    let book = index(&[contact(1, "Иван", "", &["+74951234567"])]);
    let by_trunk = Query {
        numbers: &numbers,
        ..query("8 495 1234567")
    };
    assert_eq!(found(&book, &by_trunk), keys(&[1]));
}

#[test]
fn f14_a_contact_that_changed_is_found_as_it_is_now_and_one_that_is_gone_is_not() {
    let mut book = index(&[contact(1, "Mark Smith", "Acme", &["+1 415 555 0134"])]);
    book.put(&contact(1, "Mark Jones", "", &[]));
    for text in ["smith", "acme", "0134", "76484"] {
        assert_eq!(found(&book, &query(text)), [], "{text}");
    }
    assert_eq!(found(&book, &query("jones")), keys(&[1]));
    assert!(book.remove(key(1)) && book.is_empty());
    assert!(!book.remove(key(1)));
    assert_eq!(found(&book, &query("jones")), []);
    book.put(&contact(2, "Ann Lee", "", &[]));
    assert_eq!(found(&book, &query("a l")), keys(&[2]));
}

#[test]
fn f14_a_word_of_the_question_is_a_word_of_the_name_of_its_own() {
    let book = index(&[contact(1, "Li Na", "", &[]), contact(2, "Li Li", "", &[])]);
    assert_eq!(found(&book, &query("li li")), keys(&[2]));
}

#[test]
fn f14_what_is_no_question_finds_nobody() {
    let book = index(&[contact(1, "Mark Smith", "", &["+1 415 555 0134"])]);
    for text in ["", "  ", "...", "+", "\u{640}", "<script>"] {
        assert_eq!(found(&book, &query(text)), [], "{text:?}");
    }
    let long = "smith ".repeat(10_000);
    assert_eq!(found(&book, &query(&long)), []);
}

#[test]
fn f14_a_book_finds_what_was_changed_while_it_was_loaded() {
    let book = Book::default();
    book.put(contact(3, "Mark Smith", "", &[]), Vec::new());
    let mut loading = book.begin_loading();
    for place in [1, 2] {
        loading.push(&contact(place, "Mary Smith", "", &[]), &[]);
    }
    book.remove(key(2));
    book.put(contact(4, "Mark Smith", "", &[]), Vec::new());
    book.end_loading(loading);
    let hits = book.search(&query("smith"));
    let found: Vec<_> = hits.into_iter().map(|hit| hit.contact).collect();
    assert_eq!(found, keys(&[4, 1]));
    book.forget_phonebook(PhonebookKey(Uuid::from_u64_pair(2, 1)));
    assert_eq!(book.search(&query("smith")).len(), 1);
}
