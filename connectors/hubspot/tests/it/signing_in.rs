//! A service key, or a consent.

use std::collections::HashMap;
use std::sync::Arc;

use linecard_clock::TestClock;
use linecard_conformance::plan;
use linecard_crm::{
    Ability, AdviceCode, AuthorizationRequest, Connector as _, Consent, Failure, PersonNeeded,
    SignIn,
};
use linecard_http::{HttpClient, HttpSettings};
use linecard_sandbox::hubspot::{Fault, FaultKind, Sandbox, Switches};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::account::{Account, Grants, hubspot, settings, stand_in};

fn needed(failure: &Failure) -> Option<PersonNeeded> {
    match failure {
        Failure::NeedsPerson { what, .. } => Some(*what),
        _ => None,
    }
}

fn request() -> AuthorizationRequest {
    AuthorizationRequest {
        redirect_uri: "http://localhost/callback/".parse().unwrap(),
        state: "the-state".to_owned(),
        verifier: "v".repeat(43),
    }
}

/// Says yes on the consent page as Alice, and returns where the browser is sent.
async fn consent(sandbox: &Sandbox, authorize: &Url) -> Url {
    let http = HttpClient::new(HttpSettings {
        allow_private: true,
        ..HttpSettings::default()
    })
    .unwrap();
    let get = http::Request::get(authorize.as_str())
        .body(Vec::new())
        .unwrap();
    let page = http.send(get).await.unwrap();
    let page = String::from_utf8(page.into_body()).unwrap();
    let (_, after) = page.split_once("name=\"request\" value=\"").unwrap();
    let ticket = after.split('"').next().unwrap();
    let form = Serializer::new(String::new())
        .append_pair("request", ticket)
        .append_pair("user", "alice@acme.example")
        .append_pair("decision", "allow")
        .finish();
    let post = http::Request::post(format!("{}/oauth/authorize/consent", sandbox.base_url()))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form.into_bytes())
        .unwrap();
    let back = http.send(post).await.unwrap();
    back.headers()["location"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap()
}

async fn grant_by_consent(sandbox: &Sandbox, clock: Arc<TestClock>) -> linecard_crm::Grant {
    let kind = hubspot(clock);
    let settings = settings(sandbox.base_url(), "oauth");
    let authorize = kind.authorize(&settings, &request()).unwrap();
    let back = consent(sandbox, &authorize).await;
    let answer: HashMap<_, _> = back.query_pairs().into_owned().collect();
    assert_eq!(answer["state"], "the-state");
    let consent = Consent {
        code: answer["code"].clone(),
        extra: std::collections::BTreeMap::new(),
    };
    let grant = kind.exchange(&settings, &request(), &consent).await;
    let again = kind.exchange(&settings, &request(), &consent).await;
    assert_eq!(needed(&again.err().unwrap()), Some(PersonNeeded::SignIn));
    grant.unwrap_or_else(|failure| panic!("{failure}"))
}

#[tokio::test]
async fn a20_a_consent_becomes_a_connection_that_knows_whose_it_is() {
    let (sandbox, clock) = stand_in(Switches::default()).await;
    let grant = grant_by_consent(&sandbox, clock.clone()).await;
    assert_eq!(grant.organisation, "147893286");
    let settings = settings(sandbox.base_url(), "oauth");
    let crm = hubspot(clock)
        .open(&settings, Grants::holding(Some(grant)), plan())
        .unwrap_or_else(|failure| panic!("{failure}"));
    let probe = crm.probe().await.unwrap();
    assert_eq!(probe.identity.organisation, "147893286");
    assert_eq!(probe.identity.user, "alice@acme.example");
    assert!(
        probe.checks.iter().all(|check| check.result.is_ok()),
        "{probe:?}"
    );
}

#[tokio::test]
async fn a5_the_consent_page_is_asked_for_the_least_scopes_with_spaces_between() {
    let (sandbox, clock) = stand_in(Switches::default()).await;
    let settings = settings(sandbox.base_url(), "oauth");
    let address = hubspot(clock).authorize(&settings, &request()).unwrap();
    let query = address.query().unwrap();
    assert!(
        query.contains("oauth%20crm.objects.contacts.read"),
        "{query}"
    );
    assert!(
        query.contains("optional_scope=crm.objects.leads.read"),
        "{query}"
    );
    assert!(
        !query.contains("crm.objects.calls"),
        "it breaks the install: {query}"
    );
    assert!(query.contains("code_challenge_method=S256"), "{query}");
}

