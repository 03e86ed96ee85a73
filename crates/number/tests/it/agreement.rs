//! Reading and comparing agree with Google's own library (`phonenumbers` for Python) on 50,000 made
//! numbers of sixty countries.
//!
//! `tests/clients/prepare` installs the library. Where ours differs from it, the line stands in
//! `differences.tsv` with the reason; the test fails when a difference is missing there or is none
//! any more, and when there are more than one in a thousand.

mod google;
mod spellings;

use std::collections::BTreeSet;
use std::path::Path;

use linecard_number::{Plan, Reading};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};
use serde_json::{Value, json};

use google::Google;
use spellings::{Chance, Written};

const NUMBERS: usize = 50_000;
const SEED: u64 = 5;
/// The metadata that rlibphonenumber carries, by its own Readme.
const METADATA: (&str, &str) = ("2.2.15", "9.0.42");

/// What the library under ours says of the text.
fn understood(written: &Written) -> Value {
    let region = written.country.parse().ok();
    let Ok(number) = PHONE_NUMBER_UTIL.parse(&written.text, region) else {
        return Value::Null;
    };
    let form = |form| PHONE_NUMBER_UTIL.format(&number, form).into_owned();
    json!({
        "e164": form(PhoneNumberFormat::E164),
        "extension": number.extension.clone().filter(|it| !it.is_empty()),
        "valid": PHONE_NUMBER_UTIL.is_valid_number(&number),
        "possible": PHONE_NUMBER_UTIL.is_possible_number(&number),
        "national": form(PhoneNumberFormat::National),
        "international": form(PhoneNumberFormat::International),
        "rfc3966": form(PhoneNumberFormat::RFC3966),
    })
}

fn plan(country: &str) -> Plan {
    Plan::of(country.parse().unwrap())
}

/// What a company in that country reads.
fn read(written: &Written) -> Value {
    match plan(written.country).read(&written.text) {
        Reading::Phone(phone) => json!(["phone", phone.e164, phone.extension]),
        Reading::ShortCode(code) => json!(["short_code", code.as_str()]),
        Reading::Withheld => json!(["withheld"]),
        Reading::Unreadable => json!(["unreadable"]),
        Reading::Extension(_) => panic!("this company has no extensions"),
    }
}

/// Whether both are the same number.
fn same(written: &Written, other: &str) -> bool {
    let plan = plan(written.country);
    match plan.read(other) {
        Reading::Phone(phone) => plan.is_number_of(&written.text, &phone),
        _ => false,
    }
}

fn differences_known() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/differences.tsv");
    std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (difference, reason) = line.rsplit_once('\t').unwrap();
            assert!(
                !reason.trim().is_empty(),
                "a difference without a reason: {line}"
            );
            difference.to_owned()
        })
        .collect()
}

/// One line of the list: tabs and what cannot be seen are written as in Rust.
fn line(what: &str, written: &Written, ours: &Value, theirs: &Value) -> String {
    format!(
        "{what}\t{}\t{:?}\tours {ours}\ttheirs {theirs}",
        written.country, written.text
    )
}

#[test]
fn reading_agrees_with_googles_library_on_50000_numbers_of_60_countries() {
    let google = Google::start();
    let version = google.version();
    println!(
        "phonenumbers {version}; rlibphonenumber {} with v{}",
        METADATA.0, METADATA.1
    );
    assert_eq!(version, METADATA.1, "both read by the same numbering plans");
    assert_eq!(google::locked("rlibphonenumber"), METADATA.0);

    let mut chance = Chance::seeded(SEED);
    let numbers: Vec<Written> = (0..NUMBERS)
        .map(|at| spellings::written(&mut chance, at))
        .collect();
    let pairs: Vec<(Written, String)> = (0..NUMBERS / 5)
        .map(|at| spellings::pair(&mut chance, at))
        .collect();
    let questions = numbers
        .iter()
        .map(|one| json!(["number", one.country, one.text]))
        .chain(
            pairs
                .iter()
                .map(|(one, other)| json!(["pair", one.country, one.text, other])),
        );
    let questions = questions.collect();
    // Both read at the same time: each takes half a minute.
    let (answers, readings) = std::thread::scope(|threads| {
        let answers = threads.spawn(|| google.ask(questions));
        let ours = |written| (understood(written), read(written));
        let readings: Vec<_> = numbers.iter().map(ours).collect();
        (answers.join().unwrap(), readings)
    });

    let (mut found, mut kinds) = (BTreeSet::new(), [0; 4]);
    for ((written, theirs), (ours, ours_read)) in numbers.iter().zip(&answers).zip(readings) {
        kinds[usize::from(ours["valid"] == true)] += 1;
        if ours != theirs["understood"] {
            found.insert(line("understood", written, &ours, &theirs["understood"]));
        }
        if ours_read != theirs["read"] {
            found.insert(line("read", written, &ours_read, &theirs["read"]));
        }
    }
    for ((written, other), theirs) in pairs.iter().zip(&answers[NUMBERS..]) {
        let Some(theirs) = theirs.as_bool() else {
            continue;
        };
        let ours = same(written, other);
        kinds[2 + usize::from(ours)] += 1;
        if ours != theirs {
            let both = Written {
                country: written.country,
                text: format!("{} | {other}", written.text),
            };
            found.insert(line("same", &both, &json!(ours), &json!(theirs)));
        }
    }
    println!(
        "{NUMBERS} numbers, {} of them valid; {} pairs, {} of them the same; {} differences",
        kinds[1],
        kinds[2] + kinds[3],
        kinds[3],
        found.len()
    );
    // A sample in which everything is wrong, or everything right, would prove nothing.
    assert!(kinds.iter().all(|count| *count > 500), "{kinds:?}");
    assert!(
        found.len() * 1_000 <= NUMBERS,
        "{} differences",
        found.len()
    );
    let known = differences_known();
    let fresh: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(
        fresh.is_empty() && gone.is_empty(),
        "not in the list of differences: {fresh:#?}\nin the list, but none: {gone:#?}"
    );
}
