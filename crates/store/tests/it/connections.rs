//! The CRMs that are joined.

use linecard_crm::{Advice, AdviceCode, User};
use linecard_rules::journal::Options;
use linecard_rules::terms::{Mode, Terms};
use linecard_store::{Binding, Checked, Probed, Problem, UpdateError};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{call, connection, entry, extension, grant, job, texts};

on_both_databases!(
    a_new_connection_is_on_and_not_signed_in,
    the_oldest_connection_of_a_kind_is_found,
    settings_change_with_their_version,
    e7_what_is_chosen_about_the_journal_has_a_version_of_its_own,
    x3_x16_the_terms_of_use_have_a_version_of_their_own,
    a2_connections_stand_in_the_order_that_was_chosen_and_a_new_one_last,
    a13_what_the_last_look_showed_is_kept,
    h6_a_connection_can_be_on_its_way_out,
    one_node_at_a_time_may_renew_a_grant,
    a_right_to_renew_that_was_not_given_back_ends_by_itself,
    a_node_that_starts_again_gives_back_its_own_right_to_renew_and_no_others,
    a_grant_can_be_kept_replaced_and_taken_away,
    who_gave_consent_is_kept,
    h1_switching_off_keeps_everything_else,
    a_problem_is_kept_until_it_is_over,
    b1_the_users_are_the_ones_fetched_last,
    h4_a_disconnected_crm_leaves_nothing_but_history,
);

async fn a_new_connection_is_on_and_not_signed_in(fixture: &Fixture) {
    let made = fixture.connection().await;
    assert!(made.enabled);
    assert_eq!((made.version, made.created), (1, fixture.now()));
    assert_eq!(
        (&made.organisation, &made.user, &made.problem),
        (&None, &None, &None)
    );

    let mut unit = fixture.read().await;
    let mut connections = unit.connections();
    assert_eq!(connections.get(made.id).await.unwrap(), Some(made.clone()));
    assert!(connections.grant(made.id).await.unwrap().is_none());
    let secrets = connections.secrets(made.id).await.unwrap();
    assert_eq!(
        secrets,
        texts(&[("client_secret", "client-secret-in-clear")])
    );
}

async fn the_oldest_connection_of_a_kind_is_found(fixture: &Fixture) {
    let first = fixture.connection().await;
    fixture.advance(1);
    let second = fixture.connection().await;
    let mut unit = fixture.read().await;
    let mut connections = unit.connections();
    assert_eq!(
        connections.by_kind("salesforce").await.unwrap(),
        Some(first.clone())
    );
    assert_eq!(connections.by_kind("zoho").await.unwrap(), None);
    assert_eq!(connections.list().await.unwrap(), [first, second]);
}

async fn e7_what_is_chosen_about_the_journal_has_a_version_of_its_own(fixture: &Fixture) {
    let made = fixture.connection().await;
    assert_eq!(made.journal, Options::default());
    let chosen = Options {
        answering_agent_only: true,
        subject: "{{Call_Log_Status}}".to_owned(),
        ..Options::default()
    };
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    connections.set_journal(made.id, 0, &chosen).await.unwrap();
    let late = connections
        .set_journal(made.id, 0, &Options::default())
        .await;
    assert!(matches!(late, Err(UpdateError::Conflict)));
    unit.commit().await.unwrap();

    let mut unit = fixture.read().await;
    let kept = unit.connections().get(made.id).await.unwrap().unwrap();
    assert_eq!((kept.journal, kept.journal_version), (chosen, 1));
    assert_eq!(kept.version, made.version);
}

async fn x3_x16_the_terms_of_use_have_a_version_of_their_own(fixture: &Fixture) {
    let made = fixture.connection().await;
    assert_eq!(made.terms, Terms::default());
    let chosen = Terms {
        mode: Mode::DryRun,
        ..Terms::default()
    };
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    connections.set_terms(made.id, 0, &chosen).await.unwrap();
    let late = connections.set_terms(made.id, 0, &Terms::default()).await;
    assert!(matches!(late, Err(UpdateError::Conflict)));
    unit.commit().await.unwrap();

    let mut unit = fixture.read().await;
    let kept = unit.connections().get(made.id).await.unwrap().unwrap();
    assert_eq!((kept.terms, kept.terms_version), (chosen, 1));
    assert_eq!((kept.version, kept.journal_version), (1, 0));
}

