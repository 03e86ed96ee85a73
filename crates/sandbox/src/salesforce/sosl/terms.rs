//! What is searched for: words joined by `AND`, `OR` and `AND NOT`.

use super::error::SearchError;

/// Deeper parentheses than anybody writes; a limit keeps the stack safe.
const DEEPEST: usize = 50;
/// A shorter term would find everything.
const SHORTEST: usize = 2;
/// Signs that mean something, or will, and must be escaped to be searched for.
const RESERVED: &str = "&|!{}[]^~:'+-";

/// What a record must contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Terms {
    /// These words, one after the other, in one field. They may have wildcards.
    Words(Vec<String>),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
}

/// Reads what stands between the braces.
pub(super) fn parse(text: &[char]) -> Result<Terms, SearchError> {
    let mut parser = Parser {
        pieces: pieces(text)?.into_iter().peekable(),
        depth: 0,
    };
    let terms = parser.any()?;
    match parser.pieces.next() {
        None => Ok(terms),
        Some(piece) => Err(unexpected(Some(&piece))),
    }
}

/// Words that must all be there, as a parameterized search takes them: nothing has a meaning.
pub(super) fn plain(text: &str) -> Result<Terms, SearchError> {
    let words: Vec<Terms> = text
        .split_whitespace()
        .map(|word| Terms::Words(split(word)))
        .filter(|terms| *terms != Terms::Words(Vec::new()))
        .collect();
    if words.is_empty() {
        return Err(SearchError::no_term());
    }
    Ok(Terms::All(words))
}

/// The words of a text: what stands between spaces and punctuation, in small letters.
pub(super) fn split(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|one: char| !(one.is_alphanumeric() || one == '*' || one == '?'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Open,
    Close,
    And,
    Or,
    Not,
    Term(String),
}

fn pieces(mut text: &[char]) -> Result<Vec<Piece>, SearchError> {
    let mut pieces = Vec::new();
    while let [first, after @ ..] = text {
        text = match first {
            '(' => {
                pieces.push(Piece::Open);
                after
            }
            ')' => {
                pieces.push(Piece::Close);
                after
            }
            '"' => {
                let (phrase, left) = term(after, |one| one == '"')?;
                let [_, left @ ..] = left else {
                    return Err(SearchError::Malformed(
                        "A quotation mark is not closed.".to_owned(),
                    ));
                };
                pieces.push(Piece::Term(phrase));
                left
            }
            one if one.is_whitespace() => after,
            _ => {
                let (word, left) = term(text, |one| one.is_whitespace() || "()\"".contains(one))?;
                pieces.push(match word.as_str() {
                    word if word.eq_ignore_ascii_case("AND") => Piece::And,
                    word if word.eq_ignore_ascii_case("OR") => Piece::Or,
                    word if word.eq_ignore_ascii_case("NOT") => Piece::Not,
                    _ => Piece::Term(word),
                });
                left
            }
        };
    }
    Ok(pieces)
}

/// Reads until a character that ends the term. What is escaped loses its meaning.
fn term(mut text: &[char], ends: fn(char) -> bool) -> Result<(String, &[char]), SearchError> {
    let mut term = String::new();
    loop {
        match text {
            ['\\', escaped, left @ ..] => {
                // Punctuation parts words, in the term as in the field.
                term.push(if escaped.is_alphanumeric() {
                    *escaped
                } else {
                    ' '
                });
                text = left;
            }
            [one, ..] if ends(*one) => return Ok((term, text)),
            [one, ..] if RESERVED.contains(*one) || *one == '\\' => {
                return Err(SearchError::Malformed(format!(
                    "The character '{one}' must be escaped with a backslash."
                )));
            }
            [one, left @ ..] => {
                term.push(*one);
                text = left;
            }
            [] => return Ok((term, text)),
        }
    }
}

struct Parser {
    pieces: std::iter::Peekable<std::vec::IntoIter<Piece>>,
    depth: usize,
}

impl Parser {
    fn any(&mut self) -> Result<Terms, SearchError> {
        let mut parts = vec![self.all()?];
        while self.pieces.next_if_eq(&Piece::Or).is_some() {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Terms::Any))
    }

    fn all(&mut self) -> Result<Terms, SearchError> {
        let mut parts = vec![self.one()?];
        loop {
            let and = self.pieces.next_if_eq(&Piece::And).is_some();
            if and && self.pieces.next_if_eq(&Piece::Not).is_some() {
                parts.push(Terms::Not(Box::new(self.one()?)));
            } else if and || matches!(self.pieces.peek(), Some(Piece::Open | Piece::Term(_))) {
                // Words without an operator between them are ANDed.
                parts.push(self.one()?);
            } else {
                return Ok(one_or(parts, Terms::All));
            }
        }
    }

    fn one(&mut self) -> Result<Terms, SearchError> {
        match self.pieces.next() {
            Some(Piece::Open) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(SearchError::Malformed("Too many parentheses.".to_owned()));
                }
                let inner = self.any()?;
                self.depth -= 1;
                match self.pieces.next() {
                    Some(Piece::Close) => Ok(inner),
                    other => Err(unexpected(other.as_ref())),
                }
            }
            Some(Piece::Term(term)) => {
                if term.trim().chars().count() < SHORTEST {
                    return Err(SearchError::Malformed(
                        "Search term must be longer than one character.".to_owned(),
                    ));
                }
                Ok(Terms::Words(split(&term)))
            }
            None => Err(SearchError::no_term()),
            other => Err(unexpected(other.as_ref())),
        }
    }
}

fn one_or(mut parts: Vec<Terms>, join: fn(Vec<Terms>) -> Terms) -> Terms {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    join(parts)
}

fn unexpected(piece: Option<&Piece>) -> SearchError {
    let word = match piece {
        None => "the end",
        Some(Piece::Open) => "(",
        Some(Piece::Close) => ")",
        Some(Piece::And) => "AND",
        Some(Piece::Or) => "OR",
        Some(Piece::Not) => "NOT",
        Some(Piece::Term(term)) => term,
    };
    SearchError::Malformed(format!("Unexpected '{word}' in the search term."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Terms, SearchError> {
        parse(&text.chars().collect::<Vec<_>>())
    }

    fn words(text: &str) -> Terms {
        Terms::Words(split(text))
    }

    #[test]
    fn or_binds_less_than_and() {
        assert_eq!(
            read("maya torres OR liam"),
            Ok(Terms::Any(vec![
                Terms::All(vec![words("maya"), words("torres")]),
                words("liam"),
            ]))
        );
        assert_eq!(
            read("maya AND NOT (torres or liam)"),
            Ok(Terms::All(vec![
                words("maya"),
                Terms::Not(Box::new(Terms::Any(vec![words("torres"), words("liam")]))),
            ]))
        );
    }

    #[test]
    fn an_escaped_sign_parts_words() {
        assert_eq!(read(r"o\'brien"), Ok(words("o brien")));
        assert_eq!(read("\"blue harbor\""), Ok(words("blue harbor")));
    }

    #[test]
    fn what_cannot_be_a_search_is_refused() {
        for text in [
            "", " ", "a", "OR", "maya OR", "(maya", "maya)", "+1415", "\"maya", "x\\",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&"(".repeat(10_000)).is_err());
    }
}