#[tokio::test]
async fn a20_a_service_key_is_tried_when_it_is_saved() {
    let (sandbox, clock) = stand_in(Switches::default()).await;
    let kind = hubspot(clock);
    let good = settings(sandbox.base_url(), "service_key");
    assert_eq!(kind.sign_in(&good), SignIn::Settings);
    let grant = kind.connect(&good).await;
    let grant = grant.unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(
        (grant.organisation.as_str(), grant.refresh_token),
        ("147893286", None)
    );

    let mut wrong = good.clone();
    wrong
        .0
        .insert("service_key".to_owned(), "pat-eu1-nonsense".to_owned());
    let refused = kind.connect(&wrong).await.err().unwrap();
    assert_eq!(needed(&refused), Some(PersonNeeded::SignIn));
    wrong.0.remove("service_key");
    let missing = kind.connect(&wrong).await.err().unwrap();
    assert_eq!(needed(&missing), Some(PersonNeeded::Configuration));
}

#[tokio::test]
async fn a_consent_page_is_the_way_in_where_the_admin_chose_it() {
    let (sandbox, clock) = stand_in(Switches::default()).await;
    let settings = settings(sandbox.base_url(), "oauth");
    assert_eq!(hubspot(clock).sign_in(&settings), SignIn::Consent);
}

#[tokio::test]
async fn a_key_that_was_ended_needs_a_person_and_names_hubspots_reason() {
    let account = Account::with_key().await;
    account.crm.users().await.unwrap();
    account.sandbox.revoke_grants();
    let refused = account.crm.users().await.unwrap_err();
    assert_eq!(needed(&refused), Some(PersonNeeded::SignIn));
    assert_eq!(refused.advice_code(), Some(AdviceCode::ServiceKey));
    assert!(
        refused.words().contains("credentials not found"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_refresh_token_that_is_no_longer_good_needs_a_person() {
    let account = Account::consented().await;
    account.sandbox.expire_access_tokens();
    account
        .sandbox
        .add_fault(Fault::new(FaultKind::BadRefreshToken, 1));
    let refused = account.crm.users().await.unwrap_err();
    assert_eq!(needed(&refused), Some(PersonNeeded::SignIn));
    assert!(refused.words().contains("BAD_REFRESH_TOKEN"), "{refused}");
}

#[tokio::test]
async fn an_expired_token_is_refreshed_once_for_all_and_the_refresh_token_stays() {
    let account = Account::consented().await;
    let before = account.grants.grant();
    account.sandbox.expire_access_tokens();
    let all = futures_util::future::join_all((0..8).map(|_| account.crm.users())).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(account.sandbox.requests_to("POST /oauth/2026-09/token"), 1);
    let after = account.grants.grant();
    assert_ne!(after.access_token, before.access_token);
    assert_eq!(after.refresh_token, before.refresh_token);
}

#[tokio::test]
async fn h4_a_disconnect_takes_the_consent_back_and_leaves_a_key_to_its_admin() {
    let account = Account::consented().await;
    assert_eq!(account.crm.revoke().await, Ok(()));
    let refused = account.crm.users().await.unwrap_err();
    assert_eq!(needed(&refused), Some(PersonNeeded::SignIn));
    let account = Account::with_key().await;
    assert_eq!(account.crm.revoke().await, Ok(()));
    account.crm.users().await.unwrap();
}

#[tokio::test]
async fn a13_a_missing_scope_is_named_in_the_check_list() {
    for with_category in [true, false] {
        let account = Account::consented().await;
        account.sandbox.switch(|switches| {
            switches.missing_scopes = vec!["crm.objects.contacts.write".to_owned()];
            switches.missing_scopes_category = with_category;
        });
        let probe = account.crm.probe().await.unwrap();
        for check in &probe.checks {
            let writes = [Ability::LogCalls, Ability::CreateContacts].contains(&check.ability);
            match &check.result {
                Err(failure) if writes => {
                    assert!(
                        failure.words().contains("crm.objects.contacts.write"),
                        "{failure}"
                    );
                }
                result => assert_eq!((result, writes), (&Ok(()), false), "{:?}", check.ability),
            }
        }
        assert!(
            account.sandbox.records("contacts").is_empty(),
            "nothing is written"
        );
    }
}

#[tokio::test]
async fn a13_an_account_without_leads_has_no_such_check() {
    for (has_leads, expected) in [(true, true), (false, false)] {
        let account = Account::consented().await;
        account
            .sandbox
            .switch(|switches| switches.leads = has_leads);
        let probe = account.crm.probe().await.unwrap();
        let is_there = probe
            .checks
            .iter()
            .any(|check| check.ability == Ability::ReadLeads);
        assert_eq!(is_there, expected);
    }
}

#[tokio::test]
async fn b1_b3_owners_are_listed_and_queues_and_leavers_are_not() {
    let account = Account::consented().await;
    let users = account.crm.users().await.unwrap();
    let names: Vec<_> = users.iter().map(|user| user.name.as_str()).collect();
    assert_eq!(names, ["Ada Admin", "Alice Adams", "Bob Brown"]);
    assert_eq!(
        users[1].id,
        account.owner("alice"),
        "the owner id, not the user id"
    );
}