async fn a2_connections_stand_in_the_order_that_was_chosen_and_a_new_one_last(fixture: &Fixture) {
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(fixture.connection().await.id);
        fixture.advance(1);
    }
    ids.reverse();
    let mut unit = fixture.begin().await;
    unit.connections().set_order(&ids).await.unwrap();
    unit.commit().await.unwrap();
    ids.push(fixture.connection().await.id);
    let listed = fixture.read().await.connections().list().await.unwrap();
    let listed: Vec<_> = listed.iter().map(|connection| connection.id).collect();
    assert_eq!(listed, ids);
}

async fn a13_what_the_last_look_showed_is_kept(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let probed = Probed {
        at: fixture.now(),
        organisation_name: Some("Example & Sons".to_owned()),
        edition: None,
        checks: vec![Checked {
            ability: "list_users".to_owned(),
            code: Some("crm_permission".to_owned()),
            words: Some("insufficient scope".to_owned()),
            advice: Some(Advice::about(AdviceCode::WebhookScope, "crm")),
        }],
    };
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    connections.set_probe(id, &probed).await.unwrap();
    let kept = connections.get(id).await.unwrap().unwrap();
    assert_eq!(kept.probe, Some(probed));
}

async fn h6_a_connection_can_be_on_its_way_out(fixture: &Fixture) {
    let made = fixture.connection().await;
    assert!(!made.closing);
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    connections.set_closing(made.id, true).await.unwrap();
    assert!(connections.get(made.id).await.unwrap().unwrap().closing);
}

async fn one_node_at_a_time_may_renew_a_grant(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let (now, until) = (fixture.now(), fixture.later(60));
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    assert!(
        connections
            .claim_renewal(id, "a", now, until)
            .await
            .unwrap()
    );
    assert!(
        !connections
            .claim_renewal(id, "b", now, until)
            .await
            .unwrap()
    );
    connections.release_renewal(id, "b").await.unwrap();
    assert!(
        !connections
            .claim_renewal(id, "b", now, until)
            .await
            .unwrap()
    );
    connections.release_renewal(id, "a").await.unwrap();
    assert!(
        connections
            .claim_renewal(id, "b", now, until)
            .await
            .unwrap()
    );
}

async fn a_right_to_renew_that_was_not_given_back_ends_by_itself(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let (now, until) = (fixture.now(), fixture.later(60));
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    assert!(
        connections
            .claim_renewal(id, "a", now, until)
            .await
            .unwrap()
    );
    let later = fixture.later(120);
    assert!(
        !connections
            .claim_renewal(id, "b", fixture.later(59), later)
            .await
            .unwrap()
    );
    assert!(
        connections
            .claim_renewal(id, "b", until, later)
            .await
            .unwrap()
    );
}

async fn a_node_that_starts_again_gives_back_its_own_right_to_renew_and_no_others(
    fixture: &Fixture,
) {
    let (mine, theirs) = (fixture.connection().await.id, fixture.connection().await.id);
    let (now, until) = (fixture.now(), fixture.later(60));
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    for (id, holder) in [(mine, "node/1"), (theirs, "node2/1")] {
        let claimed = connections.claim_renewal(id, holder, now, until).await;
        assert!(claimed.unwrap());
    }
    connections.release_renewals_of("node").await.unwrap();
    for (id, free) in [(mine, true), (theirs, false)] {
        let claimed = connections.claim_renewal(id, "node/2", now, until).await;
        assert_eq!(claimed.unwrap(), free);
    }
}

async fn settings_change_with_their_version(fixture: &Fixture) {
    let made = fixture.connection().await;
    let settings = texts(&[("login_url", "https://other.example")]);
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    connections
        .update(made.id, 1, &settings, &texts(&[]))
        .await
        .unwrap();
    let changed = connections.get(made.id).await.unwrap().unwrap();
    assert_eq!((changed.version, &changed.settings), (2, &settings));
    let secrets = connections.secrets(made.id).await.unwrap();
    assert_eq!(
        secrets,
        texts(&[("client_secret", "client-secret-in-clear")])
    );
    let second = connections
        .update(made.id, 1, &made.settings, &texts(&[]))
        .await;
    assert!(matches!(second, Err(UpdateError::Conflict)));
}

