//! A search's criteria: `((Last_Name:starts_with:To)and(Phone:in:1,2))`.
//!
//! A backslash before a bracket or a comma makes it part of the value.

use super::condition::{Condition, Test};

/// More than these are refused by name; more than ten are refused too.
pub(super) const TOO_MANY: usize = 15;
pub(super) const MOST: usize = 10;

/// Reads criteria.
pub(super) fn read(text: &str) -> Option<Condition> {
    let mut reader = Reader {
        rest: text.chars().collect(),
        at: 0,
    };
    let condition = reader.joined()?;
    (reader.at == reader.rest.len()).then_some(condition)
}

struct Reader {
    rest: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = wanted
            .chars()
            .enumerate()
            .all(|(offset, one)| self.rest.get(self.at + offset) == Some(&one));
        if found {
            self.at += wanted.chars().count();
        }
        found
    }

    fn joined(&mut self) -> Option<Condition> {
        let mut condition = self.bracketed()?;
        loop {
            if self.take("and") {
                condition = Condition::Both(Box::new(condition), Box::new(self.bracketed()?));
            } else if self.take("or") {
                condition = Condition::Either(Box::new(condition), Box::new(self.bracketed()?));
            } else {
                return Some(condition);
            }
        }
    }

    fn bracketed(&mut self) -> Option<Condition> {
        if !self.take("(") {
            return None;
        }
        let condition = if self.peek() == Some('(') {
            self.joined()?
        } else {
            self.field()?
        };
        self.take(")").then_some(condition)
    }

    fn field(&mut self) -> Option<Condition> {
        let name = self.until_colon()?;
        let operator = self.until_colon()?;
        let mut values = self.values();
        let one = |values: &mut Vec<String>| (values.len() == 1).then(|| values.remove(0));
        let test = match operator.as_str() {
            "in" => Test::OneOf(values),
            "between" if values.len() == 2 => {
                let to = values.remove(1);
                Test::Between(values.remove(0), to)
            }
            "equals" => Test::Equals(one(&mut values)?),
            "not_equal" => Test::Differs(one(&mut values)?),
            "starts_with" => Test::StartsWith(one(&mut values)?),
            "greater_than" => Test::More(one(&mut values)?, false),
            "greater_equal" => Test::More(one(&mut values)?, true),
            "less_than" => Test::Less(one(&mut values)?, false),
            "less_equal" => Test::Less(one(&mut values)?, true),
            _ => return None,
        };
        Some(Condition::Field { name, test })
    }

    fn until_colon(&mut self) -> Option<String> {
        let start = self.at;
        let length = self.rest.get(start..)?.iter().position(|one| *one == ':')?;
        self.at = start + length + 1;
        let text: String = self.rest.get(start..start + length)?.iter().collect();
        (!text.is_empty() && !text.contains(['(', ')'])).then_some(text)
    }

    /// Up to the bracket that closes the condition, parted at commas.
    fn values(&mut self) -> Vec<String> {
        let mut values = vec![String::new()];
        while let Some(one) = self.peek() {
            let escaped = if one == '\\' {
                self.rest.get(self.at + 1).copied()
            } else {
                None
            };
            let last = values.len() - 1;
            match (one, escaped) {
                (_, Some(literal)) => {
                    values[last].push(literal);
                    self.at += 1;
                }
                (')', None) => break,
                (',', None) => values.push(String::new()),
                (other, None) => values[last].push(other),
            }
            self.at += 1;
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(text: &str) -> Option<Test> {
        match read(text)? {
            Condition::Field { test, .. } => Some(test),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn brackets_and_commas_are_values_after_a_backslash() {
        assert_eq!(
            test("(Phone:in:\\(415\\) 555-0134,1\\,2)"),
            Some(Test::OneOf(vec![
                "(415) 555-0134".to_owned(),
                "1,2".to_owned()
            ]))
        );
        assert_eq!(
            test("(Last_Name:starts_with:a:b)"),
            Some(Test::StartsWith("a:b".to_owned()))
        );
    }

    #[test]
    fn conditions_are_joined() {
        let read = read("((A:equals:1)or((B:equals:2)and(C:equals:3)))").unwrap();
        assert_eq!(read.count(), 3);
        assert_eq!(read.fields(), ["A", "B", "C"]);
    }

    #[test]
    fn what_is_no_criteria_is_refused() {
        for odd in [
            "",
            "A:equals:1",
            "(A:equals:1",
            "(A:is:1)",
            "(A:equals:1)(B:equals:2)",
            "(A:equals:x)or(B",
            "(Last_Name:equals:a,b)",
            "((A:equals:1)or(B:equals:2)",
            "(A:equals:1))",
        ] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
