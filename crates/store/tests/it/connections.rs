//! The CRMs that are joined.

use linecard_crm::User;
use linecard_rules::journal::Options;
use linecard_store::{Binding, NewJob, Problem, UpdateError};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{call, connection, entry, extension, grant, job, texts};

on_both_databases!(
    a_new_connection_is_on_and_not_signed_in,
    the_oldest_connection_of_a_kind_is_found,
    settings_change_with_their_version,
    e7_what_is_chosen_about_the_journal_has_a_version_of_its_own,
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
    };
    let mut unit = fixture.begin().await;
    let mut connections = unit.connections();
    connections.set_journal(made.id, 0, chosen).await.unwrap();
    let late = connections
        .set_journal(made.id, 0, Options::default())
        .await;
    assert!(matches!(late, Err(UpdateError::Conflict)));
    unit.commit().await.unwrap();

    let mut unit = fixture.read().await;
    let kept = unit.connections().get(made.id).await.unwrap().unwrap();
    assert_eq!((kept.journal, kept.journal_version), (chosen, 1));
    assert_eq!(kept.version, made.version);
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
    let new = NewJob {
        connection: Some(id),
        ..job("e1", "lane")
    };
    unit.jobs().enqueue(new).await.unwrap();

    unit.connections().delete(id).await.unwrap();
    unit.commit().await.unwrap();

    let mut unit = fixture.read().await;
    assert_eq!(unit.connections().get(id).await.unwrap(), None);
    assert!(unit.connections().grant(id).await.unwrap().is_none());
    assert_eq!(unit.crm_users().list(id).await.unwrap(), []);
    assert_eq!(unit.bindings().list(id).await.unwrap(), []);
    assert_eq!(unit.jobs().next_due().await.unwrap(), None);
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
