//! The words of a query.

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// A keyword, a name or a number.
    Name(String),
    /// What stood between single quotes.
    Text(String),
    /// `(`, `)`, `,` or an operator.
    Sign(String),
}

/// Cuts a query into words; `None` when a text does not end.
pub(super) fn words(text: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(one) = rest.next() {
        if one.is_whitespace() {
            continue;
        }
        words.push(match one {
            '\'' => {
                let mut value = String::new();
                loop {
                    match rest.next()? {
                        '\'' => break,
                        '\\' => value.push(rest.next()?),
                        other => value.push(other),
                    }
                }
                Word::Text(value)
            }
            '(' | ')' | ',' | '=' => Word::Sign(one.to_string()),
            '<' | '>' | '!' => {
                let mut sign = one.to_string();
                sign.extend(rest.next_if_eq(&'='));
                Word::Sign(sign)
            }
            other => {
                let mut name = other.to_string();
                while let Some(next) =
                    rest.next_if(|next| next.is_alphanumeric() || matches!(next, '_' | '.' | '$'))
                {
                    name.push(next);
                }
                Word::Name(name)
            }
        });
    }
    Some(words)
}