async fn a_grant_can_be_kept_replaced_and_taken_away(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    connections.set_grant(id, Some(&grant())).await.unwrap();
    assert!(connections.grant(id).await.unwrap() == Some(grant()));
    let mut refreshed = grant();
    "newer".clone_into(&mut refreshed.access_token);
    refreshed.refresh_token = None;
    connections.set_grant(id, Some(&refreshed)).await.unwrap();
    assert!(connections.grant(id).await.unwrap() == Some(refreshed));
    connections.set_grant(id, None).await.unwrap();
    assert!(connections.grant(id).await.unwrap().is_none());
}

async fn who_gave_consent_is_kept(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    connections.set_identity(id, "00D1", "0051").await.unwrap();
    let kept = connections.get(id).await.unwrap().unwrap();
    assert_eq!(kept.organisation.as_deref(), Some("00D1"));
    assert_eq!(kept.user.as_deref(), Some("0051"));
}

async fn h1_switching_off_keeps_everything_else(fixture: &Fixture) {
    let made = fixture.connection().await;
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    connections
        .set_grant(made.id, Some(&grant()))
        .await
        .unwrap();
    connections.set_enabled(made.id, false).await.unwrap();
    let mut off = connections.get(made.id).await.unwrap().unwrap();
    assert!(!off.enabled);
    assert!(connections.grant(made.id).await.unwrap().is_some());
    off.enabled = true;
    assert_eq!(off, made);
}

async fn a_problem_is_kept_until_it_is_over(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let problem = Problem {
        what: "sign_in".to_owned(),
        advice: Some(AdviceCode::NotSignedIn.into()),
        words: "expired access/refresh token".to_owned(),
        since: fixture.now(),
    };
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    connections.set_problem(id, Some(&problem)).await.unwrap();
    let kept = connections.get(id).await.unwrap().unwrap();
    assert_eq!(kept.problem, Some(problem));
    connections.set_problem(id, None).await.unwrap();
    let kept = connections.get(id).await.unwrap().unwrap();
    assert_eq!(kept.problem, None);
}

fn user(id: &str, name: &str) -> User {
    User {
        id: id.to_owned(),
        name: name.to_owned(),
        email: Some("shared@example.com".to_owned()),
        is_system: id == "3",
    }
}

async fn b1_the_users_are_the_ones_fetched_last(fixture: &Fixture) {
    let id = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    assert_eq!(unit.crm_users().fetched(id).await.unwrap(), None);
    let old = vec![user("1", "Ada"), user("2", "Bob")];
    unit.crm_users().replace(id, old).await.unwrap();
    fixture.advance(60);
    let new = vec![user("3", "Eve"), user("2", "Bob")];
    unit.crm_users().replace(id, new).await.unwrap();
    assert_eq!(
        unit.crm_users().list(id).await.unwrap(),
        [user("2", "Bob"), user("3", "Eve")]
    );
    assert_eq!(
        unit.crm_users().fetched(id).await.unwrap(),
        Some(fixture.now())
    );
}

async fn h4_a_disconnected_crm_leaves_nothing_but_history(fixture: &Fixture) {
    let system = fixture.phone_system().await;
    let id = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    unit.connections()
        .set_grant(id, Some(&grant()))
        .await
        .unwrap();
    unit.crm_users()
        .replace(id, vec![user("1", "Ada")])
        .await
        .unwrap();
    let bound = Binding {
        connection: id,
        crm_user: "1".to_owned(),
        extension: extension("101"),
    };
    unit.bindings().replace(id, vec![bound]).await.unwrap();
    let stored = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    let written = entry("e1", stored, id);
    unit.entries().insert(&written).await.unwrap();
    unit.jobs().enqueue(job(id, "e1", "lane")).await.unwrap();

    unit.connections().delete(id).await.unwrap();
    unit.commit().await.unwrap();

    let mut unit = fixture.read().await;
    assert_eq!(unit.connections().get(id).await.unwrap(), None);
    assert!(unit.connections().grant(id).await.unwrap().is_none());
    assert_eq!(unit.crm_users().list(id).await.unwrap(), []);
    assert_eq!(unit.bindings().list(id).await.unwrap(), []);
    assert_eq!(unit.jobs().next_due(id, "log").await.unwrap(), None);
    assert_eq!(
        unit.entries().get(&written.key).await.unwrap(),
        Some(written)
    );
    assert!(
        unit.connections()
            .by_kind(&connection().kind)
            .await
            .unwrap()
            .is_none()
    );
}
