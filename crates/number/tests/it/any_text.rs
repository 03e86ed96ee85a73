//! No text makes the reading panic, and what comes out keeps its promises.

use linecard_number::{
    Country, Digits, Habits, Masked, PlainNumber, Plan, Reading, SHORTEST_NATIONAL, Trunk,
    TrunkName, hide_numbers,
};
use proptest::prelude::*;

/// Any text, and texts made of what numbers are made of.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[+＋0-9０-９٠-٩ ()./x#;*,-]{0,40}",
        "(\\+|00|011|9|0)?[0-9]{1,20}( ?(x|ext\\.|;ext=|доб\\.|转)[0-9]{0,8})?",
        "(sip|tel|callto):[+0-9a-z@.;=-]{0,60}",
    ]
}

fn habits() -> impl Strategy<Value = Habits> {
    let digits = || proptest::option::of("[0-9]{1,6}");
    let plain = prop_oneof![
        Just(PlainNumber::AsDialled),
        Just(PlainNumber::National),
        Just(PlainNumber::International),
    ];
    (digits(), digits(), digits(), digits(), plain).prop_map(
        |(area_code, outside_prefix, strip, add, plain)| {
            let digits = |text: Option<String>| text.map(|it| Digits::try_from(it).unwrap());
            Habits {
                area_code: digits(area_code),
                outside_prefix: digits(outside_prefix),
                short_codes: Vec::new(),
                trunks: vec![Trunk {
                    name: TrunkName::try_from("t".to_owned()).unwrap(),
                    country: None,
                    plain,
                    strip: digits(strip),
                    add: digits(add),
                }],
            }
        },
    )
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_reads_the_same_again(
        text in text(),
        habits in habits(),
        country in proptest::sample::select(&["US", "DE", "CN", "IT", "AR", "RU", "JP"][..]),
        over_trunk: bool,
    ) {
        let country: Country = country.parse().unwrap();
        let plan = Plan { habits, ..Plan::of(country) };
        if let Reading::Phone(phone) = plan.read_from(&text, over_trunk.then_some("t")) {
            prop_assert!(phone.national.bytes().all(|byte| byte.is_ascii_digit()));
            prop_assert!(phone.e164.digits().ends_with(&phone.national));
            let known = plan.explain(phone.e164.as_str(), None).known;
            prop_assert!(known || phone.national.len() >= SHORTEST_NATIONAL);
            prop_assert!(plan.is_number_of(phone.e164.as_str(), &phone));
            let _ = (phone.rfc3966(), phone.international(), plan.dialled(&phone.e164));
        }
    }

    #[test]
    fn f17_no_text_keeps_five_digits_in_a_row(text in text()) {
        let longest = |text: &str| {
            text.split(|sign: char| !sign.is_numeric())
                .map(|run| run.chars().count())
                .max()
                .unwrap_or(0)
        };
        prop_assert!(longest(&hide_numbers(&text)) < 5);
        prop_assert!(longest(Masked::of(&text).as_str()) <= 2);
    }
}
