//! People by the beginning of their name (F14). Parts of numbers cannot be searched for: a
//! portal's filters compare phones as a whole.

use linecard_crm::{Failure, Module, Record};
use linecard_http::Purpose;
use serde_json::{Value, json};
use url::Url;

use crate::api::Api;
use crate::family::{Families, Family, Field, LAST_NAME, List, NAME, TITLE};
use crate::row::Row;

/// Records whose name begins like `text`, contacts first.
pub(crate) async fn search(
    api: &Api,
    families: &Families,
    modules: &[Module],
    portal: &Url,
    text: &str,
    limit: usize,
) -> Result<Vec<Record>, Failure> {
    let words = words(text);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let commands = |family: Family| {
        modules
            .iter()
            .map(|module| {
                let list = List::new(*module, Vec::new());
                family.page(&list, &filter(family, *module, &words))
            })
            .collect()
    };
    let (family, fates) = families.batch(api, Purpose::Call, commands).await?;
    let mut found = Vec::new();
    for (module, fate) in modules.iter().zip(fates) {
        let rows = family.rows(&fate?)?;
        for row in rows
            .iter()
            .filter_map(|fields| Row::read(*module, family, fields))
        {
            if !row.is_converted() && begins_like(&row.name(), &words) {
                let number = row.numbers().into_iter().next().map(|one| one.number);
                found.push(row.record(number.unwrap_or_default(), None, portal));
            }
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// The words of what somebody typed, without what a pattern or a batch would take for its own.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.replace(['%', '_', '$', '\\'], "").to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Names that begin with the first word. The older methods know no `OR`: there the last name
/// decides.
fn filter(family: Family, module: Module, words: &[String]) -> Value {
    let first = words.first().map_or("", String::as_str);
    let begins = |field: Field| json!({format!("=%{}", field.of(family)): format!("{first}%")});
    match (module, family) {
        (Module::Account, _) => begins(TITLE),
        (_, Family::Classic) => begins(LAST_NAME),
        (_, Family::Item) => {
            let mut parts = json!({"logic": "OR"});
            let fields: &[Field] = match module {
                Module::Lead => &[NAME, LAST_NAME, TITLE],
                Module::Contact | Module::Account => &[NAME, LAST_NAME],
            };
            for (place, field) in fields.iter().enumerate() {
                parts[place.to_string()] = begins(*field);
            }
            json!({"0": parts})
        }
    }
}

/// Whether every word begins one of the name's.
fn begins_like(name: &str, words: &[String]) -> bool {
    let name = name.to_lowercase();
    words
        .iter()
        .all(|word| name.split_whitespace().any(|part| words_match(part, word)))
}

fn words_match(part: &str, word: &str) -> bool {
    let bare: String = part
        .chars()
        .filter(|one| !matches!(one, '%' | '_' | '$' | '\\'))
        .collect();
    bare.starts_with(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_typed_begins_a_word_of_the_name() {
        assert!(begins_like("Grace Hopper", &words("hop")));
        assert!(begins_like("Grace Hopper", &words("Hopper gr")));
        assert!(!begins_like("Grace Hopper", &words("opper")));
        assert!(!begins_like("Grace Hopper", &words("grace murray")));
    }

    #[test]
    fn what_a_pattern_or_a_batch_would_take_for_its_own_is_left_out() {
        assert_eq!(words("% _ $result[a] O'Br_ien"), ["result[a]", "o'brien"]);
        assert!(words("%%").is_empty());
    }

    #[test]
    fn contacts_are_asked_for_by_either_name() {
        assert_eq!(
            filter(Family::Item, Module::Contact, &words("Gra Ho")),
            json!({"0": {"logic": "OR", "0": {"=%name": "gra%"}, "1": {"=%lastName": "gra%"}}})
        );
    }
}
