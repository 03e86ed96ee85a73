//! Joining a portal: what the admin pastes, what it is tried with, and what is said of it.

use std::sync::Arc;

use linecard_clock::TestClock;
use linecard_crm::{Ability, Advice, AdviceCode, Connector as _, Failure, PersonNeeded, SignIn};
use linecard_sandbox::bitrix24::{CrmMode, Fault, FaultKind, Options, SECRET, Sandbox, Webhook};

use crate::acme::{Acme, bitrix24, grant, options, settings};

async fn sandbox(options: Options) -> (Sandbox, Arc<TestClock>) {
    let clock = Arc::new(TestClock::at("2026-05-14T09:25:37Z".parse().unwrap()));
    let sandbox = Sandbox::start(options, clock.clone()).await.unwrap();
    (sandbox, clock)
}

/// Why there is no grant.
async fn refusal(options: Options) -> Failure {
    let (sandbox, clock) = sandbox(options).await;
    match grant(&sandbox, &clock).await {
        Err(failure) => failure,
        Ok(_) => panic!("it was taken"),
    }
}

fn with(webhook: Webhook) -> Options {
    Options {
        webhooks: vec![webhook],
        ..options()
    }
}

#[tokio::test]
async fn a18_a20_the_webhook_is_tried_with_one_request_and_kept_as_a_grant() {
    let (sandbox, clock) = sandbox(options()).await;
    let kind = bitrix24(&clock);
    let settings = settings(&sandbox.webhook_url());
    assert_eq!(kind.sign_in(&settings), SignIn::Settings);
    let Ok(grant) = kind.connect(&settings).await else {
        panic!("refused");
    };
    assert_eq!(sandbox.requests(), 1);
    assert_eq!(grant.access_token, SECRET);
    assert_eq!(grant.user, "1");
    assert_eq!(format!("http://{}", grant.organisation), sandbox.base_url());
}

#[tokio::test]
async fn a20_a_wrong_secret_is_said_in_the_portals_words_and_never_repeated() {
    let (sandbox, clock) = sandbox(options()).await;
    let pasted = sandbox.webhook_url().replace(SECRET, "anothersecret");
    match bitrix24(&clock).connect(&settings(&pasted)).await {
        Err(Failure::NeedsPerson {
            what: PersonNeeded::SignIn,
            words,
        }) => {
            assert_eq!(words.advice, Some(AdviceCode::WebhookGone.into()));
            assert!(words.contains("Invalid request credentials"), "{words}");
            assert!(!words.contains("anothersecret"), "{words}");
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[tokio::test]
async fn a_documented_status_that_differs_makes_no_difference() {
    let mut options = with(Webhook {
        secret: "other".to_owned(),
        ..Webhook::default()
    });
    options.switches.credentials_status = 403;
    let (sandbox, clock) = sandbox(options).await;
    let pasted = sandbox.webhook_url().replace("other", "wrong");
    let told = bitrix24(&clock).connect(&settings(&pasted)).await;
    assert!(matches!(
        told.err(),
        Some(Failure::NeedsPerson {
            what: PersonNeeded::SignIn,
            ..
        })
    ));
}

#[tokio::test]
async fn a19_a_webhook_that_lacks_a_scope_is_refused_and_the_scope_is_named() {
    for (scopes, named) in [
        (&["user"][..], (AdviceCode::WebhookScope, "crm")),
        (&["crm"][..], (AdviceCode::WebhookScope, "user")),
        (
            &["crm", "user_brief"][..],
            (AdviceCode::WebhookScopeBrief, "user"),
        ),
    ] {
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let refused = refusal(with(Webhook {
            scopes,
            ..Webhook::default()
        }))
        .await;
        let (code, scope) = named;
        let expected = Failure::advised(PersonNeeded::Permission, Advice::about(code, scope));
        assert_eq!(refused, expected);
    }
}

#[tokio::test]
async fn a_webhook_that_has_ended_needs_a_person() {
    let ended = Webhook {
        expires: "2026-05-01T00:00:00Z".parse().ok(),
        ..Webhook::default()
    };
    let refused = refusal(with(ended)).await;
    assert!(
        matches!(
            refused,
            Failure::NeedsPerson {
                what: PersonNeeded::SignIn,
                ..
            }
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a25_a_plan_without_interface_a_portal_that_moved_and_one_that_is_gone_are_told_apart() {
    use PersonNeeded::{Configuration, Permission};
    for (kind, what) in [
        (FaultKind::NoPlan, Permission),
        (FaultKind::Overload, Permission),
        (FaultKind::Moved, Configuration),
        (FaultKind::Deleted, Configuration),
    ] {
        let acme = Acme::new().await;
        acme.sandbox.add_fault(Fault::new(kind, 1));
        match acme.crm.users().await {
            Err(Failure::NeedsPerson {
                what: told, words, ..
            }) => {
                assert_eq!(told, what, "{kind:?}");
                assert!(!words.contains(SECRET), "{words}");
            }
            other => panic!("{kind:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a13_a_webhook_of_somebody_who_is_no_administrator_is_named_as_such() {
    let of_alice = Webhook {
        user: 2,
        ..Webhook::default()
    };
    let acme = Acme::with(with(of_alice), crate::acme::plan()).await;
    let identity = acme.crm.probe().await.unwrap().identity;
    assert_eq!(identity.user, "Alice Adams (no administrator)");
}

#[tokio::test]
async fn a13_a_portal_in_simple_mode_has_no_lines_about_leads() {
    let acme = Acme::switched(|switches| switches.crm_mode = CrmMode::Simple).await;
    let probe = acme.crm.probe().await.unwrap();
    let abilities: Vec<Ability> = probe.checks.iter().map(|check| check.ability).collect();
    assert_eq!(
        abilities,
        [
            Ability::ListUsers,
            Ability::ReadContacts,
            Ability::ReadAccounts,
            Ability::Search,
            Ability::LogCalls,
            Ability::CreateContacts,
        ]
    );
}

#[tokio::test]
async fn b3_guests_and_bots_are_nobodys_colleagues() {
    let acme = Acme::new().await;
    let users = acme.crm.users().await.unwrap();
    let names: Vec<&str> = users.iter().map(|user| user.name.as_str()).collect();
    assert_eq!(names, ["Ada Admin", "Alice Adams", "Bob Brown"]);
}

#[tokio::test]
async fn h4_a_webhook_is_taken_back_by_a_person_only_and_that_is_said() {
    let acme = Acme::new().await;
    match acme.crm.revoke().await {
        Err(failure @ Failure::Refused { .. }) => {
            assert_eq!(failure.advice_code(), Some(AdviceCode::WebhookStays));
        }
        other => panic!("{other:?}"),
    }
}
