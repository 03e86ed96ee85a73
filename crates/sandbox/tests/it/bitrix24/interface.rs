//! The interface with its oddities: what a client must be able to rely on, and what it must bear.

use jiff::SignedDuration;
use linecard_sandbox::bitrix24::{
    Bucket, CrmMode, Fault, FaultKind, Kind, Operating, Options, Presence, Rights, Webhook,
};
use serde_json::{Value, json};

use super::portal::Portal;

#[tokio::test]
async fn a_method_is_found_however_it_is_written_and_parameters_in_every_form() {
    let portal = Portal::new().await;
    for name in [
        "crm.contact.get",
        "crm.contact.Get.json",
        "CRM.CONTACT.GET",
        "crm.contact.get/",
    ] {
        let contact = portal.result(name, json!({"ID": 1})).await;
        assert_eq!(contact["LAST_NAME"], "Torres", "{name}");
    }
    let (_, by_get) = portal.get("crm.contact.get.json?id=1&x=y&").await;
    assert_eq!(by_get["result"]["ID"], "1");
    let form = "application/x-www-form-urlencoded";
    let (_, by_form) = portal
        .post(
            "crm.contact.list",
            form,
            "filter[LAST_NAME]=Kim&select[0]=ID&select[]=NAME",
        )
        .await;
    assert_eq!(by_form["result"], json!([{"ID": "3", "NAME": "Grace"}]));
    let parts = "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1\r\n--x--\r\n";
    let (_, by_parts) = portal
        .post("crm.contact.get", "multipart/form-data; boundary=x", parts)
        .await;
    assert_eq!(by_parts["result"]["ID"], "1");
}

