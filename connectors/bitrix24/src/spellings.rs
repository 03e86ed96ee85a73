//! The spellings under which a portal may hold a number.
//!
//! `crm.duplicate.findbycomm` compares whole numbers after a normalisation that is not documented,
//! so every spelling that people use is asked for; it takes twenty.

use linecard_number::{Phone, Plan};

/// What is dialled before a country code.
const INTERNATIONAL: [&str; 3] = ["00", "011", "810"];

/// `+49301234567`, `49301234567`, `301234567`, `0301234567`, `0049301234567`, ..., and as people in
/// the country of `plan` dial it: `01149301234567`.
pub(crate) fn spellings(phone: &Phone, plan: &Plan) -> Vec<String> {
    let digits = phone.e164.digits();
    let mut all = vec![phone.e164.as_str().to_owned()];
    all.extend(phone.spellings());
    let prefixes = INTERNATIONAL.into_iter().take(match digits.as_bytes() {
        // `011` is dialled in North America, `810` in Russia.
        [b'1', ..] => 2,
        [b'7', ..] => 3,
        _ => 1,
    });
    all.extend(prefixes.map(|prefix| format!("{prefix}{digits}")));
    // `+49 (0)30 1234567`, without what is between the digits.
    if let (Some(trunk), Some(country)) =
        (&phone.trunk_prefix, digits.strip_suffix(&phone.national))
    {
        all.push(format!("{country}{trunk}{}", phone.national));
    }
    let dialled = plan.dialled(&phone.e164);
    if !all.contains(&dialled) {
        all.push(dialled);
    }
    all
}

#[cfg(test)]
mod tests {
    use linecard_number::{Plan, Reading};

    use super::*;

    fn of(country: &str, text: &str) -> Vec<String> {
        let plan = Plan::of(country.parse().unwrap());
        match plan.read(text) {
            Reading::Phone(phone) => spellings(&phone, &plan),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_spelling_that_people_use_is_asked_for() {
        assert_eq!(
            of("DE", "030 901820"),
            [
                "+4930901820",
                "4930901820",
                "30901820",
                "030901820",
                "004930901820",
                "49030901820"
            ]
        );
        let russian = of("RU", "+7 812 999-93-31");
        assert!(russian.contains(&"88129999331".to_owned()), "{russian:?}");
        let american = of("US", "(415) 555-0134");
        assert!(
            american.contains(&"01114155550134".to_owned()),
            "{american:?}"
        );
        let british = of("US", "+44 20 7946 0999");
        assert!(
            british.contains(&"011442079460999".to_owned()),
            "{british:?}"
        );
        assert!(russian.len() <= 20 && american.len() <= 20);
    }
}
