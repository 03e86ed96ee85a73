//! Who may do what: one table of every endpoint, held against the document that the endpoints
//! themselves make. An endpoint without a row fails, and so does a row without an endpoint.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::company::{Company, PASSWORD};
use crate::devices::bind;

/// Whom an endpoint is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    /// Everybody, signed in or not.
    Everybody,
    /// Everybody who is known, by a session or by a key.
    Known,
    /// Everybody at a page, for their own account: no program with a key.
    OwnAccount,
    /// Who has an extension, for that extension's own calls.
    OwnCalls,
    /// The same at a page: no program with a key.
    OwnCallsInPerson,
    /// Agents for their own extension's calls; those who look on, and admins, for everybody's.
    CallReaders,
    /// Those who look on, and admins.
    Supervisors,
    /// Admins.
    Admins,
    /// Admins at a page: no program with a key.
    AdminsInPerson,
    /// Dial plans, which show a token of their own.
    DialPlans,
    /// Devices, which show their token after the door; as an endpoint it answers nobody.
    Devices,
}

use For::{
    Admins, AdminsInPerson, CallReaders, Devices, DialPlans, Everybody, Known, OwnAccount,
    OwnCalls, OwnCallsInPerson, Supervisors,
};

/// Every endpoint; `/metrics` and `/health/…` stand beside the API.
const TABLE: &[(&str, &str, For)] = &[
    ("GET", "/accounts", Admins),
    ("POST", "/accounts", AdminsInPerson),
    ("POST", "/accounts/import", AdminsInPerson),
    ("PUT", "/accounts/{id}", AdminsInPerson),
    ("DELETE", "/accounts/{id}", AdminsInPerson),
    ("POST", "/accounts/{id}/disable", AdminsInPerson),
    ("POST", "/accounts/{id}/enable", AdminsInPerson),
    ("POST", "/accounts/{id}/invitation", AdminsInPerson),
    ("POST", "/accounts/{id}/link", AdminsInPerson),
    ("DELETE", "/accounts/{id}/second-factor", AdminsInPerson),
    ("GET", "/alerts", Admins),
    ("GET", "/alerts/settings", Admins),
    ("PUT", "/alerts/settings", Admins),
    ("GET", "/api-keys", Admins),
    ("POST", "/api-keys", AdminsInPerson),
    ("DELETE", "/api-keys/{id}", AdminsInPerson),
    ("GET", "/audit", Admins),
    ("GET", "/audit/export", Admins),
    ("GET", "/calls", CallReaders),
    ("GET", "/calls/export", CallReaders),
    ("GET", "/calls/queues", CallReaders),
    ("GET", "/calls/{id}/explanation", Supervisors),
    ("POST", "/contacts/delete", Admins),
    ("GET", "/contacts/duplicates", Admins),
    ("POST", "/contacts/merge", Admins),
    ("POST", "/contacts/move", Admins),
    ("POST", "/contacts/read-numbers", Admins),
    ("GET", "/contacts/{id}", Admins),
    ("PUT", "/contacts/{id}", Admins),
    ("GET", "/certificate-authority", Everybody),
    ("GET", "/crm", Supervisors),
    ("PUT", "/crm-order", Admins),
    ("GET", "/crm/{kind}", Admins),
    ("PUT", "/crm/{kind}", Admins),
    ("DELETE", "/crm/{kind}", Admins),
    ("POST", "/crm/{kind}/authorize", Admins),
    ("PUT", "/crm/{kind}/bindings", Admins),
    ("POST", "/crm/{kind}/bindings/auto", Admins),
    ("POST", "/crm/{kind}/connect", Admins),
    ("GET", "/crm/{kind}/created", Admins),
    ("POST", "/crm/{kind}/created/undo", Admins),
    ("GET", "/crm/{kind}/creation", Admins),
    ("PUT", "/crm/{kind}/creation", Admins),
    ("POST", "/crm/{kind}/disable", Admins),
    ("POST", "/crm/{kind}/enable", Admins),
    ("GET", "/crm/{kind}/follow-up", Admins),
    ("PUT", "/crm/{kind}/follow-up", Admins),
    ("GET", "/crm/{kind}/journal", Admins),
    ("PUT", "/crm/{kind}/journal", Admins),
    ("POST", "/crm/{kind}/journal/preview", Admins),
    ("GET", "/crm/{kind}/phonebook", Admins),
    ("PUT", "/crm/{kind}/phonebook", Admins),
    ("POST", "/crm/{kind}/phonebook/look", Admins),
    ("POST", "/crm/{kind}/probe", Admins),
    ("GET", "/crm/{kind}/terms", Admins),
    ("PUT", "/crm/{kind}/terms", Admins),
    ("GET", "/crm/{kind}/users", Admins),
    ("POST", "/crm/{kind}/users/refresh", Admins),
    ("GET", "/demo", Known),
    ("POST", "/demo/calls", Known),
    ("POST", "/demo/calls/{call}/answer", Known),
    ("POST", "/demo/calls/{call}/hang-up", Known),
    ("POST", "/demo/dial", Known),
    ("POST", "/demo/phones/{extension}/answer", Known),
    ("POST", "/demo/phones/{extension}/hang-up", Known),
    ("POST", "/desk/calls", OwnCalls),
    ("GET", "/desk/socket", OwnCalls),
    ("GET", "/devices", Admins),
    ("POST", "/devices/consent", OwnCallsInPerson),
    ("GET", "/devices/socket", Devices),
    ("DELETE", "/devices/{id}", AdminsInPerson),
    ("PUT", "/entries/{key}/late", Admins),
    ("POST", "/entries/{key}/log", Admins),
    ("GET", "/entries/{key}/matches", Admins),
    ("PUT", "/entries/{key}/record", Admins),
    ("POST", "/entries/{key}/replay", Admins),
    ("POST", "/explain", Supervisors),
    ("GET", "/extension-groups", Admins),
    ("POST", "/extension-groups", Admins),
    ("PUT", "/extension-groups/{id}", Admins),
    ("DELETE", "/extension-groups/{id}", Admins),
    ("GET", "/extensions", Supervisors),
    ("POST", "/extensions/discover", Admins),
    ("POST", "/extensions/import", Admins),
    ("PUT", "/extensions/{number}", Admins),
    ("DELETE", "/extensions/{number}", Admins),
    ("GET", "/extensions/{number}/pops", Admins),
    ("PUT", "/extensions/{number}/pops", Admins),
    ("GET", "/figures", CallReaders),
    ("GET", "/health", Supervisors),
    ("GET", "/home-check", Admins),
    ("POST", "/home-check", Admins),
    ("GET", "/home-check/{question}", Everybody),
    ("POST", "/imports", Admins),
    ("GET", "/imports/{id}", Admins),
    ("DELETE", "/imports/{id}", Admins),
    ("POST", "/imports/{id}/cancel", Admins),
    ("PUT", "/imports/{id}/file", Admins),
    ("POST", "/imports/{id}/preview", Admins),
    ("GET", "/imports/{id}/refused", Admins),
    ("GET", "/imports/{id}/refused.csv", Admins),
    ("POST", "/imports/{id}/resume", Admins),
    ("POST", "/imports/{id}/start", Admins),
    ("POST", "/imports/{id}/undo", Admins),
    ("POST", "/backups", AdminsInPerson),
    ("GET", "/paused-connections", Admins),
    ("POST", "/paused-connections/confirm", Admins),
    ("GET", "/duty-rules", Admins),
    ("PUT", "/duty-rules", Admins),
    ("GET", "/keeping", Admins),
    ("PUT", "/keeping", Admins),
    ("GET", "/mail", Admins),
    ("PUT", "/mail", Admins),
    ("DELETE", "/mail", Admins),
    ("POST", "/mail/test", Admins),
    ("POST", "/number-data/erase", AdminsInPerson),
    ("POST", "/number-data/export", AdminsInPerson),
    ("POST", "/number-data/find", Admins),
    ("POST", "/numbers/read", Admins),
    ("GET", "/openapi.json", Everybody),
    ("GET", "/organisation", Admins),
    ("PUT", "/organisation", Admins),
    ("GET", "/outbox", Supervisors),
    ("POST", "/outbox/replay", Admins),
    ("POST", "/outbox/{id}/replay", Admins),
    ("GET", "/phone-systems", Supervisors),
    ("POST", "/phone-systems", Admins),
    ("POST", "/phone-systems/probe", Admins),
    ("PUT", "/phone-systems/{id}", Admins),
    ("DELETE", "/phone-systems/{id}", Admins),
    ("GET", "/phone-systems/{id}/endpoints", Admins),
    ("GET", "/phonebooks", Admins),
    ("POST", "/phonebooks", Admins),
    ("PUT", "/phonebooks/{id}", Admins),
    ("DELETE", "/phonebooks/{id}", Admins),
    ("GET", "/phonebooks/{id}/contacts", Admins),
    ("POST", "/phonebooks/{id}/contacts", Admins),
    ("GET", "/phonebooks/{id}/export", Admins),
    ("GET", "/phonebooks/{id}/imports", Admins),
    ("GET", "/pop-default", Admins),
    ("PUT", "/pop-default", Admins),
    ("GET", "/route", DialPlans),
    ("GET", "/routing-token", Admins),
    ("POST", "/routing-token", Admins),
    ("DELETE", "/routing-token", Admins),
    ("GET", "/session", Known),
    ("POST", "/session", Everybody),
    ("DELETE", "/session", OwnAccount),
    ("GET", "/session/devices", OwnAccount),
    ("DELETE", "/session/devices/{id}", OwnAccount),
    ("PUT", "/session/language", OwnAccount),
    ("POST", "/session/link", Everybody),
    ("PUT", "/session/password", OwnAccount),
    ("GET", "/session/second-factor", OwnAccount),
    ("POST", "/session/second-factor", OwnAccount),
    ("POST", "/session/second-factor/confirm", OwnAccount),
    ("POST", "/session/second-factor/recovery-codes", OwnAccount),
    ("POST", "/session/second-factor/remove", OwnAccount),
    ("GET", "/session/ways", Everybody),
    ("GET", "/set-up", Everybody),
    ("POST", "/set-up", Everybody),
    ("GET", "/sign-in-rules", Admins),
    ("PUT", "/sign-in-rules", AdminsInPerson),
    ("GET", "/single-sign-on", Admins),
    ("PUT", "/single-sign-on", AdminsInPerson),
    ("POST", "/single-sign-on/test", Admins),
    ("GET", "/webhooks", Admins),
    ("POST", "/webhooks", Admins),
    ("PUT", "/webhooks/{id}", Admins),
    ("DELETE", "/webhooks/{id}", Admins),
    ("GET", "/webhooks/{id}/deliveries", Admins),
    (
        "POST",
        "/webhooks/{id}/deliveries/{delivery}/resend",
        Admins,
    ),
    ("POST", "/webhooks/{id}/secret", Admins),
    ("POST", "/webhooks/{id}/test", Admins),
];

