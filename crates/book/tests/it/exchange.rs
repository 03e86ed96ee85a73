//! Tables and cards between Linecard and programs that are not ours: Python's csv, and vobject.
//!
//! `tests/clients/prepare` installs them.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use linecard_book::Slot;
use linecard_book::exchange::csv::{self, Dialect};
use linecard_book::exchange::encoding::Reading;
use linecard_book::exchange::mapping;
use linecard_book::exchange::vcard::{self, Version};
use linecard_book::exchange::{Draft, Place, Step};
use serde_json::{Value, json};

fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients")
}

/// What the other program answers to `input`.
fn python(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let place = Command::new(clients().join("prepare"))
        .arg("--where")
        .output()
        .unwrap();
    assert!(
        place.status.success(),
        "run tests/clients/prepare once: {}",
        String::from_utf8_lossy(&place.stderr)
    );
    let installed = PathBuf::from(String::from_utf8(place.stdout).unwrap().trim());
    let mut program = Command::new(installed.join("vobject/bin/python"))
        .args(["-B", "exchange.py"])
        .args(arguments)
        .current_dir(clients().join("vobject"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(input).unwrap();
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success());
    output.stdout
}

fn draft(name: &str, company: &str, numbers: &[(Slot, &str)]) -> Draft {
    Draft {
        name: name.to_owned(),
        company: Some(company.to_owned()),
        email: Some("ada@example.com".to_owned()),
        remark: Some("two\nlines".to_owned()),
        numbers: numbers
            .iter()
            .map(|(slot, number)| (*slot, (*number).to_owned()))
            .collect(),
    }
}

fn contacts() -> Vec<Draft> {
    vec![
        draft(
            "Ada \"Bo\" Adams",
            "Acme, Inc.; Sales",
            &[(Slot::Business, "030 12"), (Slot::HomeFax, "030 13")],
        ),
        draft("李雷", "北京贸易公司", &[(Slot::Mobile2, "138 12")]),
        draft("Jörg Müller", &"Straße ".repeat(20), &[(Slot::Other, "99")]),
    ]
}

/// The rows of a table, as they are read here.
fn rows(table: &[u8]) -> Vec<Vec<String>> {
    let dialect = Dialect::guess(table);
    let mut reader = csv::Reader::new(dialect, Reading::default(), None, Place::START);
    reader.feed(table);
    reader.end();
    let mut rows = Vec::new();
    while let Step::Row(row) = reader.next_row() {
        rows.push(row.content.unwrap());
    }
    rows
}

fn cards(text: &[u8]) -> Vec<Draft> {
    let mut reader = vcard::Reader::new(Reading::default(), Place::START);
    reader.feed(text);
    reader.end();
    let mut cards = Vec::new();
    while let Step::Row(row) = reader.next_row() {
        cards.push(row.content.unwrap());
    }
    cards
}

#[test]
fn python_reads_the_table_that_is_written_and_it_comes_back_through_python_as_it_was() {
    let contacts: Vec<Draft> = contacts()
        .into_iter()
        .map(|contact| Draft {
            company: contact.company.map(|it| it.trim().to_owned()),
            ..contact
        })
        .collect();
    let mut table = String::new();
    csv::write_header(&mut table);
    for contact in &contacts {
        csv::write_contact(&mut table, contact);
    }
    let read = python(&["read", "csv"], table.as_bytes());
    let read: Vec<Vec<String>> = serde_json::from_slice(&read).unwrap();
    assert_eq!(read[0], csv::HEADER);
    assert_eq!(read[1][0], "Ada \"Bo\" Adams");
    assert_eq!(read[1][12], "two\nlines");
    for dialect in ["excel", "excel-tab", "unix"] {
        let again = python(
            &["write", "csv", dialect],
            json!(read).to_string().as_bytes(),
        );
        let mut rows = rows(&again);
        let columns = mapping::guess(&rows.remove(0));
        let drafts: Vec<Draft> = rows
            .iter()
            .map(|row| mapping::draft(&columns, row).unwrap())
            .collect();
        assert_eq!(drafts, contacts, "{dialect}");
    }
}

#[test]
fn vobject_reads_the_cards_that_are_written() {
    for version in [Version::V3, Version::V4] {
        let mut text = String::new();
        for contact in contacts() {
            vcard::write_contact(&mut text, &contact, version);
        }
        let read: Value =
            serde_json::from_slice(&python(&["read", "vcard"], text.as_bytes())).unwrap();
        assert_eq!(
            read[0],
            json!([
                "Ada \"Bo\" Adams",
                "Acme, Inc.; Sales",
                "ada@example.com",
                [[["voice", "work"], "030 12"], [["fax", "home"], "030 13"]],
            ]),
            "{text}"
        );
        assert_eq!(read[1][0], "李雷");
        assert_eq!(read[2][1], "Straße ".repeat(20));
    }
}

#[test]
fn the_cards_that_vobject_writes_are_read() {
    let long = "Ä".repeat(120);
    let asked = json!([
        [
            "Ada; Adams, \\",
            "Acme, Inc.; Sales",
            [["WORK", "030 12"], ["CELL", "0171 13"]]
        ],
        [long, "北京", [["HOME", "030 14"]]],
    ]);
    let text = python(&["write", "vcard"], asked.to_string().as_bytes());
    let read = cards(&text);
    assert_eq!(read[0].name, "Ada; Adams, \\");
    assert_eq!(read[0].company.as_deref(), Some("Acme, Inc.; Sales"));
    assert_eq!(
        read[0].numbers,
        [
            (Slot::Business, "030 12".to_owned()),
            (Slot::Mobile, "0171 13".to_owned())
        ]
    );
    assert_eq!(
        (read[1].name.as_str(), read[1].company.as_deref()),
        (long.as_str(), Some("北京"))
    );
}
