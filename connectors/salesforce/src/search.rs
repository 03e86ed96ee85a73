//! The SOSL searches: for a number, and for the beginning of a number or a name.

use linecard_crm::Module;
use linecard_number::Phone;

use crate::describe::Layouts;
use crate::escape;
use crate::row::Row;

/// The most records asked for of each object.
const MOST: usize = 20;

/// The longest text that is searched for, in characters: longer ones find no more.
const LONGEST_TEXT: usize = 80;

/// The most words of a text that are searched for.
const MOST_WORDS: usize = 5;

/// A term of one character is refused.
const SHORTEST_WORD: usize = 2;

/// From so many digits on a text may be a number.
const SHORTEST_NUMBER: usize = 3;

/// The search for `phone`, or nothing if the user may see none of the objects.
pub(crate) fn number(layouts: &Layouts, phone: &Phone) -> Option<String> {
    let terms: Vec<String> = phone
        .spellings()
        .iter()
        .map(|spelling| escape::sosl(spelling))
        .collect();
    find(layouts, &terms.join(" OR "), "PHONE", MOST)
}

/// The search for what begins like `text`, at most `limit` of each object; nothing if there is
/// nothing to search for.
pub(crate) fn beginning(layouts: &Layouts, text: &str, limit: usize) -> Option<String> {
    let text: String = text.chars().take(LONGEST_TEXT).collect();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_number = !text.chars().any(char::is_alphabetic);
    if is_number && digits.len() >= SHORTEST_NUMBER {
        let national = digits.trim_start_matches('0');
        let mut terms = vec![format!("{digits}*")];
        // Somebody typed the trunk prefix that the CRM's number does not have.
        if national.len() < digits.len() && national.len() >= SHORTEST_NUMBER {
            terms.push(format!("{national}*"));
        }
        return find(layouts, &terms.join(" OR "), "PHONE", limit);
    }
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST_WORD)
        .take(MOST_WORDS)
        // The asterisk also keeps a word such as OR from being an operator.
        .map(|word| format!("{}*", escape::sosl(word)))
        .collect();
    if words.is_empty() {
        return None;
    }
    find(layouts, &words.join(" AND "), "NAME", limit)
}

fn find(layouts: &Layouts, terms: &str, group: &str, limit: usize) -> Option<String> {
    let objects: Vec<String> = [Module::Contact, Module::Lead, Module::Account]
        .into_iter()
        .filter_map(|module| {
            let fields = Row::fields(module, layouts)?.join(",");
            let condition = condition(module, layouts);
            let condition = condition.map(|condition| format!(" WHERE {condition}"));
            let object = crate::links::object(module);
            Some(format!(
                "{object}({fields}{} LIMIT {limit})",
                condition.unwrap_or_default()
            ))
        })
        .collect();
    (!objects.is_empty()).then(|| {
        format!(
            "FIND {{{terms}}} IN {group} FIELDS RETURNING {}",
            objects.join(", ")
        )
    })
}

/// Which records of a module count. A converted lead is the contact that it became.
pub(crate) fn condition(module: Module, layouts: &Layouts) -> Option<&'static str> {
    let layout = layouts.of(module)?;
    (module == Module::Lead && layout.has("IsConverted")).then_some("IsConverted=false")
}

#[cfg(test)]
mod tests {
    use linecard_number::{Plan, Reading};

    use super::*;
    use crate::describe::Layout;

    fn phone(country: &str, text: &str) -> Phone {
        let plan = Plan::of(country.parse().unwrap());
        match plan.read(text) {
            Reading::Phone(phone) => phone,
            other => panic!("{other:?}"),
        }
    }

    fn contacts() -> Layouts {
        Layouts {
            contact: Some(Layout::of(&["Id", "Name", "AccountId"], &["Phone"])),
            ..Layouts::default()
        }
    }

    #[test]
    fn every_spelling_is_searched_for_in_every_object() {
        let layouts = Layouts {
            contact: Some(Layout::of(
                &["Id", "Name", "AccountId"],
                &["Phone", "MobilePhone"],
            )),
            lead: Some(Layout::of(&["Id", "Name", "IsConverted"], &["Phone"])),
            account: Some(Layout::of(&["Id", "Name", "IsPersonAccount"], &["Phone"])),
        };
        assert_eq!(
            number(&layouts, &phone("GB", "020 7946 0123")).as_deref(),
            Some(
                "FIND {442079460123 OR 2079460123 OR 02079460123} IN PHONE FIELDS RETURNING \
                 Contact(Id,Name,AccountId,Phone,MobilePhone,Account.Name LIMIT 20), \
                 Lead(Id,Name,Phone WHERE IsConverted=false LIMIT 20), \
                 Account(Id,Name,IsPersonAccount,Phone LIMIT 20)"
            )
        );
    }

    #[test]
    fn an_object_that_the_user_may_not_see_is_left_out() {
        let mut layouts = contacts();
        assert_eq!(
            number(&layouts, &phone("US", "415 555 0134")).as_deref(),
            Some(
                "FIND {14155550134 OR 4155550134} IN PHONE FIELDS RETURNING \
                 Contact(Id,Name,AccountId,Phone LIMIT 20)"
            )
        );
        layouts.contact = None;
        assert_eq!(number(&layouts, &phone("US", "415 555 0134")), None);
    }

    #[test]
    fn f14_a_name_and_a_number_are_searched_for_by_their_beginning() {
        let terms = |text: &str| {
            let search = beginning(&contacts(), text, 5)?;
            let (terms, _) = search.split_once(" RETURNING").unwrap();
            Some(terms.to_owned())
        };
        for (text, expected) in [
            ("Grace Hop", "FIND {Grace* AND Hop*} IN NAME FIELDS"),
            ("O'Brien or", "FIND {Brien* AND or*} IN NAME FIELDS"),
            ("王小", "FIND {王小*} IN NAME FIELDS"),
            ("(415) 55", "FIND {41555*} IN PHONE FIELDS"),
            ("0171 2", "FIND {01712* OR 1712*} IN PHONE FIELDS"),
        ] {
            assert_eq!(terms(text).as_deref(), Some(expected), "{text}");
        }
        for nothing in ["", " ", "a", "12", "*", "} RETURNING", "{}\\\"'"] {
            let found = terms(nothing);
            let syntax = found.is_some_and(|terms| terms.contains(['\\', '"', '\'']));
            assert!(!syntax, "{nothing}");
        }
        assert_eq!(terms("a *"), None);
    }
}
