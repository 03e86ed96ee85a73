//! Reads a query: `select a,b from M where c order by d desc limit 0, 200`.
//!
//! Between brackets stand two conditions at most; more are nested.

use super::lexer::{Word, words};
use crate::zoho::api::condition::{Condition, Test};

/// A query that was read.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) fields: Vec<String>,
    pub(super) module: String,
    pub(super) condition: Option<Condition>,
    /// The field, and whether the largest come first.
    pub(super) order: Option<(String, bool)>,
    pub(super) offset: usize,
    pub(super) count: usize,
}

/// Reads a query; the error is where it stops making sense.
pub(super) fn read(text: &str) -> Result<Query, String> {
    let Some(words) = words(text) else {
        return Err("'".to_owned());
    };
    let mut reader = Reader { words, at: 0 };
    match reader.query() {
        Some(query) if reader.at == reader.words.len() => Ok(query),
        _ => Err(reader
            .words
            .get(reader.at)
            .map(|word| format!("{word:?}"))
            .unwrap_or_default()),
    }
}

struct Reader {
    words: Vec<Word>,
    at: usize,
}

impl Reader {
    fn next(&mut self) -> Option<Word> {
        let word = self.words.get(self.at).cloned();
        self.at += usize::from(word.is_some());
        word
    }

    fn keyword(&mut self, wanted: &str) -> bool {
        let found = matches!(
            self.words.get(self.at),
            Some(Word::Name(name)) if name.eq_ignore_ascii_case(wanted)
        );
        self.at += usize::from(found);
        found
    }

    fn sign(&mut self, wanted: &str) -> bool {
        let found = matches!(self.words.get(self.at), Some(Word::Sign(sign)) if sign == wanted);
        self.at += usize::from(found);
        found
    }

    fn name(&mut self) -> Option<String> {
        match self.words.get(self.at) {
            Some(Word::Name(name)) => {
                let name = name.clone();
                self.at += 1;
                Some(name)
            }
            _ => None,
        }
    }

    fn number(&mut self) -> Option<usize> {
        self.name()?.parse().ok()
    }

    fn query(&mut self) -> Option<Query> {
        self.keyword("select").then_some(())?;
        let mut fields = vec![self.name()?];
        while self.sign(",") {
            fields.push(self.name()?);
        }
        self.keyword("from").then_some(())?;
        let module = self.name()?;
        let condition = if self.keyword("where") {
            Some(self.pair()?)
        } else {
            None
        };
        let order = if self.keyword("order") {
            self.keyword("by").then_some(())?;
            let field = self.name()?;
            let descending = self.keyword("desc");
            if !descending {
                self.keyword("asc");
            }
            Some((field, descending))
        } else {
            None
        };
        let (mut offset, mut count) = (0, 200);
        if self.keyword("limit") {
            count = self.number()?;
            if self.sign(",") {
                offset = count;
                count = self.number()?;
            }
        }
        Some(Query {
            fields,
            module,
            condition,
            order,
            offset,
            count,
        })
    }

    /// One condition, or two.
    fn pair(&mut self) -> Option<Condition> {
        let first = self.single()?;
        if self.keyword("and") {
            Some(Condition::Both(Box::new(first), Box::new(self.single()?)))
        } else if self.keyword("or") {
            Some(Condition::Either(Box::new(first), Box::new(self.single()?)))
        } else {
            Some(first)
        }
    }

    fn single(&mut self) -> Option<Condition> {
        if self.sign("(") {
            let condition = self.pair()?;
            return self.sign(")").then_some(condition);
        }
        let name = self.name()?;
        let test = self.test()?;
        Some(Condition::Field { name, test })
    }

    fn test(&mut self) -> Option<Test> {
        if self.keyword("like") {
            return Some(Test::Like(self.value()?));
        }
        if self.keyword("in") {
            self.sign("(").then_some(())?;
            let mut values = vec![self.value()?];
            while self.sign(",") {
                values.push(self.value()?);
            }
            return self.sign(")").then_some(Test::OneOf(values));
        }
        if self.keyword("between") {
            let from = self.value()?;
            self.keyword("and").then_some(())?;
            return Some(Test::Between(from, self.value()?));
        }
        if self.keyword("is") {
            let not = self.keyword("not");
            self.keyword("null").then_some(())?;
            return Some(if not { Test::NotNull } else { Test::Null });
        }
        let Word::Sign(sign) = self.next()? else {
            return None;
        };
        let value = self.value()?;
        Some(match sign.as_str() {
            "=" => Test::Equals(value),
            "!=" => Test::Differs(value),
            ">" => Test::More(value, false),
            ">=" => Test::More(value, true),
            "<" => Test::Less(value, false),
            "<=" => Test::Less(value, true),
            _ => return None,
        })
    }

    fn value(&mut self) -> Option<String> {
        match self.next()? {
            Word::Text(text) => Some(text),
            Word::Name(name) => Some(name),
            Word::Sign(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read() {
        let query = read(
            "select id,Full_Name from Contacts where (Phone like '%0134' or Mobile like '%0134') \
             order by Created_Time desc limit 200, 100",
        )
        .unwrap();
        assert_eq!(query.fields, ["id", "Full_Name"]);
        assert_eq!(query.module, "Contacts");
        assert_eq!(query.condition.map(|condition| condition.count()), Some(2));
        assert_eq!(query.order, Some(("Created_Time".to_owned(), true)));
        assert_eq!((query.offset, query.count), (200, 100));
    }

    #[test]
    fn three_conditions_in_a_row_are_a_syntax_error() {
        let three = "select id from Contacts where Phone = '1' or Phone = '2' or Phone = '3'";
        assert!(read(three).is_err());
        let nested = "select id from Contacts where (Phone = '1' or (Phone = '2' or Phone = '3'))";
        assert!(read(nested).is_ok());
    }

    #[test]
    fn what_is_no_query_is_refused() {
        for odd in [
            "",
            "select",
            "select id",
            "select id from Contacts where",
            "select id from Contacts where Phone like",
            "select id from Contacts where Phone = '1",
            "select id from Contacts limit x",
            "select id from Contacts where Phone between '1'",
            "delete from Contacts",
        ] {
            assert!(read(odd).is_err(), "{odd}");
        }
    }
}
