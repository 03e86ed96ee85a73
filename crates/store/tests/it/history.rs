//! The calls that a person looks for (X12).

use linecard_call::{Call, Direction, LegOutcome, Outcome};
use linecard_store::{CallFilter, EntryState, JournalFilter, StoredCallId};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{call, entry, extension};

on_both_databases!(
    x12_calls_are_found_by_each_thing_that_is_known_of_them,
    x12_what_narrows_a_search_narrows_it_together,
    x12_a_filtered_list_is_read_page_by_page_without_a_gap,
    x12_calls_are_found_by_what_became_of_them_in_the_crm,
    x12_a_call_is_found_by_the_name_in_the_crm_and_by_the_one_on_the_line,
    x12_a_call_that_is_told_anew_is_found_by_what_it_is_now,
    x12_a_text_that_a_database_cannot_hold_stops_no_call,
);

/// Their ids on the phone system, as the filter finds them.
async fn found(fixture: &Fixture, filter: &CallFilter) -> Vec<String> {
    let mut unit = fixture.read().await;
    let calls = unit.calls().find_page(filter, None, 50).await.unwrap();
    calls.iter().map(|it| it.call.id.to_string()).collect()
}

/// Three calls: `in` to 101 through the queue sales, `out` from 102, and `between`.
async fn three(fixture: &Fixture) -> Vec<StoredCallId> {
    let inbound = call("in", 1);
    let mut outbound = call("out", 2);
    outbound.direction = Direction::Outbound;
    outbound.outcome = Some(Outcome::Busy);
    outbound.to = Some("0049 30 1234567".to_owned());
    outbound.from = Some("102".to_owned());
    outbound.from_name = None;
    outbound.queue = None;
    outbound.legs[0].extension = extension("102");
    let mut between = call("between", 3);
    between.direction = Direction::Internal;
    between.from = Some("103".to_owned());
    between.from_name = Some("Bob".to_owned());
    between.queue = None;
    between.legs[0].extension = extension("103");
    let phone_system = fixture.phone_system().await.id;
    let mut unit = fixture.begin().await;
    let calls = [&inbound, &outbound, &between].map(|call| (phone_system, call));
    let ids = unit.calls().put_all(&calls).await.unwrap();
    unit.commit().await.unwrap();
    ids
}

async fn x12_calls_are_found_by_each_thing_that_is_known_of_them(fixture: &Fixture) {
    three(fixture).await;
    let all = CallFilter::default;
    let start = fixture.now();
    let second = |seconds: i64| Some(start + jiff::SignedDuration::from_secs(seconds));
    let cases: Vec<(&str, CallFilter, &[&str])> = vec![
        ("nothing", all(), &["between", "out", "in"]),
        (
            "since",
            CallFilter {
                since: second(2),
                ..all()
            },
            &["between", "out"],
        ),
        (
            "until",
            CallFilter {
                until: second(2),
                ..all()
            },
            &["in"],
        ),
        (
            "direction",
            CallFilter {
                direction: Some(Direction::Internal),
                ..all()
            },
            &["between"],
        ),
        (
            "outcome",
            CallFilter {
                outcome: Some(Outcome::Busy),
                ..all()
            },
            &["out"],
        ),
        (
            "extension",
            CallFilter {
                extension: Some(extension("102")),
                ..all()
            },
            &["out"],
        ),
        (
            "queue",
            CallFilter {
                queue: Some("sales".to_owned()),
                ..all()
            },
            &["in"],
        ),
        (
            "digits",
            CallFilter {
                digits: vec!["55501".to_owned()],
                ..all()
            },
            &["in"],
        ),
        (
            "one of several digits",
            CallFilter {
                digits: vec!["999999".to_owned(), "301234567".to_owned()],
                ..all()
            },
            &["out"],
        ),
        (
            "an extension is no outside number",
            CallFilter {
                digits: vec!["103".to_owned()],
                ..all()
            },
            &[],
        ),
        (
            "nobody",
            CallFilter {
                extension: Some(extension("109")),
                ..all()
            },
            &[],
        ),
    ];
    for (name, filter, expected) in cases {
        assert_eq!(found(fixture, &filter).await, expected, "{name}");
    }
}

