//! Joining a CRM.

use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::company::{CLIENT_SECRET, Company, PHONE_SECRET};
use crate::fake_crm::ACCESS_TOKEN;

async fn come_back(browser: &Browser, query: &str) -> Answer {
    browser
        .get(&format!("/integration/callback/api/crm/fake/?{query}"))
        .await
        .is(200)
}

async fn crm(admin: &Browser) -> serde_json::Value {
    admin.get("/api/v1/crm/fake").await.is(200).json()
}

#[tokio::test]
async fn a8_a9_the_redirect_uri_follows_the_home_address_picked() {
    let (company, admin) = Company::new().await;
    let uri = "http://linecard.test/integration/callback/api/crm/fake/";
    assert_eq!(crm(&admin).await["redirect_uri"], uri);
    let kept = company.fill_in_crm(&admin).await;
    assert_eq!(kept["redirect_uri"], uri);
    let elsewhere = json!({
        "settings": { "client_id": "3MVG" },
        "home_address": "https://evil.example/",
        "version": kept["version"],
    });
    let refused = admin.put("/api/v1/crm/fake", elsewhere).await.is(422);
    assert_eq!(refused.fields(), ["/home_address"]);
}

#[tokio::test]
async fn a11_consent_given_connects_the_crm_and_both_tabs_say_so() {
    let (company, admin) = Company::new().await;
    company.fill_in_crm(&admin).await;
    let state = company.begin_consent(&admin).await;
    let page = come_back(&admin, &format!("code=good&state={state}")).await;
    assert!(
        page.text.contains("Authorization succeeded!"),
        "{}",
        page.text
    );
    assert!(page.text.contains(r#"href="/integrations/crm/fake""#));

    let connected = crm(&admin).await;
    assert_eq!(connected["status"], "connected");
    assert_eq!(connected["last_authorization"]["ok"], true);
    let tiles = admin.get("/api/v1/crm").await.is(200).json();
    assert_eq!(
        tiles,
        json!([{ "kind": "fake", "name": "Fake CRM", "status": "connected", "problem": null }])
    );
}

#[tokio::test]
async fn a11_a_forged_or_replayed_state_changes_nothing() {
    let (company, admin) = Company::new().await;
    company.fill_in_crm(&admin).await;
    let forged = format!("code=good&state={}", "0".repeat(64));
    let page = come_back(&admin, &forged).await;
    assert!(page.text.contains("not valid"), "{}", page.text);
    assert_eq!(crm(&admin).await["status"], "not_connected");

    let state = company.begin_consent(&admin).await;
    come_back(&admin, &format!("code=good&state={state}")).await;
    let again = come_back(&admin, &format!("code=good&state={state}")).await;
    assert!(again.text.contains("not valid"), "{}", again.text);
}

#[tokio::test]
async fn a11_a_state_is_of_no_use_to_anybody_else() {
    let (company, admin) = Company::new().await;
    company.fill_in_crm(&admin).await;
    let state = company.begin_consent(&admin).await;
    let page = come_back(&company.browser(), &format!("code=good&state={state}")).await;
    assert!(page.text.contains("not valid"), "{}", page.text);
    assert_eq!(crm(&admin).await["status"], "not_connected");
}

#[tokio::test]
async fn a11_denied_consent_says_why_in_the_crms_words_as_text() {
    let (company, admin) = Company::new().await;
    company.fill_in_crm(&admin).await;
    let state = company.begin_consent(&admin).await;
    let words = "error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let page = come_back(
        &admin,
        &format!("error=access_denied&{words}&state={state}"),
    )
    .await;
    assert!(
        page.text.contains("Access was not allowed"),
        "{}",
        page.text
    );
    assert!(page.text.contains("&lt;script&gt;") && !page.text.contains("<script"));
    assert_eq!(page.header("cache-control"), "no-store");

    let last = crm(&admin).await["last_authorization"].clone();
    assert_eq!(last["ok"], false);
    assert_eq!(last["code"], "consent_denied");
}

#[tokio::test]
async fn a11_a_wrong_consumer_secret_is_said_in_the_crms_words() {
    let (company, admin) = Company::new().await;
    company.fill_in_crm(&admin).await;
    let state = company.begin_consent(&admin).await;
    let page = come_back(&admin, &format!("code=wrong-secret&state={state}")).await;
    assert!(
        page.text
            .contains("invalid_client: invalid &lt;b&gt;client&lt;/b&gt; credentials"),
        "{}",
        page.text
    );
    let last = crm(&admin).await["last_authorization"].clone();
    assert_eq!(
        last["words"],
        "invalid_client: invalid <b>client</b> credentials"
    );
    let advice = json!({ "code": "client_keys", "about": null });
    assert_eq!(last["advice"], advice);
}

#[tokio::test]
async fn a11_the_page_speaks_the_admins_language() {
    let (company, admin) = Company::new().await;
    let chinese = json!({ "language": "zh-CN" });
    admin.put("/api/v1/session/language", chinese).await.is(204);
    company.fill_in_crm(&admin).await;
    let state = company.begin_consent(&admin).await;
    let page = come_back(&admin, &format!("code=good&state={state}")).await;
    assert!(page.text.contains("授权成功"), "{}", page.text);
}

#[tokio::test]
async fn no_secret_ever_comes_back() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    company.connect_crm(&admin).await;
    let document = admin.get("/api/v1/openapi.json").await.json();
    let mut seen = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        if item.get("get").is_some() {
            let answer = admin.get(&path.replace("{kind}", "fake")).await;
            for secret in [
                CLIENT_SECRET,
                PHONE_SECRET,
                ACCESS_TOKEN,
                "refresh-token",
                "$argon2",
            ] {
                assert!(!answer.text.contains(secret), "{secret} in {path}");
            }
            seen += u32::from(answer.status == 200);
        }
    }
    assert!(seen >= 10, "only {seen} answered");
    assert_eq!(
        crm(&admin).await["secrets"],
        json!({ "client_secret": "set" })
    );
}

