//! Splits a query into words, values and signs.

use super::error::QueryError;

/// A piece of a query and where it begins, as a character's number from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) at: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A name or a keyword: letters, digits, `_` and `.`.
    Word(String),
    /// A number, a date or a time, as written.
    Value(String),
    /// A text in quotes. `pattern` keeps `\%` and `\_` as they are, for LIKE.
    Text { text: String, pattern: String },
    /// `( ) , = != <> < <= > >=`.
    Sign(&'static str),
}

const SIGNS: [&str; 10] = ["!=", "<>", "<=", ">=", "(", ")", ",", "=", "<", ">"];

/// The tokens of `text`, numbered from `start`.
pub(crate) fn lex(text: &[char], start: usize) -> Result<Vec<Token>, QueryError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let at = start + text.len() - rest.len();
        if first.is_whitespace() {
            rest = after;
            continue;
        }
        let (kind, left) = if *first == '\'' {
            quoted(after, at)?
        } else if first.is_alphabetic() || *first == '_' {
            let (word, left) = while_of(rest, |one| one.is_alphanumeric() || "_.".contains(one));
            (TokenKind::Word(word), left)
        } else if first.is_ascii_digit() || "+-".contains(*first) {
            let (value, left) = while_of(rest, |one| {
                one.is_ascii_alphanumeric() || "+-:.".contains(one)
            });
            (TokenKind::Value(value), left)
        } else if let Some((sign, left)) = sign(rest) {
            (TokenKind::Sign(sign), left)
        } else {
            let message = format!("unexpected token: '{first}'");
            return Err(QueryError::malformed(message).at(at));
        };
        tokens.push(Token { kind, at });
        rest = left;
    }
    Ok(tokens)
}

fn while_of(text: &[char], belongs: fn(char) -> bool) -> (String, &[char]) {
    let end = text
        .iter()
        .position(|one| !belongs(*one))
        .unwrap_or(text.len());
    let (piece, left) = text.split_at(end);
    (piece.iter().collect(), left)
}

fn sign(text: &[char]) -> Option<(&'static str, &[char])> {
    SIGNS.into_iter().find_map(|sign| {
        let mut left = text;
        for wanted in sign.chars() {
            left = left.strip_prefix(&[wanted])?;
        }
        Some((sign, left))
    })
}

/// Reads to the closing quote. Only the vendor's escapes are taken.
fn quoted(mut text: &[char], at: usize) -> Result<(TokenKind, &[char]), QueryError> {
    let (mut plain, mut pattern) = (String::new(), String::new());
    loop {
        match text {
            ['\'', left @ ..] => {
                return Ok((
                    TokenKind::Text {
                        text: plain,
                        pattern,
                    },
                    left,
                ));
            }
            ['\\', escaped, left @ ..] => {
                let real = match escaped {
                    'n' | 'N' => '\n',
                    'r' | 'R' => '\r',
                    't' | 'T' => '\t',
                    'b' | 'B' => '\u{8}',
                    'f' | 'F' => '\u{c}',
                    '"' | '\'' | '\\' | '_' | '%' => *escaped,
                    _ => {
                        let message = format!("Illegal character sequence: '\\{escaped}'");
                        return Err(QueryError::malformed(message).at(at));
                    }
                };
                if matches!(real, '_' | '%' | '\\') {
                    pattern.push('\\');
                }
                plain.push(real);
                pattern.push(real);
                text = left;
            }
            [one, left @ ..] => {
                plain.push(*one);
                pattern.push(*one);
                text = left;
            }
            [] => {
                return Err(QueryError::malformed("missing closing quote").at(at));
            }
        }
    }
}
