//! How numbers are read.

use super::*;
use crate::habits::{Trunk, TrunkName};

fn plan(country: &str) -> Plan {
    Plan::with_extensions(
        country.parse().unwrap(),
        vec![ExtensionRange {
            from: "100".parse().unwrap(),
            to: "299".parse().unwrap(),
        }],
    )
}

fn with(country: &str, habits: Habits) -> Plan {
    Plan {
        habits,
        ..plan(country)
    }
}

fn digits(text: &str) -> Digits {
    text.parse().unwrap()
}

fn e164(plan: &Plan, text: &str) -> Option<String> {
    from(plan, text, None)
}

fn from(plan: &Plan, text: &str, trunk: Option<&str>) -> Option<String> {
    match plan.read_from(text, trunk) {
        Reading::Phone(phone) => Some(phone.e164.to_string()),
        _ => None,
    }
}

#[test]
fn one_number_reads_the_same_however_it_is_written() {
    for text in [
        "+14155550134",
        "4155550134",
        "(415) 555-0134",
        "1 415 555 0134",
        "+1 (415) 555-0134",
        "001 415 555 0134",
        "tel:+1-415-555-0134",
        "sip:+14155550134@trunk.example",
        "\u{202a}+1 415 555 0134\u{202c}",
        "＋１４１５５５５０１３４",
        "４１５-５５５-０１３４",
        "415.555.0134",
        "4155550134 x12",
    ] {
        let read = e164(&plan("US"), text);
        assert_eq!(read.as_deref(), Some("+14155550134"), "{text}");
    }
}

#[test]
fn zeros_alone_are_nobodys_number() {
    for country in ["DE", "US", "IT", "CN"] {
        for text in ["00000000", "0000000000", "000000000000"] {
            let read = plan(country).read(text);
            assert_eq!(read, Reading::Unreadable, "{country} {text}");
        }
    }
}

#[test]
fn a_trunk_that_drops_the_plus_is_understood() {
    for (country, text) in [
        ("US", "31612345678"),
        ("US", "0031612345678"),
        ("NL", "0031612345678"),
        ("NL", "0612345678"),
        ("NL", "612345678"),
        ("RU", "81031612345678"),
    ] {
        let read = e164(&plan(country), text);
        assert_eq!(read.as_deref(), Some("+31612345678"), "{text} in {country}");
    }
}

#[test]
fn an_extension_is_not_a_phone_number() {
    assert_eq!(
        plan("US").read("101"),
        Reading::Extension("101".parse().unwrap())
    );
}

#[test]
fn a_short_code_is_a_reading_of_its_own() {
    for (country, code) in [
        ("DE", "112"),
        ("US", "911"),
        ("CN", "10086"),
        ("CN", "95588"),
        ("US", "999"),
    ] {
        let plan = Plan::of(country.parse().unwrap());
        assert_eq!(plan.read(code), Reading::ShortCode(digits(code)));
    }
    let listed = with(
        "CN",
        Habits {
            short_codes: vec![digits("4008123123")],
            ..Habits::default()
        },
    );
    assert!(matches!(listed.read("4008123123"), Reading::ShortCode(_)));
    assert!(matches!(plan("CN").read("4008123123"), Reading::Phone(_)));
}

#[test]
fn a_local_number_is_read_with_the_companys_area_code_and_never_guessed_at() {
    let area = |country, code| {
        with(
            country,
            Habits {
                area_code: Some(digits(code)),
                ..Habits::default()
            },
        )
    };
    for (plan, text, number) in [
        (area("CN", "592"), "5503301", "+865925503301"),
        (area("CN", "0592"), "550-3301", "+865925503301"),
        (area("DE", "30"), "5234567", "+49305234567"),
        (area("DE", "030"), "5234567", "+49305234567"),
        (area("US", "415"), "555-0134", "+14155550134"),
        // A number of another area is written with its area code.
        (area("DE", "30"), "040 5234567", "+49405234567"),
        (area("US", "415"), "212 555 0134", "+12125550134"),
    ] {
        assert_eq!(e164(&plan, text).as_deref(), Some(number), "{text}");
    }
    // Without an area code it stays by itself: equal to the same seven digits, and nothing else.
    assert_eq!(e164(&plan("US"), "5550134").as_deref(), Some("+15550134"));
    assert!(matches!(plan("US").read("550134"), Reading::ShortCode(_)));
}

#[test]
fn the_prefix_for_an_outside_line_is_taken_off_where_the_number_needs_it() {
    let prefixed = |country, prefix| {
        with(
            country,
            Habits {
                outside_prefix: Some(digits(prefix)),
                ..Habits::default()
            },
        )
    };
    for (plan, text, number) in [
        (prefixed("US", "9"), "94155550134", "+14155550134"),
        (prefixed("US", "9"), "9,1 415 555 0134", "+14155550134"),
        (prefixed("US", "9"), "901131612345678", "+31612345678"),
        (prefixed("US", "9"), "9175550134", "+19175550134"),
        (prefixed("DE", "0"), "00301234567", "+49301234567"),
        (prefixed("DE", "0"), "0004930 1234567", "+49301234567"),
        (prefixed("DE", "0"), "0301234567", "+49301234567"),
    ] {
        assert_eq!(e164(&plan, text).as_deref(), Some(number), "{text}");
    }
}

