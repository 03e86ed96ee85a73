//! How numbers are written: the organisation's habits, and a line to try them.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;

async fn read(admin: &Browser, body: Value) -> Value {
    admin
        .post("/api/v1/numbers/read", body)
        .await
        .is(200)
        .json()
}

#[tokio::test]
async fn an_admin_sees_how_a_number_is_read_before_and_after_saving_the_habits() {
    let (_company, admin) = Company::new().await;
    let mut organisation = admin.get("/api/v1/organisation").await.is(200).json();
    let habits = json!({
        "area_code": "415",
        "outside_prefix": "9",
        "short_codes": ["5550911"],
        "trunks": [{
            "name": "PJSIP/provider", "country": "NL", "plain": "national",
            "strip": null, "add": null,
        }],
    });
    let local = json!({ "number": "555-0134" });
    assert_eq!(read(&admin, local.clone()).await["e164"], "+15550134");
    let draft = json!({ "number": "555-0134", "number_habits": habits });
    let drafted = read(&admin, draft).await;
    assert_eq!(drafted["e164"], "+14155550134");
    assert_eq!(drafted["rule"], "area_code");
    // Nothing of a draft is kept.
    assert_eq!(read(&admin, local.clone()).await["e164"], "+15550134");

    organisation["number_habits"] = habits.clone();
    organisation["exclusions"]["own"] = json!(["+14155550100"]);
    let saved = admin
        .put("/api/v1/organisation", organisation)
        .await
        .is(200)
        .json();
    assert_eq!(saved["number_habits"], habits);
    let known = read(&admin, json!({ "number": "(415) 555-2671 ext. 12" })).await;
    assert_eq!(
        known,
        json!({
            "kind": "phone", "rule": "national", "known": true, "own": false,
            "e164": "+14155552671", "shown": "(415) 555-2671",
            "international": "+1 415-555-2671", "rfc3966": "tel:+1-415-555-2671;ext=12",
            "extension": "12", "dialled": "4155552671",
        })
    );
    for (body, field, value) in [
        (local, "e164", json!("+14155550134")),
        (
            json!({ "number": "94155552671" }),
            "rule",
            json!("outside_prefix"),
        ),
        (json!({ "number": "5550911" }), "kind", json!("short_code")),
        (json!({ "number": "911" }), "kind", json!("short_code")),
        (json!({ "number": "anonymous" }), "kind", json!("withheld")),
        (json!({ "number": "Grace" }), "kind", json!("unreadable")),
        (json!({ "number": "4155550100" }), "own", json!(true)),
        (
            json!({ "number": "0612345678", "trunk": "PJSIP/provider" }),
            "e164",
            json!("+31612345678"),
        ),
    ] {
        assert_eq!(read(&admin, body.clone()).await[field], value, "{body}");
    }
}

#[tokio::test]
async fn habits_that_cannot_be_are_refused_by_name() {
    let (_company, admin) = Company::new().await;
    let draft = json!({
        "number": "1",
        "country": "Mars",
        "number_habits": {
            "area_code": "+1", "outside_prefix": null, "short_codes": [],
            "trunks": [{
                "name": " ", "country": null, "plain": "national", "strip": "x", "add": null,
            }],
        },
    });
    let refused = admin.post("/api/v1/numbers/read", draft).await.is(422);
    assert_eq!(
        refused.fields(),
        [
            "/country",
            "/number_habits/trunks/0/name",
            "/number_habits/trunks/0/strip",
            "/number_habits/area_code",
        ]
    );
}
