//! The bodies of searches. All five fields are always sent: the vendor's description asks for
//! them, though its service does without.

use linecard_number::Phone;
use serde_json::{Value, json};

use crate::record::{COMPANY, CONTACT};

/// The most candidates asked for. More people than that do not share a number.
const MOST: usize = 20;

/// The greatest number of filters that one group takes.
const MOST_FILTERS: usize = 6;

/// The properties that HubSpot calculates from the typed numbers: without the country code...
const NATIONAL: [&str; 2] = [
    "hs_searchable_calculated_phone_number",
    "hs_searchable_calculated_mobile_number",
];
/// ...and with it.
const INTERNATIONAL: [&str; 2] = [
    "hs_searchable_calculated_international_phone_number",
    "hs_searchable_calculated_international_mobile_number",
];

/// A body with these groups of filters, which are OR-ed; the filters of one are AND-ed.
pub(crate) fn body(groups: &[Value], properties: &[&str], sorts: &[Value], limit: usize) -> Value {
    json!({
        "filterGroups": groups,
        "properties": properties,
        "sorts": sorts,
        "limit": limit,
        "after": "0",
    })
}

/// A group of filters.
pub(crate) fn all(filters: &[Value]) -> Value {
    json!({"filters": filters})
}

/// One filter.
pub(crate) fn filter(property: &str, operator: &str, value: &str) -> Value {
    json!({"propertyName": property, "operator": operator, "value": value})
}

fn one_of(property: &str, values: &[String]) -> Value {
    json!({"propertyName": property, "operator": "IN", "values": values})
}

/// Contacts that may have the number. `calculated` says whether the account has the calculated
/// properties.
pub(crate) fn contacts(phone: &Phone, calculated: bool) -> Value {
    let groups = if calculated {
        let [phone_number, mobile_number] = NATIONAL.map(|name| one_of(name, &spellings(phone)));
        let [international, _] = INTERNATIONAL.map(|name| one_of(name, &whole(phone)));
        vec![
            all(&[phone_number]),
            all(&[mobile_number]),
            all(&[international]),
            all(&[ending("phone", phone)]),
            all(&[ending("hs_whatsapp_phone_number", phone)]),
        ]
    } else {
        let typed = ["phone", "mobilephone"];
        let mut groups: Vec<Value> = typed.map(|name| all(&[ending(name, phone)])).to_vec();
        groups.extend(typed.iter().filter_map(|name| pieces(name, phone)));
        groups.push(all(&[ending("hs_whatsapp_phone_number", phone)]));
        groups
    };
    body(&groups, &CONTACT, &[], MOST)
}

/// Companies that may have it.
pub(crate) fn companies(phone: &Phone, calculated: bool) -> Value {
    let mut groups = vec![all(&[ending("phone", phone)])];
    groups.extend(pieces("phone", phone));
    if calculated {
        let [number, _] = NATIONAL;
        groups.push(all(&[one_of(number, &spellings(phone))]));
    }
    body(&groups, &COMPANY, &[], MOST)
}

/// What [`contacts`] and [`companies`] ask for.
pub(crate) fn asked(phone: &Phone) -> Vec<String> {
    let mut all = vec![phone.e164.to_string()];
    all.extend(spellings(phone));
    all.push(ending_of(phone));
    all
}

/// The digits as a number that HubSpot could not parse keeps them, and without country code as
/// one that it could.
fn spellings(phone: &Phone) -> Vec<String> {
    let mut all = phone.spellings();
    all.push(format!("00{}", phone.e164.digits()));
    all
}

/// With the country code. Nobody knows for certain whether with a plus.
fn whole(phone: &Phone) -> Vec<String> {
    vec![phone.e164.to_string(), phone.e164.digits().to_owned()]
}

/// A word that ends like the number: as it was typed without gaps.
fn ending(property: &str, phone: &Phone) -> Value {
    filter(property, "CONTAINS_TOKEN", &ending_of(phone))
}

fn ending_of(phone: &Phone) -> String {
    format!("*{}", phone.national)
}

