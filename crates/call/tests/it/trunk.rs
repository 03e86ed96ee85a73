//! By which trunk a call came in or went out, and how its number is read then.

use linecard_call::DialResult;
use linecard_number::{Country, Habits, PlainNumber, Plan, Reading, Trunk, TrunkName};

use crate::story::Story;

/// A company in Germany whose trunk sends Dutch numbers as people dial them there.
fn plan(trunk: &str) -> Plan {
    let germany: Country = "DE".parse().unwrap();
    let habits = Habits {
        trunks: vec![Trunk {
            name: TrunkName::try_from(trunk.to_owned()).unwrap(),
            country: "NL".parse().ok(),
            plain: PlainNumber::National,
            strip: Some("31".parse().unwrap()),
            add: None,
        }],
        ..Habits::default()
    };
    Plan {
        habits,
        ..Plan::of(germany)
    }
}

#[test]
fn a_call_tells_its_trunk_and_is_read_by_the_trunks_habits() {
    let inbound = Story::new()
        .line("line", "line")
        .ring("line", "line", "first", "101")
        .dial_end("line", "first", DialResult::Cancel)
        .hang_up("first")
        .hang_up("line")
        .call();
    assert_eq!(inbound.trunk.as_deref(), Some("PJSIP/provider"));
    let outbound = Story::new()
        .types("first", "101", "931600000001")
        .line("line", "first")
        .dial("first", "line")
        .answer("first", "line", "bridge")
        .wait(1000)
        .leave("first", "bridge")
        .leave("line", "bridge")
        .hang_up("line")
        .hang_up("first")
        .call();
    assert_eq!(outbound.trunk.as_deref(), Some("PJSIP/provider"));
    for call in [inbound, outbound] {
        assert_eq!(call.outside(), Some("31600000001"));
        let Reading::Phone(phone) = call.read_outside(&plan("PJSIP/provider")) else {
            panic!("not read");
        };
        assert_eq!(phone.e164.as_str(), "+31600000001");
        // Another trunk's habits are not this one's.
        assert_ne!(
            call.read_outside(&plan("PJSIP/other")),
            Reading::Phone(phone)
        );
    }
}