const BESIDE: &[(&str, &str, For)] = &[
    ("GET", "/metrics", Supervisors),
    ("GET", "/health/live", Everybody),
    ("GET", "/health/ready", Everybody),
];

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Nobody,
    /// At extension 101.
    Agent,
    /// Has no extension; so has the admin.
    Supervisor,
    Admin,
}

/// What is answered to who is turned away; `None`: they are let in.
fn refusal(whom: For, role: Role, by_key: bool) -> Option<(u16, &'static str)> {
    let from = |least| (role < least).then_some((403, "forbidden"));
    match whom {
        Everybody => return None,
        DialPlans => return Some((401, "")),
        Devices => return Some((426, "not_a_socket")),
        _ if role == Role::Nobody => return Some((401, "not_signed_in")),
        _ => {}
    }
    match whom {
        Everybody | DialPlans | Devices | Known | CallReaders => None,
        OwnAccount => by_key.then_some((403, "in_person_only")),
        OwnCalls => (role != Role::Agent).then_some((403, "no_extension")),
        OwnCallsInPerson => (role != Role::Agent)
            .then_some((403, "no_extension"))
            .or(by_key.then_some((403, "in_person_only"))),
        Supervisors => from(Role::Supervisor),
        Admins => from(Role::Admin),
        AdminsInPerson => from(Role::Admin).or(by_key.then_some((403, "in_person_only"))),
    }
}

