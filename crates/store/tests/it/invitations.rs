//! Invitations that go out by mail.

use linecard_store::{AccountId, DueInvitation};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::account;

on_both_databases!(
    what_is_asked_for_is_due_at_once_and_handed_out_to_one,
    what_nobody_came_back_about_is_due_again,
    a_mail_that_was_sent_or_given_up_is_not_due_until_it_is_asked_for_again,
    when_no_mail_goes_out_all_wait_and_the_oldest_are_given_up,
    who_may_not_sign_in_or_has_is_mailed_nothing,
);

impl Fixture {
    async fn invites(&self, email: &str) -> AccountId {
        let mut unit = self.begin().await;
        let made = unit.accounts().create(account(email)).await.unwrap();
        unit.invitations().ask(made.id).await.unwrap();
        unit.commit().await.unwrap();
        made.id
    }

    async fn takes_invitation(&self) -> Option<DueInvitation> {
        let mut unit = self.begin().await;
        let taken = unit.invitations().take(self.later(120)).await.unwrap();
        unit.commit().await.unwrap();
        taken
    }
}

async fn what_is_asked_for_is_due_at_once_and_handed_out_to_one(fixture: &Fixture) {
    let ada = fixture.invites("ada@example.com").await;
    fixture.advance(1);
    let eve = fixture.invites("eve@example.com").await;
    let first = fixture.takes_invitation().await.unwrap();
    assert_eq!((first.account, first.attempt), (ada, 1));
    assert_eq!(fixture.takes_invitation().await.unwrap().account, eve);
    assert_eq!(fixture.takes_invitation().await, None);
}

async fn what_nobody_came_back_about_is_due_again(fixture: &Fixture) {
    fixture.invites("ada@example.com").await;
    fixture.takes_invitation().await.unwrap();
    fixture.advance(119);
    assert_eq!(fixture.takes_invitation().await, None);
    fixture.advance(1);
    assert_eq!(fixture.takes_invitation().await.unwrap().attempt, 2);
}

async fn a_mail_that_was_sent_or_given_up_is_not_due_until_it_is_asked_for_again(
    fixture: &Fixture,
) {
    let ada = fixture.invites("ada@example.com").await;
    let taken = fixture.takes_invitation().await.unwrap();
    let mut unit = fixture.begin().await;
    unit.invitations().sent(&taken).await.unwrap();
    let mail = unit.invitations().of(ada).await.unwrap().mail.unwrap();
    assert_eq!((mail.sent, mail.due), (Some(fixture.now()), None));
    unit.invitations().ask(ada).await.unwrap();
    unit.commit().await.unwrap();
    let taken = fixture.takes_invitation().await.unwrap();
    assert_eq!(taken.attempt, 1);
    let mut unit = fixture.begin().await;
    let why = ("refused", "no such user");
    unit.invitations().failed(&taken, None, why).await.unwrap();
    let mail = unit.invitations().of(ada).await.unwrap().mail.unwrap();
    assert_eq!((mail.sent, mail.due), (None, None));
    assert_eq!(mail.words.as_deref(), Some("no such user"));
    unit.commit().await.unwrap();
    fixture.advance(1_000);
    assert_eq!(fixture.takes_invitation().await, None);
    let mut unit = fixture.begin().await;
    unit.invitations().try_again().await.unwrap();
    unit.commit().await.unwrap();
    assert!(fixture.takes_invitation().await.is_some());
}

async fn when_no_mail_goes_out_all_wait_and_the_oldest_are_given_up(fixture: &Fixture) {
    let ada = fixture.invites("ada@example.com").await;
    fixture.advance(60);
    let eve = fixture.invites("eve@example.com").await;
    let oldest = fixture.now();
    let due = fixture.later(300);
    let mut unit = fixture.begin().await;
    let why = ("unreachable", "connection refused");
    let put_off = unit.invitations().all_failed(due, oldest, why).await;
    put_off.unwrap();
    let all = unit.invitations().list().await.unwrap();
    let dues = [ada, eve].map(|id| all[&id].mail.as_ref().unwrap().due);
    assert_eq!(dues, [None, Some(due)]);
}

async fn who_may_not_sign_in_or_has_is_mailed_nothing(fixture: &Fixture) {
    let ada = fixture.invites("ada@example.com").await;
    let eve = fixture.invites("eve@example.com").await;
    let mut unit = fixture.begin().await;
    let now = fixture.now();
    unit.accounts().set_disabled(ada, Some(now)).await.unwrap();
    unit.accounts().signed_in(eve).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(fixture.takes_invitation().await, None);
}
