//! What rows are read from which bytes.

use proptest::prelude::*;

use super::*;
use crate::exchange::LONGEST_ROW;
use crate::exchange::encoding::TextEncoding;

fn reader(delimiter: u8, columns: Option<usize>) -> Reader {
    let dialect = Dialect { delimiter };
    Reader::new(dialect, Reading::default(), columns, Place::START)
}

fn rows_of(mut reader: Reader, bytes: &[u8], chunk: usize) -> Vec<Row<Vec<String>>> {
    let (mut rows, mut chunks, mut steps) = (Vec::new(), bytes.chunks(chunk), 0);
    loop {
        steps += 1;
        assert!(steps < 1_000_000, "it goes on for ever");
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

/// Row and cells, or row and what is wrong.
fn told(bytes: &[u8], columns: Option<usize>) -> Vec<String> {
    let tell = |row: Row<Vec<String>>| match row.content {
        Ok(cells) => format!("{}/{} {}", row.at.row, row.at.line, cells.join("|")),
        Err(RowFault { column, fault }) => {
            let column = column.map_or(String::new(), |column| format!("@{column}"));
            format!("{}/{} !{}{column}", row.at.row, row.at.line, fault.code())
        }
    };
    let whole: Vec<_> = rows_of(reader(b',', columns), bytes, bytes.len().max(1));
    for chunk in [1, 2, 7] {
        assert_eq!(rows_of(reader(b',', columns), bytes, chunk), whole);
    }
    whole.into_iter().map(tell).collect()
}

#[test]
fn rows_are_read_as_spreadsheets_write_them() {
    let text = "name,phone\r\n\"Adams, Alice\",101\r\n\r\n\"Bob \"\"Bo\"\" Brown\" ,102\n\
                \"two\nlines\",103\r,\n5\" pipe,104";
    assert_eq!(
        told(text.as_bytes(), None),
        [
            "1/1 name|phone",
            "2/2 Adams, Alice|101",
            "4/4 Bob \"Bo\" Brown|102",
            "5/5 two\nlines|103",
            "7/8 5\" pipe|104",
        ]
    );
}

#[test]
fn a_broken_quote_costs_its_own_row_only() {
    let text = "1,\"Alice\n2,Bob\n3,\"Carol\" Clark\n4,Dave\n5,\"Eve";
    assert_eq!(
        told(text.as_bytes(), None),
        [
            "1/1 !broken_quote@2",
            "2/2 2|Bob",
            "3/3 !broken_quote@2",
            "4/4 4|Dave",
            "5/5 !broken_quote@2",
        ]
    );
}

#[test]
fn two_broken_quotes_do_not_make_one_row() {
    let text = "1,\"Alice\n2,\"Bob\n3,Carol\n";
    assert_eq!(
        told(text.as_bytes(), None),
        ["1/1 !broken_quote@2", "2/2 !broken_quote@2", "3/3 3|Carol",]
    );
}

#[test]
fn what_is_too_much_is_told_with_its_column() {
    let text = "a,b\n1,2,3\n1,2,,\n1,x\0y\n1\n";
    assert_eq!(
        told(text.as_bytes(), Some(2)),
        [
            "1/1 a|b",
            "2/2 !too_many_cells@3",
            "3/3 1|2||",
            "4/4 !nul@2",
            "5/5 1",
        ]
    );
    let wide = ",x".repeat(MOST_CELLS + 20);
    assert_eq!(told(wide.as_bytes(), None), ["1/1 !too_many_cells@257"]);
}

#[test]
fn a_cell_of_ten_megabytes_costs_its_row_and_no_more() {
    for (before, after) in [("", ""), ("\"", "\"")] {
        let cell = "x".repeat(10 * 1024 * 1024);
        let text = format!("a,b\n1,{before}{cell}{after}\n2,y\n");
        let rows = rows_of(reader(b',', None), text.as_bytes(), 64 * 1024);
        let fault = rows[1].content.clone().unwrap_err();
        assert_eq!(fault, Fault::CellTooLong.in_column(2));
        assert_eq!(rows[1].shown.len(), crate::exchange::LONGEST_SHOWN);
        assert_eq!(rows[2].content.as_deref().unwrap(), ["2", "y"]);
    }
}

#[test]
fn a_row_without_end_takes_no_more_memory_than_a_row_may_have() {
    let mut reader = reader(b',', None);
    let chunk = vec![b'x'; 1024 * 1024];
    for _ in 0..40 {
        reader.feed(&chunk);
        assert_eq!(reader.next_row(), Step::Feed);
        assert!(reader.splitter.held() <= LONGEST_ROW + chunk.len());
    }
    reader.feed(b"\n1,y\n");
    let Step::Row(row) = reader.next_row() else {
        panic!("no row");
    };
    assert_eq!(row.content, Err(Fault::RowTooLong.of_row()));
    assert_eq!(row.next.byte, 40 * 1024 * 1024 + 1);
    let Step::Row(row) = reader.next_row() else {
        panic!("no row");
    };
    assert_eq!(row.content.unwrap(), ["1", "y"]);
}

#[test]
fn reading_goes_on_from_every_row_as_if_it_had_not_stopped() {
    let text = "a,b\n\"x\ny\",1\n\n2,\"broken\n3,z\r\n\r\n4,\"q\"\n";
    let whole = rows_of(reader(b',', None), text.as_bytes(), 5);
    for (index, row) in whole.iter().enumerate() {
        let dialect = Dialect { delimiter: b',' };
        let again = Reader::new(dialect, Reading::default(), None, row.next);
        let from = usize::try_from(row.next.byte).unwrap();
        let rest = rows_of(again, &text.as_bytes()[from..], 3);
        assert_eq!(rest, whole[index + 1..]);
    }
}

#[test]
fn the_delimiter_is_guessed() {
    for (text, delimiter) in [
        ("Name;Telefon\nMüller, Jörg;030\nMeier, Eva;040\n", b';'),
        ("name\tphone\nAda, the first\t101\n", b'\t'),
        ("name,phone\nAda;x,101\n", b','),
        ("\"a,b\"|c\n\"d\"|e", b'|'),
        ("Ada", b','),
        ("", b','),
    ] {
        assert_eq!(
            Dialect::guess(text.as_bytes()).delimiter,
            delimiter,
            "{text}"
        );
    }
}

#[test]
fn a_row_in_another_encoding_than_the_chosen_one_names_the_cell() {
    let reading = Reading {
        chosen: TextEncoding::named("UTF-8"),
        guessed: None,
    };
    let dialect = Dialect { delimiter: b',' };
    let reader = Reader::new(dialect, reading, None, Place::START);
    let rows = rows_of(reader, b"1,M\xfcller\n2,Ada\n", 4);
    let fault = rows[0].content.clone().unwrap_err();
    assert_eq!((fault.fault.code(), fault.column), ("undecodable", Some(2)));
    assert!(rows[1].content.is_ok());
}

proptest! {
    #[test]
    fn whatever_the_bytes_are_the_chunks_do_not_matter(
        bytes in proptest::collection::vec(
            prop_oneof![
                5 => proptest::sample::select(b"a1,;\"\"\r\n\n \0=\xe4\xb8".to_vec()),
                1 => any::<u8>(),
            ],
            0..200,
        ),
        chunk in 1_usize..9,
    ) {
        let whole = rows_of(reader(b',', Some(4)), &bytes, bytes.len().max(1));
        prop_assert_eq!(&rows_of(reader(b',', Some(4)), &bytes, chunk), &whole);
        let mut at = 0;
        for row in &whole {
            prop_assert!(row.at.byte >= at && row.next.byte > row.at.byte);
            at = row.next.byte;
        }
    }

    #[test]
    fn what_is_written_is_read_again(
        rows in proptest::collection::vec(
            proptest::collection::vec("[^\0\u{80}-\u{9f}\u{feff}]{0,8}", 3), 1..8),
    ) {
        let mut text = String::new();
        for row in &rows {
            crate::exchange::cell::write_row(&mut text, row.iter().map(String::as_str));
        }
        let read: Vec<_> = rows_of(reader(b',', Some(3)), text.as_bytes(), 11)
            .into_iter()
            .map(|row| row.content.unwrap())
            .collect();
        let kept: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| crate::exchange::cell::escaped(cell).trim().to_owned()).collect::<Vec<_>>())
            .filter(|row: &Vec<String>| !row.iter().all(String::is_empty))
            .collect();
        prop_assert_eq!(read, kept);
    }
}