#[tokio::test]
async fn an_unknown_kind_and_a_crm_that_is_not_set_up_are_told_apart() {
    let (_company, admin) = Company::new().await;
    let unknown = admin.get("/api/v1/crm/abacus").await.is(404);
    assert_eq!(unknown.code(), "unknown_kind");
    for path in ["authorize", "enable", "users/refresh", "bindings/auto"] {
        let path = format!("/api/v1/crm/fake/{path}");
        let early = admin.post(&path, json!(null)).await.is(409);
        assert_eq!(early.code(), "not_set_up", "{path}");
    }
}

#[tokio::test]
async fn two_admins_do_not_overwrite_each_others_crm_settings() {
    let (company, admin) = Company::new().await;
    company.fill_in_crm(&admin).await;
    let late = json!({
        "settings": { "client_id": "other" },
        "secrets": { "client_secret": "other" },
        "home_address": "http://linecard.test/",
        "version": null,
    });
    let late = admin.put("/api/v1/crm/fake", late).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
}

#[tokio::test]
async fn b4_bindings_are_proposed_by_address_and_saved_only_when_asked() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    company.connect_crm(&admin).await;
    admin
        .post("/api/v1/extensions/discover", json!(null))
        .await
        .is(200);
    let proposed = admin
        .post("/api/v1/crm/fake/bindings/auto", json!(null))
        .await
        .is(200)
        .json();
    assert_eq!(
        proposed["proposed"][1],
        json!({
            "crm_user": "005B", "name": "Bob", "email": "bob@example.com", "extension": "102",
        })
    );
    let users = admin.get("/api/v1/crm/fake/users").await.is(200).json();
    assert_eq!(users["users"][0]["extensions"], json!(["101"]));
    assert_eq!(users["users"][1]["extensions"], json!([]));
}