/// The words of the number as people write it with gaps; nothing for one without.
fn pieces(property: &str, phone: &Phone) -> Option<Value> {
    let written = phone.international();
    let shown = written.split_once(' ').map_or("", |(_, national)| national);
    let pieces: Vec<&str> = shown
        .split(|character: char| !character.is_ascii_digit())
        .filter(|piece| !piece.is_empty())
        .collect();
    if !(2..=MOST_FILTERS).contains(&pieces.len()) {
        return None;
    }
    let filters: Vec<Value> = pieces
        .iter()
        .enumerate()
        .map(|(place, piece)| {
            // The first may have a trunk prefix in front: 030 for 30.
            let star = if place == 0 { "*" } else { "" };
            filter(property, "CONTAINS_TOKEN", &format!("{star}{piece}"))
        })
        .collect();
    Some(all(&filters))
}

/// Records by the words of `text`, for somebody who types; by a part of a number where it is one.
pub(crate) fn typed(text: &str, properties: &[&str], calculated: bool, limit: usize) -> Value {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_number = digits.len() >= 3
        && text
            .chars()
            .all(|sign| sign.is_ascii_digit() || " +-()./".contains(sign));
    if !is_number {
        let mut body = body(&[], properties, &[], limit);
        body["query"] = text.into();
        return body;
    }
    let searched: &[&str] = if calculated {
        &[NATIONAL[0], NATIONAL[1], INTERNATIONAL[0], INTERNATIONAL[1]]
    } else {
        &["phone"]
    };
    let part = format!("*{}*", digits.trim_start_matches('0'));
    let groups: Vec<Value> = searched
        .iter()
        .map(|name| all(&[filter(name, "CONTAINS_TOKEN", &part)]))
        .collect();
    body(&groups, properties, &[], limit)
}

#[cfg(test)]
mod tests {
    use linecard_number::{Plan, Reading};

    use super::*;

    fn phone(country: &str, text: &str) -> Phone {
        let plan = Plan::of(country.parse().unwrap());
        match plan.read(text) {
            Reading::Phone(phone) => phone,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_country_code_is_left_out_of_what_holds_none() {
        let body = contacts(&phone("DE", "+4930123456"), true);
        let values = &body["filterGroups"][0]["filters"][0]["values"];
        assert_eq!(
            values,
            &json!(["4930123456", "30123456", "030123456", "004930123456"])
        );
        let values = &body["filterGroups"][2]["filters"][0]["values"];
        assert_eq!(values, &json!(["+4930123456", "4930123456"]));
    }

    #[test]
    fn a_search_keeps_within_five_groups_of_six_filters_and_has_all_fields() {
        let numbers = [
            ("DE", "+4930123456"),
            ("US", "+14155550134"),
            ("FR", "+33199001234"),
        ];
        for (country, number) in numbers {
            let phone = phone(country, number);
            for calculated in [true, false] {
                for body in [contacts(&phone, calculated), companies(&phone, calculated)] {
                    let groups = body["filterGroups"].as_array().unwrap();
                    assert!((1..=5).contains(&groups.len()), "{groups:?}");
                    let sizes = groups
                        .iter()
                        .map(|group| group["filters"].as_array().unwrap().len());
                    assert!(sizes.clone().all(|size| (1..=6).contains(&size)));
                    assert!(sizes.sum::<usize>() <= 18);
                    for field in ["properties", "sorts", "limit", "after"] {
                        assert!(body.get(field).is_some(), "{field}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_number_typed_with_gaps_is_searched_by_its_pieces() {
        let group = pieces("phone", &phone("US", "+14155550134")).unwrap();
        let values: Vec<&str> = group["filters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|filter| filter["value"].as_str().unwrap())
            .collect();
        assert_eq!(values, ["*415", "555", "0134"]);
    }

    #[test]
    fn f14_digits_are_searched_as_a_number_and_names_as_words() {
        let number = typed("(415) 555", &CONTACT, true, 10);
        assert_eq!(number["filterGroups"][0]["filters"][0]["value"], "*415555*");
        let name = typed("Hopp", &CONTACT, true, 10);
        assert_eq!(
            (&name["query"], &name["filterGroups"]),
            (&json!("Hopp"), &json!([]))
        );
    }
}