async fn x12_what_narrows_a_search_narrows_it_together(fixture: &Fixture) {
    three(fixture).await;
    let filter = CallFilter {
        direction: Some(Direction::Inbound),
        outcome: Some(Outcome::Answered),
        extension: Some(extension("101")),
        queue: Some("sales".to_owned()),
        digits: vec!["4155550134".to_owned()],
        person: Some("EVE".to_owned()),
        journal: Some(JournalFilter::None),
        ..CallFilter::default()
    };
    assert_eq!(found(fixture, &filter).await, ["in"]);
    let nobody = CallFilter {
        direction: Some(Direction::Outbound),
        ..filter
    };
    assert_eq!(found(fixture, &nobody).await, [""; 0]);
}

async fn x12_a_filtered_list_is_read_page_by_page_without_a_gap(fixture: &Fixture) {
    let phone_system = fixture.phone_system().await.id;
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    // Some begin at the same moment; every other one is 102's, and none of those is written.
    for number in 0..10 {
        let mut call = call(&number.to_string(), number / 3);
        let of = if number % 2 == 0 { "102" } else { "101" };
        call.legs[0].extension = extension(of);
        let id = unit.calls().put(phone_system, &call).await.unwrap();
        let mut entry = entry(&format!("key-{number}"), id, connection);
        entry.extension = extension(of);
        entry.state = match of {
            "102" => EntryState::Skipped,
            _ => EntryState::Written,
        };
        assert!(unit.entries().insert(&entry).await.unwrap());
    }
    unit.commit().await.unwrap();
    let of_extension = CallFilter {
        extension: Some(extension("102")),
        ..CallFilter::default()
    };
    let skipped = JournalFilter::Entry {
        state: EntryState::Skipped,
        reason: None,
    };
    let of_entries = CallFilter {
        journal: Some(skipped),
        ..CallFilter::default()
    };
    for filter in [of_extension, of_entries] {
        let (mut seen, mut before) = (Vec::new(), None);
        let mut unit = fixture.read().await;
        loop {
            let page = unit.calls().find_page(&filter, before, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            before = Some((last.call.started, last.id));
            seen.extend(
                page.iter()
                    .map(|stored| (stored.call.started, stored.call.id.to_string())),
            );
        }
        assert!(seen.is_sorted_by(|one, next| one.0 >= next.0), "{seen:?}");
        let mut ids: Vec<_> = seen.into_iter().map(|(_, id)| id).collect();
        ids.sort();
        assert_eq!(ids, ["0", "2", "4", "6", "8"]);
    }
}

async fn x12_calls_are_found_by_what_became_of_them_in_the_crm(fixture: &Fixture) {
    let ids = three(fixture).await;
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let mut not_bound = entry("a", ids[0], connection);
    not_bound.state = EntryState::Skipped;
    not_bound.reason = Some("not_bound".to_owned());
    // A second agent's part of the same call is written.
    let mut written = entry("b", ids[0], connection);
    written.extension = extension("104");
    written.state = EntryState::Written;
    let waiting = entry("c", ids[1], connection);
    for entry in [&not_bound, &written, &waiting] {
        assert!(unit.entries().insert(entry).await.unwrap());
    }
    unit.commit().await.unwrap();
    let state = |state, reason: Option<&str>| {
        let reason = reason.map(str::to_owned);
        Some(JournalFilter::Entry { state, reason })
    };
    for (journal, expected) in [
        (state(EntryState::Skipped, None), &["in"][..]),
        (state(EntryState::Skipped, Some("not_bound")), &["in"]),
        (state(EntryState::Skipped, Some("nobody")), &[]),
        (state(EntryState::Written, None), &["in"]),
        (state(EntryState::Waiting, None), &["out"]),
        (state(EntryState::Parked, None), &[]),
        (Some(JournalFilter::None), &["between"]),
    ] {
        let filter = CallFilter {
            journal,
            ..CallFilter::default()
        };
        assert_eq!(found(fixture, &filter).await, expected, "{filter:?}");
    }
    // With an extension it is that extension's entry that counts.
    let of_extension = CallFilter {
        journal: state(EntryState::Written, None),
        extension: Some(extension("101")),
        ..CallFilter::default()
    };
    assert_eq!(found(fixture, &of_extension).await, [""; 0]);

    // It is found where it has come to meanwhile.
    let mut unit = fixture.begin().await;
    let mut done = unit.entries().get(&waiting.key).await.unwrap().unwrap();
    done.state = EntryState::Written;
    unit.entries().update(&done).await.unwrap();
    unit.commit().await.unwrap();
    let journal = state(EntryState::Written, None);
    let filter = CallFilter {
        journal,
        ..CallFilter::default()
    };
    assert_eq!(found(fixture, &filter).await, ["out", "in"]);
}

async fn x12_a_call_is_found_by_the_name_in_the_crm_and_by_the_one_on_the_line(fixture: &Fixture) {
    let ids = three(fixture).await;
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let mut with_grace = entry("a", ids[1], connection);
    let who = with_grace.who.as_mut().unwrap();
    who.name = String::from("  Grace 100% HOPPER");
    assert!(unit.entries().insert(&with_grace).await.unwrap());
    unit.commit().await.unwrap();
    for (person, expected) in [
        ("hopper", &["out"][..]),
        ("100%", &["out"]),
        ("1%0", &[]),
        ("王芳", &["in"]),
        ("bob", &["between"]),
        ("Ada", &[]),
    ] {
        let filter = CallFilter {
            person: Some(person.to_owned()),
            ..CallFilter::default()
        };
        assert_eq!(found(fixture, &filter).await, expected, "{person}");
    }
}

async fn x12_a_call_that_is_told_anew_is_found_by_what_it_is_now(fixture: &Fixture) {
    let phone_system = fixture.phone_system().await.id;
    let connection = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let out_of_records = call("1", 0);
    let id = unit
        .calls()
        .put_missing(phone_system, &out_of_records)
        .await
        .unwrap()
        .unwrap();
    assert!(
        unit.entries()
            .insert(&entry("a", id, connection))
            .await
            .unwrap()
    );
    let mut followed = call("1", 7);
    followed.legs[0].extension = extension("102");
    followed.legs[0].outcome = Some(LegOutcome::Missed);
    followed.outcome = Some(Outcome::Missed);
    assert_eq!(unit.calls().put(phone_system, &followed).await.unwrap(), id);
    unit.commit().await.unwrap();
    let of = |number| CallFilter {
        extension: Some(extension(number)),
        ..CallFilter::default()
    };
    assert_eq!(found(fixture, &of("101")).await, [""; 0]);
    assert_eq!(found(fixture, &of("102")).await, ["1"]);
    let waiting = JournalFilter::Entry {
        state: EntryState::Waiting,
        reason: None,
    };
    let later = CallFilter {
        since: Some(fixture.later(7)),
        outcome: Some(Outcome::Missed),
        journal: Some(waiting),
        ..CallFilter::default()
    };
    assert_eq!(found(fixture, &later).await, ["1"]);
}

async fn x12_a_text_that_a_database_cannot_hold_stops_no_call(fixture: &Fixture) {
    let phone_system = fixture.phone_system().await.id;
    let hostile = Call {
        from_name: Some("Eve\0 Adams".repeat(200)),
        queue: Some("sales\0".repeat(200)),
        from: Some("9".repeat(5_000)),
        ..call("1", 0)
    };
    let mut unit = fixture.begin().await;
    unit.calls().put(phone_system, &hostile).await.unwrap();
    unit.commit().await.unwrap();
    let filter = CallFilter {
        queue: hostile.queue.clone(),
        ..CallFilter::default()
    };
    assert_eq!(found(fixture, &filter).await, ["1"]);
    let filter = CallFilter {
        person: Some("eve adams".to_owned()),
        ..CallFilter::default()
    };
    assert_eq!(found(fixture, &filter).await, ["1"]);
}