#[tokio::test]
async fn b6_an_extension_belongs_to_one_user_and_must_exist() {
    let (company, admin) = Company::new().await;
    company.connect_crm(&admin).await;
    let bindings = json!({ "bindings": [
        { "crm_user": "005A", "extension": "101" },
        { "crm_user": "005B", "extension": "101" },
        { "crm_user": "005B", "extension": "199" },
        { "crm_user": "gone", "extension": "x" },
    ] });
    let refused = admin.put("/api/v1/crm/fake/bindings", bindings).await;
    assert_eq!(
        refused.is(422).fields(),
        [
            "/bindings/1/extension",
            "/bindings/2/extension",
            "/bindings/3/extension"
        ]
    );
}

#[tokio::test]
async fn h1_h2_h4_a_crm_is_switched_off_and_on_and_disconnected() {
    let (company, admin) = Company::new().await;
    company.connect_crm(&admin).await;
    admin
        .post("/api/v1/crm/fake/disable", json!(null))
        .await
        .is(204);
    assert_eq!(crm(&admin).await["status"], "disabled");
    admin
        .post("/api/v1/crm/fake/enable", json!(null))
        .await
        .is(204);
    assert_eq!(crm(&admin).await["status"], "connected");
    let gone = admin.delete("/api/v1/crm/fake").await.is(200).json();
    assert_eq!(gone, json!({ "state": "done", "writes": 0 }));
    let gone = crm(&admin).await;
    assert_eq!(gone["status"], "not_connected");
    assert_eq!(gone["secrets"], json!({ "client_secret": "unset" }));
    assert_eq!(gone["version"], json!(null));
}

#[tokio::test]
async fn a13_the_check_list_is_asked_for_and_kept_to_be_shown() {
    let (company, admin) = Company::new().await;
    company.connect_crm(&admin).await;
    let probe = admin
        .post("/api/v1/crm/fake/probe", json!(null))
        .await
        .is(200)
        .json();
    assert_eq!(probe["organisation_name"], "Example Ltd");
    assert_eq!(
        probe["checks"],
        json!([
            {
                "ability": "list_users", "allowed": true, "code": null, "words": null,
                "advice": null,
            },
            {
                "ability": "read_leads", "allowed": false, "code": "crm_refused",
                "words": "no <b>leads</b> here", "advice": null,
            },
        ])
    );
    assert_eq!(crm(&admin).await["probe"]["checks"], probe["checks"]);
}

#[tokio::test]
async fn a20_a_crm_without_a_consent_page_is_asked_at_once_whether_the_settings_are_right() {
    let (_company, admin) = Company::new().await;
    let key = |secret: &str, version: serde_json::Value| {
        json!({
            "settings": { "client_id": "3MVG", "way": "key" },
            "secrets": { "client_secret": secret },
            "home_address": "http://linecard.test/",
            "version": version,
        })
    };
    let connect = "/api/v1/crm/fake/connect";
    let kept = admin
        .put("/api/v1/crm/fake", key("wrong-key", json!(null)))
        .await
        .is(200)
        .json();
    assert_eq!(kept["sign_in"], "settings");
    let refused = admin.post(connect, json!(null)).await.is(502);
    assert_eq!(refused.code(), "crm_configuration");
    assert_eq!(refused.json()["words"], "the key is not <b>known</b>");
    let advice = json!({ "code": "address_private", "about": "crm.local" });
    assert_eq!(refused.json()["advice"], advice);
    assert_eq!(crm(&admin).await["status"], "not_connected");

    admin
        .put("/api/v1/crm/fake", key("good-key", kept["version"].clone()))
        .await
        .is(200);
    let connected = admin.post(connect, json!(null)).await.is(200).json();
    assert_eq!(connected["status"], "connected");
}

#[tokio::test]
async fn a_choice_tells_how_consent_is_given_once_it_is_chosen() {
    let (_company, admin) = Company::new().await;
    let fields = crm(&admin).await["fields"].clone();
    assert_eq!(
        fields[3],
        json!({
            "name": "way", "kind": "choice", "default": "page", "choices": [
                { "value": "page", "sign_in": "consent" },
                { "value": "key", "sign_in": "settings" },
            ],
        })
    );
}

