//! Where a number comes from.

use rlibphonenumber::PHONE_NUMBER_UTIL;

use crate::{Country, Phone};

impl Phone {
    /// The country whose number it is; `None`: its plan does not know the number, or it belongs to
    /// no country (`+800`).
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        let number = PHONE_NUMBER_UTIL.parse(self.e164.as_str(), None).ok()?;
        let country = PHONE_NUMBER_UTIL
            .get_region_for_number(&number)
            .map(Country)?;
        // The library's "001" stands for numbers of the whole world.
        (country.to_string() != "001").then_some(country)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Plan, Reading};

    #[test]
    fn countries_that_share_a_calling_code_are_told_apart() {
        let plan = Plan::of("US".parse().unwrap());
        for (text, country) in [
            ("+1 212 736 5000", Some("US")),
            ("+1 416 736 5000", Some("CA")),
            ("+7 701 234 5678", Some("KZ")),
            ("+800 1234 5678", None),
        ] {
            let Reading::Phone(phone) = plan.read(text) else {
                panic!("{text}");
            };
            let told = phone.country().map(|country| country.to_string());
            assert_eq!(told.as_deref(), country, "{text}");
        }
    }
}
