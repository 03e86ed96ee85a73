//! A description as a portal shows it: what looks like markup vanishes, unless the text says that
//! it is plain.

/// `DESCRIPTION_TYPE` of a plain text, and of bb-code.
const PLAIN: i64 = 1;
const BB_CODE: i64 = 2;

/// What a reader sees of `text`. It is not HTML: the page still escapes it.
pub(super) fn shown(text: &str, kind: Option<i64>) -> String {
    match kind {
        Some(PLAIN) => text.to_owned(),
        Some(BB_CODE) => without(text, '[', ']'),
        _ => without(text, '<', '>'),
    }
}

/// `text` without what stands between the brackets.
fn without(text: &str, open: char, close: char) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((_, after)) = after.split_once(close) else {
            break;
        };
        shown.push_str(before);
        rest = after;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_angle_brackets_vanishes_from_html_and_stays_in_plain_text() {
        let text = "Call from <5503308> [Ada]";
        assert_eq!(shown(text, Some(3)), "Call from  [Ada]");
        assert_eq!(shown(text, Some(2)), "Call from <5503308> ");
        assert_eq!(shown(text, Some(1)), text);
        assert_eq!(shown("1 < 2", Some(3)), "1 < 2");
    }
}