#[tokio::test]
async fn a2_the_order_names_crms_that_are_set_up_each_once() {
    let (company, admin) = Company::new().await;
    let order = |kinds: &[&str]| json!({ "order": kinds });
    let path = "/api/v1/crm-order";
    let early = admin.put(path, order(&["fake"])).await.is(422);
    assert_eq!(early.fields(), ["/order/0"]);
    company.fill_in_crm(&admin).await;
    let twice = admin.put(path, order(&["fake", "fake"])).await.is(422);
    assert_eq!(twice.fields(), ["/order/1"]);
    let tiles = admin.put(path, order(&["fake"])).await.is(200).json();
    assert_eq!(tiles[0]["kind"], "fake");
}

#[tokio::test]
async fn e3_e4_e5_e7_an_admin_chooses_what_is_written_about_calls() {
    let (company, admin) = Company::new().await;
    let journal = "/api/v1/crm/fake/journal";
    assert_eq!(admin.get(journal).await.is(409).code(), "not_set_up");
    company.fill_in_crm(&admin).await;
    let first = admin.get(journal).await.is(200).json();
    assert_eq!(first["on"], true);
    assert_eq!(first["subject"], "Extension Call");
    assert_eq!(first["answering_agent_only"], false);

    let mut chosen = first.clone();
    chosen["answering_agent_only"] = json!(true);
    chosen["description"] = json!("{{Call_From}} called");
    let kept = admin.put(journal, chosen.clone()).await.is(200).json();
    assert_eq!(kept["version"], 1);
    admin.put(journal, chosen.clone()).await.is(409);
    assert_eq!(admin.get(journal).await.is(200).json(), kept);

    // What is filled in for the connection has a version of its own.
    let version = &crm(&admin).await["version"];
    assert_eq!(version, &json!(1));

    chosen["description"] = json!("{{Caller}}");
    chosen["version"] = json!(1);
    let unknown = admin.put(journal, chosen).await.is(422);
    assert_eq!(unknown.fields(), ["/description"]);
    assert!(unknown.text.contains("Talk_Duration"), "{}", unknown.text);
}

#[tokio::test]
async fn e6_the_texts_are_shown_on_sample_calls_before_they_are_kept() {
    let (_company, admin) = Company::new().await;
    let texts = json!({ "subject": "Call", "description": "{{.Call_From}} {{Talk_Duration}}" });
    let preview = admin
        .post("/api/v1/crm/fake/journal/preview", texts)
        .await
        .is(200)
        .json();
    let calls = preview["calls"].as_array().unwrap();
    assert_eq!(calls[0]["description"], "Eve Adams<5503308> 00:01:12");
    assert_eq!(calls[2]["description"], "Eve Adams<5503308>");
}

#[tokio::test]
async fn b9_x3_x16_an_admin_sets_the_terms_on_which_a_crm_is_used() {
    let (company, admin) = Company::new().await;
    company.fill_in_crm(&admin).await;
    let path = "/api/v1/crm/fake/terms";
    let first = admin.get(path).await.is(200).json();
    assert_eq!(
        first,
        json!({
            "mode": "live", "pilot": [], "modules": ["contact", "lead", "account"],
            "tie_break": "last_activity", "sight": "name_only", "version": 0,
        })
    );
    let mut wanted = first;
    wanted["mode"] = json!("pilot");
    let empty = admin.put(path, wanted.clone()).await.is(422);
    assert_eq!(empty.fields(), ["/pilot"]);
    wanted["pilot"] = json!(["101"]);
    wanted["modules"] = json!(["lead", "contact", "account"]);
    wanted["sight"] = json!("own");
    admin.put(path, wanted.clone()).await.is(200);
    wanted["version"] = json!(1);
    assert_eq!(admin.get(path).await.is(200).json(), wanted);
}

