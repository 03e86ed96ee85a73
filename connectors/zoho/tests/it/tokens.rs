//! Tokens that end, limits, and what a connection may do (A12, A13, A25).

use futures_util::future::join_all;
use linecard_crm::{Ability, Failure, PersonNeeded};
use linecard_sandbox::zoho::{Fault, FaultKind, Switches};

use crate::connection::Connection;

#[tokio::test]
async fn an_expired_token_is_refreshed_once_for_all() {
    let connection = Connection::new().await;
    let before = connection.grants.held();
    connection.sandbox.expire_access_tokens();
    for users in join_all((0..20).map(|_| connection.crm.users())).await {
        assert_eq!(users.map(|users| users.len()), Ok(3));
    }
    assert_eq!(connection.sandbox.requests_to("POST /oauth/v2/token"), 1);
    let after = connection.grants.held();
    assert_ne!(after.access_token, before.access_token);
    assert_eq!(
        after.refresh_token, before.refresh_token,
        "a refresh brings none"
    );
}

#[tokio::test]
async fn a_token_endpoint_that_was_asked_too_often_is_left_alone_for_ten_minutes() {
    let connection = Connection::new().await;
    connection.sandbox.expire_access_tokens();
    connection
        .sandbox
        .add_fault(Fault::new(FaultKind::AccessDenied, 1));
    let ten_minutes = jiff::SignedDuration::from_mins(10);
    for _ in 0..3 {
        let Err(Failure::Throttled { until, .. }) = connection.crm.users().await else {
            panic!("not throttled");
        };
        let until = until
            .unwrap()
            .duration_since(linecard_conformance::started());
        assert_eq!(until, ten_minutes);
    }
    assert_eq!(connection.sandbox.requests_to("POST /oauth/v2/token"), 1);
    connection.clock.advance(ten_minutes);
    assert!(connection.crm.users().await.is_ok());
}

#[tokio::test]
async fn a_token_that_is_turned_down_even_after_a_refresh_needs_a_person() {
    let connection = Connection::new().await;
    connection
        .sandbox
        .add_fault(Fault::new(FaultKind::InvalidToken, 2));
    let refused = connection.crm.users().await;
    assert!(
        matches!(
            refused,
            Err(Failure::NeedsPerson {
                what: PersonNeeded::SignIn,
                ..
            })
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn h4_a_consent_that_was_taken_back_opens_nothing() {
    let connection = Connection::new().await;
    connection.crm.revoke().await.unwrap();
    let refused = connection.crm.users().await;
    assert!(
        matches!(
            refused,
            Err(Failure::NeedsPerson {
                what: PersonNeeded::SignIn,
                ..
            })
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn used_up_credits_stop_everything_until_some_are_free() {
    let connection = Connection::new().await;
    connection
        .sandbox
        .add_fault(Fault::new(FaultKind::LimitExceeded, 1));
    for _ in 0..2 {
        let refused = connection.crm.users().await;
        assert!(
            matches!(refused, Err(Failure::Throttled { until: Some(_), .. })),
            "{refused:?}"
        );
    }
    assert_eq!(connection.sandbox.requests_to("GET /crm/v8/users"), 1);
    connection
        .clock
        .advance(jiff::SignedDuration::from_mins(15));
    assert!(connection.crm.users().await.is_ok());
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_the_smallest_edition_answers() {
    let switches = Switches {
        concurrency: 5,
        ..Switches::default()
    };
    let connection = Connection::with(switches, &[]).await;
    connection
        .sandbox
        .add_fault(Fault::new(FaultKind::Delay, 20).lasting(20));
    for users in join_all((0..20).map(|_| connection.crm.users())).await {
        assert_eq!(users.map(|users| users.len()), Ok(3));
    }
}

#[tokio::test]
async fn b1_users_come_over_pages() {
    let switches = Switches {
        users_page_size: 2,
        ..Switches::default()
    };
    let connection = Connection::with(switches, &[]).await;
    assert_eq!(connection.crm.users().await.unwrap().len(), 3);
    assert_eq!(connection.sandbox.requests_to("GET /crm/v8/users"), 2);
}

/// What the check list says of an organisation of this kind.
async fn refused(switches: Switches) -> Vec<Ability> {
    let connection = Connection::with(switches, &[]).await;
    let probe = connection.crm.probe().await.unwrap();
    assert_eq!(connection.sandbox.records("Calls").len(), 0);
    let checks = probe.checks.into_iter();
    checks
        .filter(|check| check.result.is_err())
        .map(|check| check.ability)
        .collect()
}

#[tokio::test]
async fn a13_the_check_list_names_what_the_consent_does_not_cover() {
    let scopes = [
        "ZohoCRM.modules.ALL",
        "ZohoCRM.users.READ",
        "ZohoCRM.org.READ",
        "ZohoCRM.settings.ALL",
    ];
    let switches = Switches {
        granted_scopes: Some(scopes.map(str::to_owned).to_vec()),
        ..Switches::default()
    };
    assert_eq!(refused(switches).await, [Ability::Search]);
}

#[tokio::test]
async fn a13_the_check_list_names_modules_in_which_nothing_may_be_created() {
    let switches = Switches {
        read_only: vec!["Calls".to_owned(), "Leads".to_owned()],
        ..Switches::default()
    };
    assert_eq!(
        refused(switches).await,
        [Ability::LogCalls, Ability::CreateLeads]
    );
}

#[tokio::test]
async fn a_hidden_description_is_found_out_before_the_first_call_is_lost_in_it() {
    let mut switches = Switches::default();
    let hidden = vec!["Description".to_owned()];
    switches.hidden.insert("Calls".to_owned(), hidden);
    assert_eq!(refused(switches).await, [Ability::LogCalls]);
}
