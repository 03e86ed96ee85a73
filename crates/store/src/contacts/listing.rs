//! The contacts of a phonebook, page by page, all or those that are searched for.

use linecard_number::E164;

use super::folding::folded;
use super::{Contact, Contacts};
use crate::database::{Row, values};
use crate::{ContactId, PhonebookId, StoreError};

/// How many words of a text are searched for; the others are passed over.
const MOST_WORDS: usize = 4;
/// A text without letters of at least so many digits is a part of a number.
const FEWEST_DIGITS: usize = 3;

/// What contacts are searched by: words of name and company in any order, or a part of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactSearch {
    words: [String; MOST_WORDS],
    /// The first word may be this instead.
    instead: String,
}

impl ContactSearch {
    /// Reads what was typed. `number` is what the whole text means as a number, where it is one:
    /// a number is found in its international form though it was typed with a trunk prefix.
    #[must_use]
    pub fn new(text: &str, number: Option<&E164>) -> Self {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let is_number = digits.len() >= FEWEST_DIGITS && !text.chars().any(char::is_alphabetic);
        let words = if is_number {
            vec![digits]
        } else {
            folded(text).split(' ').map(str::to_owned).collect()
        };
        let mut patterns = words.iter().map(|word| containing(word));
        let words = std::array::from_fn(|_| patterns.next().unwrap_or_else(|| containing("")));
        let instead = number.filter(|_| is_number);
        let instead = instead.map(|number| containing(number.digits()));
        Self {
            instead: instead.unwrap_or_else(|| words[0].clone()),
            words,
        }
    }
}

/// The pattern of LIKE, with `\` before what stands for itself.
pub(crate) fn containing(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for sign in text.chars() {
        if matches!(sign, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(sign);
    }
    if !text.is_empty() {
        pattern.push('%');
    }
    pattern
}

impl Contacts<'_> {
    /// At most `limit` contacts of a phonebook, by name; those after the one with this name and id
    /// where `after` is given.
    pub async fn page(
        &mut self,
        phonebook: PhonebookId,
        after: Option<(&str, ContactId)>,
        limit: usize,
    ) -> Result<Vec<Contact>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let (name, id) = place(after);
        let rows = self
            .unit
            .rows(
                "SELECT contact FROM name_keys \
                 WHERE phonebook = $1 AND (folded_name, contact) > ($2, $3) \
                 ORDER BY folded_name, contact LIMIT $4",
                values![phonebook, name, id, limit],
            )
            .await?;
        self.of_keys(&rows).await
    }

    /// As [`Contacts::page`], of those that are searched for. A search that finds few reads the
    /// phonebook's part of the keys to its end, but nothing beside it.
    pub async fn find(
        &mut self,
        phonebook: PhonebookId,
        search: &ContactSearch,
        after: Option<(&str, ContactId)>,
        limit: usize,
    ) -> Result<Vec<Contact>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let (name, id) = place(after);
        let [first, second, third, fourth] = &search.words;
        let rows = self
            .unit
            .rows(
                "SELECT contact FROM name_keys \
                 WHERE phonebook = $1 AND (folded_name, contact) > ($2, $3) AND (searched LIKE $4 ESCAPE '\\' OR searched LIKE $5 ESCAPE '\\') \
                 AND searched LIKE $6 ESCAPE '\\' AND searched LIKE $7 ESCAPE '\\' \
                 AND searched LIKE $8 ESCAPE '\\' ORDER BY folded_name, contact LIMIT $9",
                values![
                    phonebook,
                    name,
                    id,
                    first,
                    &search.instead,
                    second,
                    third,
                    fourth,
                    limit,
                ],
            )
            .await?;
        self.of_keys(&rows).await
    }

    /// The contacts that keys name, by name.
    pub(super) async fn of_keys(&mut self, keys: &[Row]) -> Result<Vec<Contact>, StoreError> {
        let ids: Result<Vec<_>, _> = keys.iter().map(|row| row.parse("contact")).collect();
        self.several(&ids?).await
    }
}

fn place(after: Option<(&str, ContactId)>) -> (String, String) {
    after.map_or_else(Default::default, |(name, id)| {
        (folded(name), id.to_string())
    })
}
