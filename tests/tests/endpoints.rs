//! Whose a phone is: what the real Asterisk says, and what the admin wrote down.

use linecard_tests::phone::Phone;
use serde_json::{Value, json};

use crate::office::{Office, eventually};

/// Whose each endpoint is that Linecard lists: `PJSIP/101` is `101`'s.
fn owners(office: &Office) -> Vec<(String, String)> {
    let system = office.admin.get("/phone-systems")[0]["id"].clone();
    let path = format!("/phone-systems/{}/endpoints", system.as_str().unwrap());
    let listed = office.admin.get(&path);
    let owner = |it: &Value| {
        let extension = it["extension"].as_str();
        extension.or(it["owner"].as_str()).unwrap().to_owned()
    };
    listed
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["endpoint"].as_str().unwrap().to_owned(), owner(it)))
        .collect()
}

fn owner(office: &Office, endpoint: &str) -> String {
    let owners = owners(office);
    let found = owners.iter().find(|(name, _)| name == endpoint);
    found
        .unwrap_or_else(|| panic!("{endpoint} in {owners:?}"))
        .1
        .clone()
}

fn rings_103(outside: &Phone, carol: &Phone) {
    let call = outside.calls("5551103").unwrap();
    call.is_answered().unwrap();
    call.hangs_up().unwrap();
    carol.incoming().unwrap().ends().unwrap();
}

#[test]
fn b4_what_asterisk_knows_of_phones_and_people_is_listed() {
    let office = Office::open();
    office.sets(&[("own", r"PJSIP/1\d\d")]);
    assert_eq!(owner(&office, "PJSIP/101"), "101");
    assert_eq!(owner(&office, "PJSIP/trunk"), "trunk");
    // A hint says so, no pattern does.
    assert_eq!(owner(&office, "PJSIP/201"), "301");
    assert_eq!(owner(&office, "PJSIP/202"), "unassigned");

    let found = office.admin.post("/extensions/discover", &json!(null));
    let of = |number: &str| {
        let all = found.as_array().unwrap();
        all.iter()
            .find(|it| it["number"] == number)
            .unwrap()
            .clone()
    };
    // Names and addresses from voicemail, and else the name that a queue's member has.
    assert_eq!(of("103")["name"], "Carol Clark");
    assert_eq!(of("103")["email"], "carol@example.com");
    assert_eq!(of("301")["devices"], json!(["PJSIP/201"]));
}

#[test]
fn x7_calls_of_a_phone_that_belongs_to_nobody_are_told_until_it_is_assigned() {
    let office = Office::open();
    let carol = office.asterisk.phone("103").unwrap();
    let outside = office.asterisk.phone("trunk").unwrap();
    carol.answers_after(0.2);

    office.sets(&[("own", "PJSIP/102")]);
    rings_103(&outside, &carol);
    eventually("the notice", || {
        let health = office.admin.get("/health");
        let notices = health["phone_systems"][0]["link"]["notices"].clone();
        let told = json!([{ "kind": "unknown_endpoint", "words": "PJSIP/103" }]);
        (notices == told).then_some(())
    });

    office.sets(&[("endpoints", "PJSIP/103=107\nPJSIP/105=107")]);
    assert_eq!(owner(&office, "PJSIP/103"), "107");
    assert_eq!(owner(&office, "PJSIP/105"), "107");
    rings_103(&outside, &carol);
    let call = office.stored_call(|call| call["outcome"] == "answered");
    assert_eq!(call["legs"][0]["extension"], "107", "{call:#}");
    let health = office.admin.get("/health");
    assert_eq!(health["phone_systems"][0]["link"]["notices"], json!([]));
}
