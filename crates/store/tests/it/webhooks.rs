//! Addresses outside that are told of calls, and what each was told (X13).

use std::time::Duration;

use linecard_store::{
    DeliveryState, NewDelivery, Sent, UpdateError, WebhookChoice, WebhookDisabled, WebhookEndpoint,
    WebhookId,
};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::webhook;

on_both_databases!(
    x13_an_endpoint_reads_back_with_its_secrets,
    x13_the_second_of_two_admins_is_told_that_somebody_was_first,
    x13_who_is_switched_on_again_starts_without_a_stain,
    x13_nobody_is_told_of_the_same_twice,
    x13_a_message_that_is_being_sent_is_nobody_elses_until_its_lease_ends,
    x13_an_answer_that_comes_after_the_lease_changes_nothing,
    x13_what_was_sent_is_listed_and_can_be_sent_again,
    x13_what_is_removed_or_old_is_gone,
);

fn choice(name: &str) -> WebhookChoice {
    WebhookChoice {
        name: name.to_owned(),
        ..webhook().0
    }
}

async fn endpoint(fixture: &Fixture) -> WebhookEndpoint {
    let mut unit = fixture.begin().await;
    let (choice, secrets) = webhook();
    let made = unit.webhooks().create(choice, &secrets).await;
    unit.commit().await.unwrap();
    made.unwrap()
}

fn message(endpoint: WebhookId, key: &str) -> NewDelivery {
    NewDelivery {
        endpoint,
        event: "call.ended".to_owned(),
        event_key: key.to_owned(),
        body: format!("{{\"key\":\"{key}\"}}"),
    }
}

async fn put_in(fixture: &Fixture, endpoint: WebhookId, keys: &[&str]) -> usize {
    let messages = keys.iter().map(|key| message(endpoint, key)).collect();
    let mut unit = fixture.begin().await;
    let added = unit.deliveries().enqueue_all(messages).await.unwrap();
    unit.commit().await.unwrap();
    added
}

fn refused(fixture: &Fixture) -> Sent {
    Sent {
        at: fixture.now(),
        status: Some(503),
        words: Some("busy".to_owned()),
        took: Duration::from_millis(12),
    }
}

async fn x13_an_endpoint_reads_back_with_its_secrets(fixture: &Fixture) {
    let made = endpoint(fixture).await;
    assert_eq!((made.version, made.enabled), (1, true));
    let mut unit = fixture.read().await;
    assert_eq!(
        unit.webhooks().get(made.id).await.unwrap(),
        Some(made.clone())
    );
    assert_eq!(
        unit.webhooks().list().await.unwrap(),
        std::slice::from_ref(&made)
    );
    let opened = unit.webhooks().secrets(made.id).await.unwrap().unwrap();
    assert!(opened == webhook().1);
}

async fn x13_the_second_of_two_admins_is_told_that_somebody_was_first(fixture: &Fixture) {
    let id = endpoint(fixture).await.id;
    let mut unit = fixture.begin().await;
    let mut webhooks = unit.webhooks();
    webhooks.update(id, 1, &choice("First")).await.unwrap();
    let second = webhooks.update(id, 1, &choice("Second")).await;
    assert!(matches!(second, Err(UpdateError::Conflict)));
    assert_eq!(webhooks.get(id).await.unwrap().unwrap().name, "First");
}

async fn x13_who_is_switched_on_again_starts_without_a_stain(fixture: &Fixture) {
    let id = endpoint(fixture).await.id;
    let mut unit = fixture.begin().await;
    let mut webhooks = unit.webhooks();
    let since = Some(fixture.now());
    webhooks.set_failing(id, since).await.unwrap();
    webhooks
        .disable(id, WebhookDisabled::Failing)
        .await
        .unwrap();
    let off = webhooks.get(id).await.unwrap().unwrap();
    assert_eq!(off.disabled, Some(WebhookDisabled::Failing));
    assert_eq!((off.enabled, off.failing_since), (false, since));
    // An admin who had the page open before does not switch it on unawares.
    let unaware = webhooks.update(id, 1, &choice("CRM sync")).await;
    assert!(matches!(unaware, Err(UpdateError::Conflict)));
    webhooks
        .update(id, off.version, &choice("CRM sync"))
        .await
        .unwrap();
    let on = webhooks.get(id).await.unwrap().unwrap();
    assert_eq!(
        (on.enabled, on.disabled, on.failing_since),
        (true, None, None)
    );
}

async fn x13_nobody_is_told_of_the_same_twice(fixture: &Fixture) {
    let (one, other) = (endpoint(fixture).await.id, endpoint(fixture).await.id);
    assert_eq!(put_in(fixture, one, &["a", "b"]).await, 2);
    assert_eq!(put_in(fixture, one, &["b", "c"]).await, 1);
    assert_eq!(put_in(fixture, other, &["a"]).await, 1);
}