/// The codes by which callers are turned away before their request is looked at.
const REFUSALS: [&str; 7] = [
    "not_signed_in",
    "forbidden",
    "in_person_only",
    "no_extension",
    "must_enrol",
    "wrong_api_key",
    "account_disabled",
];

fn address(path: &str) -> String {
    let id = "01900000-0000-7000-8000-000000000001";
    path.replace("{kind}", "fake")
        .replace("{number}", "199")
        .replace("{extension}", "199")
        .replace("{call}", "fake.1")
        .replace("{key}", "none")
        .replace("{question}", "who")
        .replace("{id}", id)
}

#[track_caller]
fn holds(answer: &Answer, expected: Option<(u16, &str)>, what: &str) {
    let code = if answer.header("content-type") == "application/problem+json" {
        answer.code()
    } else {
        String::new()
    };
    match expected {
        Some((status, expected)) => {
            assert_eq!(answer.status, status, "{what}: {}", answer.text);
            assert_eq!(code, expected, "{what}");
        }
        None => assert!(
            !REFUSALS.contains(&code.as_str()) && answer.status != 401,
            "{what}: {}",
            answer.text
        ),
    }
}

async fn ask(caller: &Browser, method: &str, path: &str) -> Answer {
    let request = caller.request(method.parse::<Method>().unwrap(), path);
    let request = match method {
        "GET" => request,
        _ => request.json(&json!({})),
    };
    caller.send(request).await
}

