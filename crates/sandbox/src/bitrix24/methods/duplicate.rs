//! `crm.duplicate.findbycomm`: who has this phone or address. It compares whole values.

use serde_json::{Map, Value, json};

use super::{Context, Reply};
use crate::bitrix24::asked::Param;
use crate::bitrix24::errors::ApiError;
use crate::bitrix24::options::PhoneNormaliser;
use crate::bitrix24::records::{Kind, plus};

/// The most ids given of one kind, and the most values asked for.
const MOST: usize = 20;

pub(super) fn find(context: &Context<'_>, params: &Param) -> Result<Reply, ApiError> {
    let type_id = params
        .named("type")
        .and_then(Param::text)
        .map(|text| text.to_ascii_uppercase())
        .filter(|text| text == "PHONE" || text == "EMAIL")
        .ok_or_else(|| ApiError::plain("Communication type is not defined."))?;
    let values: Vec<String> = params
        .named("values")
        .map(|values| {
            values
                .values()
                .into_iter()
                .filter_map(Param::text)
                .collect()
        })
        .unwrap_or_default();
    if values.is_empty() {
        return Err(ApiError::plain("Communication values is not defined."));
    }
    let only = params
        .named("entity_type")
        .and_then(Param::text)
        .and_then(|text| Kind::named(&text.to_ascii_lowercase()))
        .filter(|kind| *kind != Kind::Deal);
    let normaliser = context.stand_in.switches().phone_normaliser;
    let comparable = |value: &str| match type_id.as_str() {
        "PHONE" => phone(value, normaliser),
        _ => value.to_lowercase(),
    };
    let wanted: Vec<String> = values
        .iter()
        .take(MOST)
        .map(|value| comparable(value))
        .filter(|value| !value.is_empty())
        .collect();

    let mut found = Map::new();
    for kind in [Kind::Lead, Kind::Contact, Kind::Company] {
        if only.is_some_and(|only| only != kind) {
            continue;
        }
        let ids: Vec<u64> = context
            .portal
            .entities(kind, 0)
            .filter(|entity| entity.indexed <= context.now)
            .filter(|entity| {
                entity
                    .of_type(&type_id)
                    .any(|one| wanted.contains(&comparable(&one.value)))
            })
            .map(|entity| entity.id)
            .take(MOST)
            .collect();
        let is_full = ids.len() == MOST;
        if !ids.is_empty() {
            found.insert(kind.name().to_ascii_uppercase(), json!(ids));
        }
        // One kind that is full leaves out the later ones.
        if is_full {
            break;
        }
    }
    // An empty map is a list in PHP.
    let result = if found.is_empty() {
        json!([])
    } else {
        Value::Object(found)
    };
    Ok(result.into())
}

/// A phone as it is compared; an extension does not count.
pub(super) fn phone(value: &str, normaliser: PhoneNormaliser) -> String {
    let value = plus(value.to_owned());
    let number = value.split(['#', ';', ',']).next().unwrap_or_default();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match normaliser {
        PhoneNormaliser::None => number.to_owned(),
        PhoneNormaliser::DigitsOnly => digits,
        PhoneNormaliser::DefaultCountry => {
            if let Some(international) = digits.strip_prefix("00") {
                international.to_owned()
            } else if let Some(national) = digits.strip_prefix('0') {
                format!("49{national}")
            } else {
                digits
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_does_not_count_and_the_country_only_where_it_is_known() {
        let digits = PhoneNormaliser::DigitsOnly;
        assert_eq!(phone("+78129999331#404812", digits), "78129999331");
        assert_eq!(phone(" 15550000001", PhoneNormaliser::None), "+15550000001");
        assert_ne!(phone("030 901820", digits), phone("+49 30 901820", digits));
        let country = PhoneNormaliser::DefaultCountry;
        assert_eq!(
            phone("030 901820", country),
            phone("+49 30 901820", country)
        );
    }
}