#[tokio::test]
async fn older_methods_give_texts_and_newer_ones_numbers() {
    let portal = Portal::new().await;
    let classic = portal.result("crm.contact.get", json!({"id": 1})).await;
    assert_eq!(
        (&classic["ID"], &classic["COMPANY_ID"]),
        (&json!("1"), &json!("1"))
    );
    assert_eq!(classic["PHONE"][0]["VALUE_TYPE"], "WORK");
    let item = portal
        .result("crm.item.get", json!({"entityTypeId": 3, "id": 1}))
        .await;
    assert_eq!(
        (&item["item"]["id"], &item["item"]["companyId"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(item["item"]["phone"], "(415) 555-0134");
    assert_eq!(item["item"]["updatedTime"], "2026-05-14T12:25:37+03:00");
}

#[tokio::test]
async fn no_mask_covers_the_phones_of_the_older_lists_and_only_everything_those_of_the_newer() {
    let portal = Portal::new().await;
    let list = |select: Value| json!({"filter": {"ID": 1}, "select": select});
    let masked = portal.result("crm.contact.list", list(json!(["*"]))).await;
    assert!(masked[0].get("PHONE").is_none(), "{masked}");
    let named = portal
        .result("crm.contact.list", list(json!(["ID", "PHONE"])))
        .await;
    assert_eq!(named[0]["PHONE"][0]["VALUE"], "(415) 555-0134");
    let items = |select: Value| json!({"entityTypeId": 3, "filter": {"id": 1}, "select": select});
    let few = portal
        .result("crm.item.list", items(json!(["id", "fm"])))
        .await;
    assert_eq!(few["items"][0], json!({"id": 1}));
    let all = portal.result("crm.item.list", items(json!(["*"]))).await;
    assert_eq!(all["items"][0]["fm"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn an_unknown_field_is_dropped_by_the_older_methods_and_refused_as_a_filter_by_the_newer() {
    let portal = Portal::new().await;
    let all = json!({"filter": {"SHOE": 44}, "select": ["ID"]});
    assert_eq!(
        portal
            .result("crm.contact.list", all)
            .await
            .as_array()
            .unwrap()
            .len(),
        12
    );
    let (status, body) = portal
        .ask(
            "crm.item.list",
            json!({"entityTypeId": 3, "filter": {"shoe": 44}}),
        )
        .await;
    assert_eq!((status, &body["error"]), (400, &json!("INVALID_ARG_VALUE")));
}

#[tokio::test]
async fn fm_without_its_type_is_a_success_that_changes_nothing() {
    let portal = Portal::new().await;
    let update = |fm: Value| json!({"entityTypeId": 3, "id": 2, "fields": {"fm": fm}});
    let silent = json!({"n0": {"valueType": "WORK", "value": "+1"}});
    let given = portal.result("crm.item.update", update(silent)).await;
    assert_eq!(given["item"]["fm"].as_array().unwrap().len(), 2);
    let added = json!({"n0": {"typeId": "PHONE", "valueType": "HOME", "value": "+1"}});
    let given = portal.result("crm.item.update", update(added)).await;
    assert_eq!(given["item"]["fm"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn nobody_found_is_an_empty_list_and_twenty_of_a_kind_leave_out_the_later_ones() {
    let portal = Portal::new().await;
    let search = |more: Value| {
        let mut params = json!({"type": "PHONE", "values": ["+31612345678"]});
        params
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        params
    };
    let method = "crm.duplicate.findbycomm";
    assert_eq!(portal.result(method, search(json!({}))).await, json!([]));
    let phone = json!({"LAST_NAME": "x", "PHONE": [{"VALUE": "+31 6 12345678"}]});
    for _ in 0..25 {
        portal.sandbox.put(Kind::Lead, &phone).unwrap();
    }
    let contact = portal.sandbox.put(Kind::Contact, &phone).unwrap();
    let found = portal.result(method, search(json!({}))).await;
    assert_eq!(found["LEAD"].as_array().unwrap().len(), 20);
    assert!(found.get("CONTACT").is_none(), "{found}");
    let found = portal
        .result(method, search(json!({"entity_type": "CONTACT"})))
        .await;
    assert_eq!(found, json!({"CONTACT": [contact]}));
}

#[tokio::test]
async fn an_activity_is_refused_in_the_vendors_words() {
    let portal = Portal::new().await;
    let good = json!({
        "OWNER_TYPE_ID": 3, "OWNER_ID": 1, "TYPE_ID": 2, "SUBJECT": "Call", "RESPONSIBLE_ID": 1,
        "COMMUNICATIONS": [{"VALUE": "1", "ENTITY_ID": 1, "ENTITY_TYPE_ID": 3, "TYPE": "PHONE"}]
    });
    let twice = json!([good["COMMUNICATIONS"][0], good["COMMUNICATIONS"][0]]);
    let binding = "Could not build binding. Please ensure that owner info and communications are \
                   defined correctly";
    for (field, value, text) in [
        (
            "SUBJECT",
            json!(""),
            "The field SUBJECT is not defined or empty",
        ),
        (
            "TYPE_ID",
            json!(null),
            "The field TYPE_ID is not defined or empty",
        ),
        (
            "RESPONSIBLE_ID",
            json!(""),
            "The field RESPONSIBLE_ID is not defined or empty",
        ),
        (
            "COMMUNICATIONS",
            json!([]),
            "The field COMMUNICATIONS is not defined or empty",
        ),
        ("OWNER_ID", json!(99), binding),
        (
            "COMMUNICATIONS",
            twice,
            "The only one communication is allowed for activity of specified type",
        ),
    ] {
        let mut fields = good.clone();
        fields[field] = value;
        let (status, body) = portal
            .ask("crm.activity.add", json!({"fields": fields}))
            .await;
        let wanted = json!({"error": "", "error_description": text});
        assert_eq!((status, body), (400, wanted), "{field}");
    }
}

#[tokio::test]
async fn a_batch_is_a_success_whatever_became_of_its_commands() {
    let portal = Portal::new().await;
    let failing = json!({"cmd": ["crm.contact.get?id=99", "nothing", "batch?cmd[0]=profile"]});
    let told = portal.result("batch", failing).await;
    assert_eq!(told["result"], json!([]));
    assert_eq!(told["result_error"][0]["error_description"], "Not found");
    assert_eq!(told["result_error"][1]["error"], "ERROR_METHOD_NOT_FOUND");
    assert_eq!(
        told["result_error"][2]["error"],
        "ERROR_BATCH_METHOD_NOT_ALLOWED"
    );
    // A list beside a map: PHP looks at the keys of each.
    let mixed = json!({"cmd": ["crm.contact.get?id=99", "profile?"]});
    let told = portal.result("batch", mixed).await;
    assert_eq!(told["result"]["1"]["ID"], "1");
    assert_eq!(told["result_error"].as_array().unwrap().len(), 1);
    let halting = json!({"cmd": {"a": "crm.contact.get?id=99", "b": "profile"}, "halt": 1});
    let told = portal.result("batch", halting).await;
    assert_eq!(told["result"], json!([]));
    let long: Vec<&str> = vec!["profile"; 51];
    let (status, body) = portal.ask("batch", json!({"cmd": long})).await;
    assert_eq!(
        (status, &body["error"]),
        (400, &json!("ERROR_BATCH_LENGTH_EXCEEDED"))
    );
}

#[tokio::test]
async fn references_in_a_batch_are_put_in_after_decoding() {
    let portal = Portal::new().await;
    let cmd = json!({"a": "user.current", "b": "user.get?ID=%24result%5Ba%5D%5BID%5D",
                     "c": "crm.contact.get?id=$result[a][NOTHING]"});
    let told = portal.result("batch", json!({"cmd": cmd})).await;
    assert_eq!(told["result"]["b"][0]["EMAIL"], "admin@example.com");
    assert_eq!(
        told["result_error"]["c"]["error_description"],
        "ID is not defined or invalid."
    );
    let (_, query) = portal.get("batch?cmd[0]=profile&cmd[x]=scope&").await;
    assert_eq!(query["result"]["result"]["x"], json!(["crm", "user"]));
}

#[tokio::test]
async fn pages_have_fifty_rows_and_uncounted_ones_no_total() {
    let portal = Portal::new().await;
    for number in 0..60 {
        let fields = json!({"LAST_NAME": format!("Person {number}")});
        portal.sandbox.put(Kind::Contact, &fields).unwrap();
    }
    let (_, first) = portal.ask("crm.contact.list", json!({})).await;
    assert_eq!((&first["total"], &first["next"]), (&json!(72), &json!(50)));
    let (_, last) = portal.ask("crm.contact.list", json!({"start": 50})).await;
    assert_eq!(last["result"].as_array().unwrap().len(), 22);
    assert!(last.get("next").is_none());
    let after = json!({"filter": {">ID": 50}, "order": {"ID": "ASC"}, "start": -1});
    let (_, uncounted) = portal.ask("crm.contact.list", after).await;
    assert_eq!(uncounted["result"][0]["ID"], "51");
    assert!(uncounted.get("total").is_none() && uncounted.get("next").is_none());
}

#[tokio::test]
async fn the_bucket_and_the_methods_time_run_out_and_come_back() {
    let portal = Portal::with(Options {
        bucket: Bucket {
            size: 3.0,
            leak: 2.0,
        },
        operating: Operating {
            limit: 2.0,
            cost: 1.0,
        },
        ..Options::default()
    })
    .await;
    let time = portal.ask("profile", json!({})).await.1["time"].clone();
    assert_eq!(
        (&time["operating"], &time["operating_reset_at"]),
        (&json!(1.0), &json!(1_778_751_300))
    );
    portal.ask("profile", json!({})).await;
    let (status, body) = portal.ask("profile", json!({})).await;
    assert_eq!(
        (status, &body["error"]),
        (429, &json!("OPERATION_TIME_LIMIT"))
    );
    let (status, body) = portal.ask("scope", json!({})).await;
    assert_eq!(
        (status, &body["error"]),
        (503, &json!("QUERY_LIMIT_EXCEEDED"))
    );
    portal.clock.advance(SignedDuration::from_secs(2));
    assert_eq!(portal.ask("scope", json!({})).await.0, 200);
    portal.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(portal.ask("profile", json!({})).await.0, 200);
}

#[tokio::test]
async fn a_webhook_opens_what_it_was_given_and_a_wrong_one_nothing() {
    let of_users = Webhook {
        scopes: vec!["user_brief".to_owned()],
        ..Webhook::default()
    };
    let portal = Portal::with(Options {
        webhooks: vec![of_users],
        ..Options::default()
    })
    .await;
    let (status, body) = portal.ask("crm.contact.get", json!({"id": 1})).await;
    assert_eq!(
        (status, &body["error"]),
        (401, &json!("insufficient_scope"))
    );
    let users = portal
        .result("user.get", json!({"filter": {"ACTIVE": true}}))
        .await;
    assert!(
        users[0].get("EMAIL").is_none(),
        "user_brief has no addresses"
    );
    portal.sandbox.revoke_webhooks();
    portal.sandbox.restore_webhooks();
    assert_eq!(portal.ask("profile", json!({})).await.0, 200);
    let (status, body) = portal.get("../other/profile").await;
    assert_eq!(
        (status, &body["error"]),
        (401, &json!("INVALID_CREDENTIALS"))
    );
}

#[tokio::test]
async fn a_portal_can_be_old_simple_strict_or_closed() {
    let old = Portal::switched(|switches| switches.crm_item_methods = Presence::Off).await;
    let (status, body) = old.ask("crm.item.list", json!({"entityTypeId": 3})).await;
    assert_eq!(
        (status, &body["error"]),
        (404, &json!("ERROR_METHOD_NOT_FOUND"))
    );
    let simple = Portal::switched(|switches| switches.crm_mode = CrmMode::Simple).await;
    assert_eq!(
        simple.result("crm.settings.mode.get", json!({})).await,
        json!(2)
    );
    let strict = Portal::switched(|switches| switches.require_https = true).await;
    let (status, body) = strict.ask("profile", json!({})).await;
    assert_eq!((status, &body["error"]), (400, &json!("INVALID_REQUEST")));
    let own = Portal::switched(|switches| switches.owner_rights = Rights::Own).await;
    assert_eq!(own.result("crm.contact.list", json!({})).await, json!([]));
}

#[tokio::test]
async fn what_goes_wrong_on_demand_is_counted() {
    let portal = Portal::new().await;
    portal
        .sandbox
        .add_fault(Fault::new(FaultKind::UnexpectedAnswer, 1));
    let (status, body) = portal.ask("profile", json!({})).await;
    assert_eq!(
        (status, &body["error"]),
        (500, &json!("ERROR_UNEXPECTED_ANSWER"))
    );
    assert_eq!(portal.ask("profile", json!({})).await.0, 200);
    assert_eq!(portal.sandbox.fired()[&FaultKind::UnexpectedAnswer], 1);
    assert_eq!(portal.sandbox.requests_to("POST profile"), 2);
}

#[tokio::test]
async fn a_record_that_was_just_written_can_be_late_in_the_search() {
    let portal = Portal::new().await;
    let lag = Fault::new(FaultKind::IndexLag, 1).lasting(5_000);
    portal.sandbox.add_fault(lag);
    let fields = json!({"NAME": "Late", "PHONE": [{"VALUE": "+31612345678"}]});
    portal
        .result("crm.contact.add", json!({"fields": fields}))
        .await;
    let search = json!({"type": "PHONE", "values": ["+31612345678"]});
    let method = "crm.duplicate.findbycomm";
    assert_eq!(portal.result(method, search.clone()).await, json!([]));
    portal.clock.advance(SignedDuration::from_secs(5));
    assert_eq!(
        portal.result(method, search).await,
        json!({"CONTACT": [13]})
    );
}