async fn x13_a_message_that_is_being_sent_is_nobody_elses_until_its_lease_ends(fixture: &Fixture) {
    let id = endpoint(fixture).await.id;
    put_in(fixture, id, &["a", "b"]).await;
    let mut unit = fixture.begin().await;
    let until = fixture.later(60);
    let leased = unit
        .deliveries()
        .lease(id, fixture.now(), until, 1)
        .await
        .unwrap();
    assert_eq!((leased.len(), leased[0].attempt), (1, 1));
    let rest = unit
        .deliveries()
        .lease(id, fixture.now(), until, 9)
        .await
        .unwrap();
    assert_eq!(rest.len(), 1);
    assert_ne!(rest[0].id, leased[0].id);
    assert_eq!(unit.deliveries().next_due(id).await.unwrap(), Some(until));
    let again = unit
        .deliveries()
        .lease(id, until, fixture.later(120), 9)
        .await
        .unwrap();
    assert_eq!(again.len(), 2);
    assert!(again.iter().all(|it| it.attempt == 2));
}

async fn x13_an_answer_that_comes_after_the_lease_changes_nothing(fixture: &Fixture) {
    let id = endpoint(fixture).await.id;
    put_in(fixture, id, &["a"]).await;
    let mut unit = fixture.begin().await;
    let mut deliveries = unit.deliveries();
    let until = fixture.later(60);
    let slow = deliveries
        .lease(id, fixture.now(), until, 1)
        .await
        .unwrap()
        .remove(0);
    let next = deliveries
        .lease(id, until, fixture.later(120), 1)
        .await
        .unwrap()
        .remove(0);
    let taken = Sent {
        status: Some(200),
        words: None,
        ..refused(fixture)
    };
    deliveries
        .sent(&next, &taken, DeliveryState::Delivered, None)
        .await
        .unwrap();
    let late = Some(fixture.later(300));
    deliveries
        .sent(&slow, &refused(fixture), DeliveryState::Waiting, late)
        .await
        .unwrap();
    let kept = deliveries.get(next.id).await.unwrap().unwrap();
    assert_eq!(
        (kept.state, kept.last),
        (DeliveryState::Delivered, Some(taken))
    );
}

async fn x13_what_was_sent_is_listed_and_can_be_sent_again(fixture: &Fixture) {
    let (id, other) = (endpoint(fixture).await.id, endpoint(fixture).await.id);
    put_in(fixture, id, &["a"]).await;
    fixture.advance(1);
    put_in(fixture, id, &["b"]).await;
    let mut unit = fixture.begin().await;
    let mut deliveries = unit.deliveries();
    let first = deliveries
        .lease(id, fixture.now(), fixture.later(60), 1)
        .await
        .unwrap()
        .remove(0);
    let failed = refused(fixture);
    deliveries
        .sent(&first, &failed, DeliveryState::Failed, None)
        .await
        .unwrap();
    let listed = deliveries.recent(id, 10).await.unwrap();
    let bodies: Vec<_> = listed.iter().map(|it| it.body.as_str()).collect();
    assert_eq!(bodies, ["{\"key\":\"b\"}", "{\"key\":\"a\"}"]);
    assert_eq!(
        (listed[1].state, &listed[1].last),
        (DeliveryState::Failed, &Some(failed))
    );
    assert_eq!(deliveries.waiting(id).await.unwrap(), 1);
    assert!(
        !deliveries.resend(other, first.id).await.unwrap(),
        "another endpoint's"
    );
    assert!(deliveries.resend(id, first.id).await.unwrap());
    let again = deliveries
        .lease(id, fixture.now(), fixture.later(60), 9)
        .await
        .unwrap();
    assert!(again.iter().any(|it| it.id == first.id && it.attempt == 1));
}

async fn x13_what_is_removed_or_old_is_gone(fixture: &Fixture) {
    let id = endpoint(fixture).await.id;
    put_in(fixture, id, &["old"]).await;
    fixture.advance(10);
    put_in(fixture, id, &["new"]).await;
    let mut unit = fixture.begin().await;
    assert_eq!(
        unit.deliveries()
            .forget_waiting_before(fixture.now())
            .await
            .unwrap(),
        1
    );
    assert_eq!(unit.deliveries().recent(id, 10).await.unwrap().len(), 1);
    unit.webhooks().delete(id).await.unwrap();
    assert_eq!(unit.deliveries().recent(id, 10).await.unwrap(), []);
    assert!(unit.webhooks().secrets(id).await.unwrap().is_none());
}