#[test]
fn each_trunk_has_its_own_habits() {
    let trunk =
        |name: &str, country: Option<&str>, plain, strip: Option<&str>, add: Option<&str>| Trunk {
            name: TrunkName::try_from(name.to_owned()).unwrap(),
            country: country.map(|it| it.parse().unwrap()),
            plain,
            strip: strip.map(digits),
            add: add.map(digits),
        };
    let habits = Habits {
        trunks: vec![
            trunk("PJSIP/nl", Some("NL"), PlainNumber::National, None, None),
            trunk("PJSIP/world", None, PlainNumber::International, None, None),
            trunk("PJSIP/zero", None, PlainNumber::AsDialled, Some("0"), None),
            trunk("PJSIP/bare", None, PlainNumber::AsDialled, None, Some("0")),
        ],
        ..Habits::default()
    };
    let plan = with("DE", habits);
    for (name, text, number) in [
        ("PJSIP/nl", "0612345678", Some("+31612345678")),
        ("PJSIP/nl", "612345678", Some("+31612345678")),
        ("PJSIP/nl", "+4930123456", Some("+4930123456")),
        ("PJSIP/nl", "004930123456", Some("+4930123456")),
        ("PJSIP/world", "31612345678", Some("+31612345678")),
        ("pjsip/WORLD", "4930123456", Some("+4930123456")),
        ("PJSIP/world", "0301234567", None),
        ("PJSIP/zero", "0015123456789", Some("+4915123456789")),
        ("PJSIP/bare", "30123456", Some("+4930123456")),
        // A trunk without habits reads as the company does.
        ("PJSIP/other", "0015123456789", Some("+15123456789")),
    ] {
        assert_eq!(
            from(&plan, text, Some(name)).as_deref(),
            number,
            "{text} over {name}"
        );
    }
}

#[test]
fn an_extension_written_with_a_number_is_kept_apart_from_it() {
    for text in [
        "+49 30 123456;ext=12",
        "+49 30 123456 x12",
        "+49 30 123456 доб. 12",
        "+49 30 123456 转12",
        "030 123456 ext. 12",
    ] {
        let Reading::Phone(phone) = plan("DE").read(text) else {
            panic!("{text} was not read");
        };
        let read = (phone.e164.as_str(), phone.extension.as_deref());
        assert_eq!(read, ("+4930123456", Some("12")), "{text}");
        assert_eq!(phone.rfc3966(), "tel:+49-30-123456;ext=12");
    }
}

#[test]
fn withheld_callers_have_no_number() {
    for text in [
        "",
        "anonymous",
        "Anonymous",
        "<unknown>",
        " unknown ",
        "未知",
    ] {
        assert_eq!(plan("US").read(text), Reading::Withheld, "{text:?}");
    }
}

#[test]
fn what_is_no_number_is_unreadable_and_never_a_panic() {
    for text in [
        "abc",
        "+",
        "++++",
        "1",
        "12",
        "<img src=x>",
        &"9".repeat(10_000),
        "\u{0}\u{fffd}",
        "555013",
        "sip:",
        "转12",
    ] {
        let read = plan("DE").read(text);
        assert!(
            matches!(
                read,
                Reading::Unreadable | Reading::ShortCode(_) | Reading::Withheld
            ),
            "{text:.20}: {read:?}"
        );
    }
}

#[test]
fn spellings_hold_what_a_crm_may_have_stored() {
    let Reading::Phone(phone) = plan("GB").read("020 7946 0123") else {
        panic!("not read");
    };
    assert_eq!(
        phone.spellings(),
        ["442079460123", "2079460123", "02079460123"]
    );
    let Reading::Phone(phone) = plan("US").read("4155550134") else {
        panic!("not read");
    };
    assert_eq!(phone.spellings(), ["14155550134", "4155550134"]);
}

#[test]
fn a_number_is_written_as_people_of_the_companys_country_do() {
    for (country, number, written) in [
        ("US", "+14155550134", "(415) 555-0134"),
        ("US", "+31612345678", "+31 6 12345678"),
        ("NL", "+31612345678", "06 12345678"),
        ("NL", "+14155550134", "+1 415-555-0134"),
        ("CN", "+8613800138000", "138 0013 8000"),
        ("GB", "+442079460123", "020 7946 0123"),
    ] {
        let number = number.parse().unwrap();
        assert_eq!(plan(country).written(&number), written);
    }
    let Reading::Phone(phone) = plan("NL").read("0612345678") else {
        panic!("not read");
    };
    assert_eq!(phone.shown, "06 12345678");
    assert_eq!(phone.international(), "+31 6 12345678");
    assert_eq!(phone.rfc3966(), "tel:+31-6-12345678");
}

#[test]
fn a_number_is_dialled_as_people_of_the_country_dial_it() {
    for (country, number, dialled) in [
        ("US", "+14155550134", "4155550134"),
        ("US", "+31600000001", "01131600000001"),
        ("CA", "+14155550134", "4155550134"),
        ("NL", "+31600000001", "0600000001"),
        ("NL", "+14155550134", "0014155550134"),
        ("CN", "+8613800138000", "13800138000"),
        ("CN", "+861012345678", "01012345678"),
        ("CN", "+31600000001", "0031600000001"),
        ("RU", "+31600000001", "81031600000001"),
    ] {
        let number = number.parse().unwrap();
        assert_eq!(
            plan(country).dialled(&number),
            dialled,
            "{number} from {country}"
        );
    }
}

#[test]
fn how_a_text_was_read_can_be_told() {
    let plan = with(
        "CN",
        Habits {
            area_code: Some(digits("592")),
            outside_prefix: Some(digits("9")),
            ..Habits::default()
        },
    );
    for (text, rule) in [
        ("+14155552671", Some(Rule::International)),
        ("0014155552671", Some(Rule::International)),
        ("13800138000", Some(Rule::National)),
        ("5503301", Some(Rule::AreaCode)),
        ("31612345678", Some(Rule::LostPlus)),
        ("9013800138000", Some(Rule::OutsidePrefix)),
        ("101", None),
    ] {
        assert_eq!(plan.explain(text, None).rule, rule, "{text}");
    }
}
