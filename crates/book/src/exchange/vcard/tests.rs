//! What contacts are read from which cards.

use proptest::prelude::*;

use super::*;
use crate::Slot;

fn rows_of(bytes: &[u8], at: Place, chunk: usize) -> Vec<Row<Draft>> {
    let mut reader = Reader::new(Reading::default(), at);
    let (mut rows, mut chunks) = (Vec::new(), bytes.chunks(chunk));
    loop {
        match reader.next_row() {
            Step::Row(row) => rows.push(*row),
            Step::Feed => match chunks.next() {
                Some(bytes) => reader.feed(bytes),
                None => reader.end(),
            },
            Step::End => return rows,
        }
    }
}

fn told(text: &str) -> Vec<String> {
    let tell = |row: Row<Draft>| match row.content {
        Ok(draft) => {
            let numbers: Vec<_> = draft
                .numbers
                .iter()
                .map(|(slot, number)| format!("{slot:?} {number}"))
                .collect();
            let some = |text: Option<String>| text.unwrap_or_default();
            format!(
                "{}: {}|{}|{}|{}|{}",
                row.at.row,
                draft.name,
                some(draft.company),
                some(draft.email),
                some(draft.remark),
                numbers.join(", ")
            )
        }
        Err(fault) => format!("{}/{} !{}", row.at.row, row.at.line, fault.fault.code()),
    };
    let whole = rows_of(text.as_bytes(), Place::START, text.len().max(1));
    for chunk in [1, 7] {
        assert_eq!(rows_of(text.as_bytes(), Place::START, chunk), whole);
    }
    whole.into_iter().map(tell).collect()
}

fn card(version: &str, lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}END:VCARD\r\n")
}

#[test]
fn cards_of_three_versions_are_read() {
    let text = card(
        "3.0",
        "FN:Ada Adams\r\nN:Adams;Ada;;;\r\nORG:Acme\\, Inc.;Sales\r\nEMAIL;TYPE=work:a@example.com\r\n\
         TEL;TYPE=WORK,VOICE:+49 30 1\r\n 234\r\nTEL;TYPE=CELL:0171 2\r\nTEL;TYPE=FAX,HOME:030 33\r\n\
         NOTE:two\\nlines\r\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n BBBB\r\n",
    ) + &card(
        "4.0",
        "N:李;雷;;;\r\nTEL;VALUE=uri;TYPE=\"work,voice\":tel:+86-10-12\r\nitem1.TEL;TYPE=home:010 13\r\n",
    ) + &card(
        "2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r\nTEL;CELL:0171 1\r\n\
         TEL;WORK;FAX:030 12\r\nTEL:030 99\r\n",
    );
    assert_eq!(
        told(&text),
        [
            "1: Ada Adams|Acme, Inc.|a@example.com|two\nlines|Business +49 30 1234, Mobile 0171 2, \
             HomeFax 030 33",
            "2: 李雷||||Business +86-10-12, Home 010 13",
            "3: Jörg Müller||||BusinessFax 030 12, Mobile 0171 1, Other 030 99",
        ]
    );
}

#[test]
fn a_card_without_end_costs_no_other() {
    let whole = card("3.0", "FN:Bob\r\nTEL:030 12\r\n");
    let text = format!(
        "BEGIN:VCARD\r\nFN:Ada\r\n{whole}stray\r\n\r\ntext\r\n{whole}BEGIN:VCARD\r\nFN:Eve\r\n"
    );
    assert_eq!(
        told(&text),
        [
            "1/1 !no_end",
            "2: Bob||||Other 030 12",
            "3/8 !no_card",
            "4: Bob||||Other 030 12",
            "5/16 !no_end",
        ]
    );
}

#[test]
fn a_card_that_is_no_contact_says_why() {
    let text = card("3.0", "TEL:030 12\r\n")
        + &card("3.0", "FN:Ada\r\n")
        + &card("3.0", "FN:Ada\r\nTEL:none\r\n")
        + &card("3.0", "FN:A\0da\r\nTEL:030 12\r\n")
        + &card(
            "3.0",
            &format!("FN:{}\r\nTEL:030 12\r\n", "x".repeat(100_000)),
        );
    assert_eq!(
        told(&text),
        [
            "1/1 !no_name",
            "2/5 !no_number",
            "3/9 !not_a_number",
            "4/14 !nul",
            "5/19 !cell_too_long"
        ]
    );
}

#[test]
fn a_picture_of_ten_megabytes_is_no_burden() {
    let photo = format!("PHOTO;ENCODING=b:{}\r\n", "A".repeat(10 * 1024 * 1024));
    let text = card("3.0", &format!("FN:Ada\r\n{photo}TEL:030 12\r\n"));
    let rows = rows_of(text.as_bytes(), Place::START, 64 * 1024);
    assert_eq!(rows[0].content.as_ref().unwrap().name, "Ada");
}

fn contact() -> Draft {
    let number = |(place, slot): (usize, &Slot)| (*slot, format!("+4930{place}00"));
    Draft {
        name: "Ada \"Bo\" Adams; Jr., 李雷".to_owned(),
        company: Some("Acme, Inc.; Sales".to_owned()),
        email: Some("ada@example.com".to_owned()),
        remark: Some("two\nlines; =1+1".to_owned()),
        numbers: Slot::ALL.iter().enumerate().map(number).collect(),
    }
}

#[test]
fn what_is_written_is_read_again() {
    for version in [Version::V3, Version::V4] {
        let mut text = String::new();
        write_contact(&mut text, &contact(), version);
        let rows = rows_of(text.as_bytes(), Place::START, 16);
        assert_eq!(rows[0].content.as_ref().unwrap(), &contact(), "{text}");
    }
}

proptest! {
    #[test]
    fn whatever_the_bytes_are_no_card_is_lost_or_read_twice(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "BEGIN:VCARD\r\n", "END:VCARD\n", "FN:Ada\n", "TEL;CELL:030 12\n", " folded\n", "\n",
                "PHOTO:x\n", "N:a;b,c;\\,\\", "TEL;TYPE=\"", "=\n", "NOTE;ENCODING=QUOTED-PRINTABLE:=E4=\n",
                ":", ";", "\u{fc}", "\0", "item.", "stray",
            ]),
            0..30,
        ),
        chunk in 1_usize..9,
    ) {
        let text = parts.concat();
        let whole = rows_of(text.as_bytes(), Place::START, text.len().max(1));
        prop_assert_eq!(&rows_of(text.as_bytes(), Place::START, chunk), &whole);
        for (index, row) in whole.iter().enumerate() {
            let from = usize::try_from(row.next.byte).unwrap();
            let rest = rows_of(&text.as_bytes()[from..], row.next, 5);
            prop_assert_eq!(&rest[..], &whole[index + 1..]);
        }
    }

    #[test]
    fn any_bytes_in_a_card_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let mut text = b"BEGIN:VCARD\n".to_vec();
        text.extend(bytes);
        text.extend(b"\nEND:VCARD\n");
        let _ = rows_of(&text, Place::START, 50);
    }
}