#[tokio::test]
async fn g1_x10_unknown_numbers_and_unanswered_calls_are_chosen_about() {
    let (company, admin) = Company::new().await;
    company.fill_in_crm(&admin).await;
    for (path, field) in [("creation", "last_name"), ("follow-up", "subject")] {
        let path = format!("/api/v1/crm/fake/{path}");
        let mut wanted = admin.get(&path).await.is(200).json();
        assert_eq!(wanted["on"], false);
        wanted["on"] = json!(true);
        wanted[field] = json!("Somebody new");
        let kept = admin.put(&path, wanted.clone()).await.is(200).json();
        assert_eq!(kept["version"], 1);
        assert_eq!(kept[field], "Somebody new");
        admin.put(&path, wanted.clone()).await.is(409);
        wanted[field] = json!(" ");
        wanted["version"] = json!(1);
        let refused = admin.put(&path, wanted).await.is(422);
        assert_eq!(refused.fields(), [format!("/{field}")]);
    }
}

#[tokio::test]
async fn f1_f7_a_crm_fills_a_phonebook_that_is_new_or_empty() {
    let (company, admin) = Company::new().await;
    company.connect_crm(&admin).await;
    let path = "/api/v1/crm/fake/phonebook";
    let first = admin.get(path).await.is(200).json();
    assert_eq!(first["on"], false);
    assert_eq!(first["phonebook"], json!(null));
    let wanted = |new: Option<&str>, modules: &[&str], version: i64| {
        json!({
            "on": true, "modules": modules, "scope": "called", "always_query": false,
            "new": new, "existing": null, "version": version,
        })
    };
    let nameless = admin.put(path, wanted(None, &["contact"], 0)).await.is(422);
    assert_eq!(nameless.fields(), ["/new"]);
    let nobody = admin
        .put(path, wanted(Some("Callers"), &[], 0))
        .await
        .is(422);
    assert_eq!(nobody.fields(), ["/modules"]);
    let kept = admin
        .put(path, wanted(Some("Callers"), &["contact"], 0))
        .await
        .is(200)
        .json();
    assert_eq!(kept["phonebook"]["name"], "Callers");
    assert_eq!(kept["modules"], json!(["contact"]));
    let late = admin.put(path, wanted(None, &["lead"], 0)).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
}

#[tokio::test]
async fn g11_nothing_was_created_and_nothing_is_undone() {
    let (company, admin) = Company::new().await;
    company.connect_crm(&admin).await;
    let created = admin.get("/api/v1/crm/fake/created").await.is(200).json();
    assert_eq!(created, json!({ "records": [], "next": null }));
    let undo = "/api/v1/crm/fake/created/undo";
    let id = "01900000-0000-7000-8000-000000000009";
    let unknown = json!({ "ids": [id], "keep_touched": true });
    let undone = admin.post(undo, unknown).await.is(200).json();
    assert_eq!(
        undone["records"],
        json!([{ "id": id, "result": "not_ours", "words": null, "advice": null }])
    );
    let nonsense = json!({ "ids": ["x"], "keep_touched": true });
    assert_eq!(
        admin.post(undo, nonsense).await.is(422).fields(),
        ["/ids/0"]
    );
}

#[tokio::test]
async fn x4_x11_numbers_and_hours_are_kept_out_for_the_whole_company() {
    let (_company, admin) = Company::new().await;
    let path = "/api/v1/organisation";
    let mut organisation = admin.get(path).await.is(200).json();
    organisation["exclusions"] = json!({
        "own": ["+1212555*"], "never_looked_up": [], "never_logged": ["(415) 555-0100"],
        "business_hours": [{ "days": ["monday"], "from": "09:00:00", "until": "17:30:00" }],
    });
    let kept = admin.put(path, organisation.clone()).await.is(200).json();
    assert_eq!(kept["exclusions"], organisation["exclusions"]);
    // What is left out stays.
    let mut without = kept;
    without.as_object_mut().unwrap().remove("exclusions");
    let kept = admin.put(path, without).await.is(200).json();
    assert_eq!(kept["exclusions"], organisation["exclusions"]);
}
