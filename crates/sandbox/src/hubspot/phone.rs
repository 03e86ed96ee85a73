//! The phone properties that HubSpot calculates.
//!
//! A number that can be read is kept without its country code in one property and with it in
//! another; of a number that cannot be read the digits are kept as they stand.

use std::collections::BTreeMap;

use rlibphonenumber::enums::Region;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

/// The typed property, and the ending of those that are calculated from it.
const SOURCES: [(&str, &str); 2] = [("phone", "phone_number"), ("mobilephone", "mobile_number")];

/// The names of all calculated properties.
pub(crate) const CALCULATED: [&str; 6] = [
    "hs_calculated_phone_number",
    "hs_calculated_mobile_number",
    "hs_searchable_calculated_phone_number",
    "hs_searchable_calculated_mobile_number",
    "hs_searchable_calculated_international_phone_number",
    "hs_searchable_calculated_international_mobile_number",
];

/// Brings the calculated properties into step with the typed ones.
pub(crate) fn calculate(properties: &mut BTreeMap<String, String>, country: &str, plus: bool) {
    let region = country.parse::<Region>().ok();
    for (source, ending) in SOURCES {
        let typed = properties.get(source).cloned().unwrap_or_default();
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let read = PHONE_NUMBER_UTIL
            .parse(&typed, region)
            .ok()
            .filter(|number| PHONE_NUMBER_UTIL.is_valid_number(number));
        let (national, international) = match &read {
            Some(number) => (
                rlibphonenumber::get_national_significant_number_owned(number),
                PHONE_NUMBER_UTIL
                    .format(number, PhoneNumberFormat::E164)
                    .into_owned(),
            ),
            None => (digits.clone(), digits),
        };
        let searched = if plus {
            international.clone()
        } else {
            international.trim_start_matches('+').to_owned()
        };
        for (name, value) in [
            (format!("hs_calculated_{ending}"), international),
            (format!("hs_searchable_calculated_{ending}"), national),
            (
                format!("hs_searchable_calculated_international_{ending}"),
                searched,
            ),
        ] {
            if value.is_empty() {
                properties.remove(&name);
            } else {
                properties.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calculated(phone: &str) -> BTreeMap<String, String> {
        let mut properties = BTreeMap::from([("phone".to_owned(), phone.to_owned())]);
        calculate(&mut properties, "US", true);
        properties
    }

    #[test]
    fn a_number_that_can_be_read_loses_its_country_code() {
        let properties = calculated("+49 (0)30 901820-12");
        assert_eq!(
            properties["hs_searchable_calculated_phone_number"],
            "3090182012"
        );
        assert_eq!(
            properties["hs_searchable_calculated_international_phone_number"],
            "+493090182012"
        );
    }

    #[test]
    fn a_number_that_cannot_be_read_keeps_its_digits() {
        let properties = calculated("+1 555-1234");
        assert_eq!(
            properties["hs_searchable_calculated_phone_number"],
            "15551234"
        );
    }

    #[test]
    fn without_a_number_nothing_is_calculated() {
        assert_eq!(calculated("").len(), 1);
    }
}