#[tokio::test]
async fn every_endpoint_is_in_the_table_and_every_row_is_an_endpoint() {
    let company = Company::before_set_up().await;
    let browser = company.browser();
    let document = browser.get("/api/v1/openapi.json").await.is(200).json();
    let mut endpoints = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let own = path.strip_prefix("/api/v1").unwrap();
        for method in item.as_object().unwrap().keys() {
            endpoints.insert((method.to_uppercase(), own.to_owned()));
        }
    }
    for (method, path, _) in TABLE {
        let row = ((*method).to_owned(), (*path).to_owned());
        assert!(
            endpoints.remove(&row),
            "{method} {path} is no endpoint, or has two rows"
        );
    }
    assert!(
        endpoints.is_empty(),
        "say in the table who may use {endpoints:?}"
    );
}

#[tokio::test]
async fn every_endpoint_lets_in_whom_the_table_says_and_nobody_else() {
    let (company, admin) = Company::new().await;
    let (_, supervisor) = company.person(&admin, "Sue", "supervisor", None).await;
    let agent = company.agent(&admin).await;
    let people = [
        (Role::Nobody, company.browser()),
        (Role::Agent, agent),
        (Role::Supervisor, supervisor),
        (Role::Admin, admin),
    ];
    for (role, caller) in &people {
        let api = TABLE.iter().map(|row| (row, "/api/v1"));
        for ((method, path, whom), under) in api.chain(BESIDE.iter().map(|row| (row, ""))) {
            // This one ends the session that it comes with.
            let asks = match (*method, *path, role) {
                ("DELETE", "/session", Role::Agent) => signed_in(&company, "alice").await,
                ("DELETE", "/session", Role::Supervisor) => signed_in(&company, "sue").await,
                ("DELETE", "/session", Role::Admin) => signed_in(&company, "ada").await,
                _ => None,
            };
            let asks = asks.as_ref().unwrap_or(caller);
            let answer = ask(asks, method, &format!("{under}{}", address(path))).await;
            let what = format!("{role:?} {method} {path}");
            holds(&answer, refusal(*whom, *role, false), &what);
        }
    }
}

async fn signed_in(company: &Company, name: &str) -> Option<Browser> {
    let browser = company.browser();
    let who = json!({ "email": format!("{name}@example.com"), "password": PASSWORD });
    browser.post("/api/v1/session", who).await.is(200);
    Some(browser)
}

#[tokio::test]
async fn a_program_with_a_key_reaches_what_the_keys_role_reaches_and_nothing_that_gives_access() {
    let (company, admin) = Company::new().await;
    // The key's maker has an extension, or a key for an agent would be good for nothing.
    let (_, maker) = company.person(&admin, "Max", "admin", Some("103")).await;
    for (role, word) in [
        (Role::Agent, "agent"),
        (Role::Supervisor, "supervisor"),
        (Role::Admin, "admin"),
    ] {
        let wanted = json!({ "name": word, "role": word });
        let made = maker.post("/api/v1/api-keys", wanted).await.is(201).json();
        let program = Browser::program(&company.base, made["secret"].as_str().unwrap());
        let api = TABLE.iter().map(|row| (row, "/api/v1"));
        for ((method, path, whom), under) in api.chain(BESIDE.iter().map(|row| (row, ""))) {
            let expected = match whom {
                // The maker's own extension, with any key.
                OwnCalls => None,
                OwnCallsInPerson => Some((403, "in_person_only")),
                _ => refusal(*whom, role, true),
            };
            let answer = ask(&program, method, &format!("{under}{}", address(path))).await;
            holds(&answer, expected, &format!("key {role:?} {method} {path}"));
        }
    }
}

#[tokio::test]
async fn the_token_of_a_device_reaches_no_endpoint_and_neither_as_a_cookie() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let tokens = bind(&company, &agent).await;
    for name in ["access_token", "refresh_token"] {
        let token = tokens[name].as_str().unwrap();
        let as_key = Browser::program(&company.base, token);
        let as_cookie = company.browser();
        as_cookie.set_cookie(Some(format!("linecard_session={token}")));
        for (caller, code) in [(as_key, "wrong_api_key"), (as_cookie, "not_signed_in")] {
            let api = TABLE.iter().map(|row| (row, "/api/v1"));
            for ((method, path, whom), under) in api.chain(BESIDE.iter().map(|row| (row, ""))) {
                let expected = match whom {
                    Everybody | DialPlans | Devices => refusal(*whom, Role::Nobody, true),
                    _ => Some((401, code)),
                };
                let answer = ask(&caller, method, &format!("{under}{}", address(path))).await;
                holds(&answer, expected, &format!("{name} {method} {path}"));
            }
        }
    }
}
