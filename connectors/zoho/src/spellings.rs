//! How people spell a number.
//!
//! Zoho keeps a number as it was typed, and whether its search sees through brackets and dashes
//! is not documented. So a number is asked for in the spellings that occur: the groups are those
//! in which people of its country write it.

use linecard_number::Phone;

/// What stands between groups.
const BETWEEN: [&str; 4] = [" ", "-", ".", ""];

/// The spellings of a number that occur most, each once.
pub(crate) fn spellings(phone: &Phone) -> Vec<String> {
    let e164 = phone.e164.digits();
    let trunk = phone.trunk_prefix.as_deref().unwrap_or_default();
    let (country, groups) = groups(phone);
    let mut all = vec![
        phone.e164.to_string(),
        e164.to_owned(),
        phone.national.clone(),
        format!("{trunk}{}", phone.national),
        format!("00{e164}"),
        phone.international(),
    ];
    for between in BETWEEN {
        let written = groups.join(between);
        all.push(format!("{trunk}{written}"));
        all.push(format!("+{country}{between}{written}"));
        all.push(format!("{country}{between}{written}"));
        all.push(format!("00{country}{between}{written}"));
    }
    if let Some((area, rest)) = groups.split_first().filter(|(_, rest)| !rest.is_empty()) {
        for between in [" ", "-"] {
            let rest = rest.join(between);
            all.push(format!("({trunk}{area}) {rest}"));
            all.push(format!("({trunk}{area}){rest}"));
            all.push(format!("+{country} ({area}) {rest}"));
            if !trunk.is_empty() {
                all.push(format!("+{country} ({trunk}){area} {rest}"));
            }
        }
        if !trunk.is_empty() {
            all.push(format!("{trunk}{area}/{}", rest.concat()));
        }
    }
    let mut kept: Vec<String> = Vec::with_capacity(all.len());
    for spelling in all {
        if !kept.contains(&spelling) {
            kept.push(spelling);
        }
    }
    kept
}

/// How the end of a number is spelled: its last four digits, undivided and divided where people
/// of its country divide them. At most `most`.
pub(crate) fn endings(phone: &Phone, most: usize) -> Vec<String> {
    let digits = phone.e164.digits();
    let last = digits
        .get(digits.len().saturating_sub(4)..)
        .unwrap_or(digits);
    let divided = |at: usize, between: &str| match last.split_at_checked(at) {
        Some((front, back)) => format!("{front}{between}{back}"),
        None => last.to_owned(),
    };
    let (_, groups) = groups(phone);
    let last_group = groups.last().map_or(4, String::len);
    let mut endings = vec![last.to_owned()];
    endings.extend(match last_group {
        2 => [" ", "-", "."].map(|between| divided(2, between)).to_vec(),
        3 => [" ", "-", "."].map(|between| divided(1, between)).to_vec(),
        _ => vec![
            divided(2, " "),
            divided(2, "-"),
            divided(1, " "),
            divided(2, "."),
        ],
    });
    endings.truncate(most.max(1));
    endings
}

/// The country code, and the groups of digits in which the rest is written.
fn groups(phone: &Phone) -> (String, Vec<String>) {
    let written = phone.international();
    let mut groups = written
        .split(|character: char| !character.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .map(str::to_owned);
    let country = groups.next().unwrap_or_default();
    (country, groups.collect())
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
    fn the_spellings_that_people_use_are_among_them() {
        let all = spellings(&phone("US", "4155550134"));
        for spelling in [
            "+14155550134",
            "14155550134",
            "4155550134",
            "(415) 555-0134",
            "415-555-0134",
            "415.555.0134",
            "415 555 0134",
            "1-415-555-0134",
            "+1 415 555 0134",
            "+1 (415) 555-0134",
        ] {
            assert!(all.iter().any(|one| one == spelling), "{spelling}: {all:?}");
        }
        let all = spellings(&phone("GB", "020 7946 0123"));
        for spelling in [
            "+442079460123",
            "02079460123",
            "020 7946 0123",
            "(020) 7946 0123",
            "+44 (0)20 7946 0123",
            "0044 20 7946 0123",
        ] {
            assert!(all.iter().any(|one| one == spelling), "{spelling}: {all:?}");
        }
    }

    #[test]
    fn no_spelling_comes_twice() {
        let mut all = spellings(&phone("US", "4155550134"));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(count <= 40, "{count}");
    }

    #[test]
    fn an_ending_is_divided_as_the_country_divides_it() {
        assert_eq!(
            endings(&phone("FR", "01 99 00 12 34"), 5),
            ["1234", "12 34", "12-34", "12.34"]
        );
        assert_eq!(
            endings(&phone("US", "4155550134"), 5),
            ["0134", "01 34", "01-34", "0 134", "01.34"]
        );
        assert_eq!(endings(&phone("US", "4155550134"), 1), ["0134"]);
    }
}
