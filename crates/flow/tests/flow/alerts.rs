//! People are told when something needs them (X7).

use std::time::Duration;

use linecard_clock::{Clock as _, SystemClock};
use linecard_crm::{Failure, PersonNeeded};
use linecard_flow::{AlertSettings, MailSecurity, MailSettings};
use linecard_rules::alerts::Options;
use linecard_store::Alert;
use serde_json::json;

use crate::inbox::Inbox;
use crate::office::crm::Answer;
use crate::office::{DEADLINE, Office};

const GRACE: &str = "+14155550134";

impl Office {
    /// Ada reads mail, and wants to know at once what has waited.
    async fn mails_to_ada(&self, inbox: &Inbox) {
        let mut company = self.flow.organisation().await.unwrap();
        company.home_addresses = vec!["https://linecard.example/".parse().unwrap()];
        self.flow.put_organisation(company).await.unwrap();
        let mail = MailSettings {
            host: "localhost".to_owned(),
            port: inbox.port,
            security: MailSecurity::Plain,
            user: None,
            sender: "linecard@example.com".to_owned(),
            sender_name: "Linecard".to_owned(),
            authority: None,
            version: 0,
        };
        let alerts = AlertSettings {
            recipients: vec!["ada@example.com".to_owned()],
            options: Options {
                link_down_minutes: None,
                backlog_minutes: None,
                ..Options::default()
            },
            ..AlertSettings::default()
        };
        let mut unit = self.flow.store().begin().await.unwrap();
        self.flow.mail().put(&mut unit, mail, None).await.unwrap();
        self.flow.alerts().put(&mut unit, alerts).await.unwrap();
        unit.commit().await.unwrap();
    }

    /// What people were told of, once `enough` says so.
    async fn alerts(&self, enough: impl Fn(&[Alert]) -> bool) -> Vec<Alert> {
        let all = async {
            loop {
                self.flow.alerts().look();
                let mut unit = self.flow.store().read().await.unwrap();
                let open = self.flow.alerts().open(&mut unit).await.unwrap();
                drop(unit);
                if enough(&open) {
                    return open;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(DEADLINE, all)
            .await
            .expect("never told")
    }
}

#[tokio::test]
async fn x7_a_revoked_consent_is_mailed_once_with_the_way_out() {
    let office = Office::open().await;
    let mut inbox = Inbox::open(&json!({})).await;
    office.mails_to_ada(&inbox).await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.answers([Answer::Fail(Failure::needs_person(
        PersonNeeded::SignIn,
        "expired access/refresh token",
    ))]);
    office.phones.answered_call("1.1", GRACE).await;
    let open = office.alerts(|open| open.iter().any(|it| it.mailed)).await;
    assert_eq!(open[0].kind, "crm_needs_person");
    let letter = inbox.next().await;
    assert_eq!(letter["to"], json!(["ada@example.com"]));
    let text = letter["text"].as_str().unwrap();
    assert!(text.contains("expired access/refresh token"), "{text}");
    let way_out = "https://linecard.example/integrations/crm/fake";
    assert!(text.contains(way_out), "{text}");
    for _ in 0..3 {
        office.flow.alerts().look();
    }
    assert_eq!(office.alerts(|_| true).await, open);
}

#[tokio::test]
async fn x7_an_alert_of_another_node_is_mailed_by_that_one() {
    let office = Office::open().await;
    let mut inbox = Inbox::open(&json!({})).await;
    office.mails_to_ada(&inbox).await;
    let now = SystemClock.now();
    let attic = Alert {
        key: "disk_scarce/attic".to_owned(),
        kind: "disk_scarce".to_owned(),
        name: "attic".to_owned(),
        page: "/health".to_owned(),
        amount: Some(7),
        words: None,
        since: now,
        raised: now,
        mailed: false,
        ended: None,
        node: "attic".to_owned(),
        looked: now,
    };
    let mut unit = office.flow.store().begin().await.unwrap();
    unit.alerts().raise(&attic).await.unwrap();
    unit.commit().await.unwrap();
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office
        .crm
        .answers([Answer::Fail(Failure::refused("inactive user"))]);
    office.phones.answered_call("1.1", GRACE).await;
    let open = office.alerts(|open| open.iter().any(|it| it.mailed)).await;
    let mailed = |alert: &Alert| (alert.kind.clone(), alert.mailed);
    assert_eq!(
        open.iter().map(mailed).collect::<Vec<_>>(),
        [
            ("disk_scarce".to_owned(), false),
            ("entries_refused".to_owned(), true)
        ]
    );
    let subject = inbox.next().await["subject"].as_str().unwrap().to_owned();
    assert!(subject.contains("refused 1 entries"), "{subject}");
}

#[tokio::test]
async fn x7_mail_that_was_not_taken_is_sent_when_the_server_is_back() {
    let office = Office::open().await;
    let refusing = Inbox::open(&json!({ "refuses": "ada@example.com" })).await;
    office.mails_to_ada(&refusing).await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office
        .crm
        .answers([Answer::Fail(Failure::refused("inactive user"))]);
    office.phones.answered_call("1.1", GRACE).await;
    let open = office.alerts(|open| !open.is_empty()).await;
    assert_eq!(
        (open[0].kind.as_str(), open[0].amount),
        ("entries_refused", Some(1))
    );
    assert!(!open[0].mailed);
    let mut inbox = Inbox::open(&json!({})).await;
    let mut unit = office.flow.store().begin().await.unwrap();
    let (settings, _) = office
        .flow
        .mail()
        .settings(&mut unit)
        .await
        .unwrap()
        .unwrap();
    let there = MailSettings {
        port: inbox.port,
        ..settings
    };
    office
        .flow
        .mail()
        .put(&mut unit, there, None)
        .await
        .unwrap();
    unit.commit().await.unwrap();
    office.alerts(|open| open.iter().any(|it| it.mailed)).await;
    let subject = inbox.next().await["subject"].as_str().unwrap().to_owned();
    assert!(subject.contains("refused 1 entries"), "{subject}");
}
