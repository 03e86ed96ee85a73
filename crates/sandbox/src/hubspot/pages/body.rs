//! The text of a body that is HTML: what a reader sees of it, without a browser's help.

/// The text between the tags, a line for each paragraph and break.
pub(super) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        if matches!(tag, "/p" | "br" | "br/" | "br /") {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    // The ampersand comes last, so that an escaped entity stays what somebody wrote.
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, character)| {
        text.replace(entity, character)
    })
    .trim_end()
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_sees_text_and_line_breaks_and_no_tags() {
        let html = "<p>one<br>two</p><p>a &lt;b&gt; &amp;amp; c</p>";
        assert_eq!(text(html), "one\ntwo\na <b> &amp; c");
    }
}
