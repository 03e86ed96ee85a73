//! Cells that a spreadsheet would run as a formula, made safe and back again.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end for a formula,
//! whatever stands in it; `=cmd|' /C calc'!A0` starts a program (OWASP, "CSV Injection"). An
//! apostrophe before it makes it text. Reading takes that apostrophe away again, so that a file which
//! was written here is read as it was.

use std::borrow::Cow;

/// What begins a formula, in half and full width.
const BEGINS_FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// The text of a cell, as text for every spreadsheet.
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    if is_escaped_or_formula(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that [`escaped`] was given. Other texts stay as they are, formulas too: they are data.
#[must_use]
pub fn unescaped(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_escaped_or_formula(text) => text,
        _ => cell,
    }
}

/// Whether it begins as a formula does, with any number of apostrophes before it: those that are
/// data get one more, so that one can be taken away.
fn is_escaped_or_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINS_FORMULA)
}

/// Adds a row of cells to `out`, each in quotes and safe in a spreadsheet. In quotes, because a
/// semicolon ends a cell where the decimal sign is a comma.
pub fn write_row<'t>(out: &mut String, cells: impl IntoIterator<Item = &'t str>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.push('"');
        out.push_str(&escaped(cell).replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for formula in [
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "＝1",
        ] {
            assert!(escaped(formula).starts_with('\''), "{formula:?}");
            assert_eq!(unescaped(&escaped(formula)), formula);
        }
        for harmless in ["Ada", "'tis", "1-2", "", "a=b"] {
            assert_eq!(escaped(harmless), harmless);
            assert_eq!(unescaped(harmless), harmless);
        }
    }

    #[test]
    fn a_cell_does_not_end_before_its_quote() {
        let mut row = String::new();
        write_row(&mut row, ["Adams; =1+1", "say \"hi\"", "=1"]);
        assert_eq!(row, "\"Adams; =1+1\",\"say \"\"hi\"\"\",\"'=1\"\r\n");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "['=+@a -]{0,6}.*") {
            let cell = escaped(&text);
            prop_assert_eq!(unescaped(&cell), text.as_str());
            let first = cell.chars().next();
            prop_assert!(!first.is_some_and(|first| BEGINS_FORMULA.contains(&first)));
        }
    }
}
