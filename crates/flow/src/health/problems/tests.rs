//! What is found, shown and told, out of parts that are put together by hand.

use std::collections::BTreeMap;

use linecard_crm::AdviceCode;
use linecard_pbx::Abilities;
use linecard_rules::alerts::Trouble;
use linecard_store::{JobCounts, WebhookDisabled};

use super::*;
use crate::LinkStatus;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap()
}

fn why(kind: ProblemKind) -> Problem {
    Problem {
        kind,
        words: "their words".to_owned(),
    }
}

fn link(state: LinkState, notices: Vec<Problem>) -> LinkHealth {
    LinkHealth {
        system: linecard_store::PhoneSystem {
            id: "01900000-0000-7000-8000-000000000001".parse().unwrap(),
            kind: "fake".to_owned(),
            name: "Office".to_owned(),
            settings: BTreeMap::new(),
            version: 1,
            paused: None,
        },
        status: Some(LinkStatus {
            state,
            since: at(1),
            notices,
            abilities: Abilities::default(),
        }),
    }
}

fn crm(counts: JobCounts) -> ConnectionHealth {
    ConnectionHealth {
        connection: linecard_store::Connection {
            id: "01900000-0000-7000-8000-000000000002".parse().unwrap(),
            kind: "fake".to_owned(),
            enabled: true,
            settings: BTreeMap::new(),
            organisation: Some("00D".to_owned()),
            user: None,
            problem: None,
            version: 1,
            journal: linecard_rules::journal::Options::default(),
            journal_version: 0,
            terms: linecard_rules::terms::Terms::default(),
            terms_version: 0,
            probe: None,
            closing: false,
            paused: None,
            restored: None,
            created: at(0),
        },
        name: "Fake CRM".to_owned(),
        trouble: None,
        usage: None,
        counts,
        refusal: None,
    }
}

/// What the page shows an hour after the start.
fn shown(parts: &Parts) -> Vec<HealthProblem> {
    of_page(findings(parts, at(60)))
}

/// What people may be told of then.
fn alarms(parts: &Parts) -> Vec<Trouble> {
    let all = findings(parts, at(60)).into_iter();
    all.filter_map(|it| Some(it.alarm?.trouble)).collect()
}

fn parts(links: Vec<LinkHealth>, connections: Vec<ConnectionHealth>) -> Parts {
    Parts {
        links,
        connections,
        ..Parts::default()
    }
}

fn found(links: Vec<LinkHealth>, connections: Vec<ConnectionHealth>) -> Vec<(Ill, bool)> {
    shown(&parts(links, connections))
        .into_iter()
        .map(|problem| (problem.ill, problem.needs_person))
        .collect()
}

#[test]
fn x7_nothing_is_told_while_all_is_well() {
    let up = LinkState::Up {
        version: "1".to_owned(),
    };
    let fresh = JobCounts {
        waiting: 3,
        oldest: Some(at(50)),
        ..JobCounts::default()
    };
    assert_eq!(found(vec![link(up, Vec::new())], vec![crm(fresh)]), []);
}

#[test]
fn x7_what_needs_a_person_comes_before_what_passes() {
    let down = LinkState::Down(why(ProblemKind::Lost));
    let refused = JobCounts {
        parked: 2,
        ..JobCounts::default()
    };
    assert_eq!(
        found(vec![link(down, Vec::new())], vec![crm(refused)]),
        [
            (Ill::Refused(2), true),
            (Ill::Link(Some(ProblemKind::Lost)), false)
        ]
    );
}

#[test]
fn x7_what_most_was_refused_for_is_told_and_no_mail_says_whose_call_it_was() {
    let advice = Advice::about(AdviceCode::RightRead, "Lead");
    let mut refused = crm(JobCounts {
        parked: 2,
        ..JobCounts::default()
    });
    refused.refusal = Some(Words::from("no access to Ruth Vance").advising(advice.clone()));
    let parts = parts(vec![], vec![refused]);
    let told = shown(&parts);
    assert_eq!(told[0].words.as_deref(), Some("no access to Ruth Vance"));
    assert_eq!(told[0].advice.as_ref(), Some(&advice));
    let mut alarms = findings(&parts, at(60)).into_iter().map(|it| it.alarm);
    let said = alarms.next().flatten().and_then(|alarm| alarm.words);
    let only_advice = Words {
        text: String::new(),
        advice: Some(advice),
    };
    assert_eq!(said, Some(only_advice));
}

#[test]
fn x7_a_link_that_is_up_tells_what_it_lacks() {
    let up = LinkState::Up {
        version: "1".to_owned(),
    };
    let notices = vec![why(ProblemKind::MissingRight)];
    let told = shown(&parts(vec![link(up, notices)], vec![]));
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].ill, Ill::LinkNotice(ProblemKind::MissingRight));
    assert_eq!(told[0].words.as_deref(), Some("their words"));
}

#[test]
fn x7_what_waits_long_is_told_unless_it_is_known_why() {
    let old = JobCounts {
        waiting: 4,
        waiting_for_person: 1,
        oldest: Some(at(40)),
        ..JobCounts::default()
    };
    assert_eq!(found(vec![], vec![crm(old)]), [(Ill::Waiting(5), false)]);
    let mut signed_out = crm(old);
    signed_out.connection.problem = Some(linecard_store::Problem {
        what: "sign_in".to_owned(),
        advice: None,
        words: "expired".to_owned(),
        since: at(30),
    });
    let sign_in = Ill::Crm("sign_in".to_owned());
    assert_eq!(found(vec![], vec![signed_out]), [(sign_in, true)]);
}

#[test]
fn x7_a_quota_is_told_when_it_is_nearly_used() {
    for (used, told) in [(899, vec![]), (900, vec![(Ill::Quota(90), false)])] {
        let mut health = crm(JobCounts::default());
        health.usage = Some(Usage {
            used,
            limit: Some(1_000),
            told: None,
            resets: None,
        });
        assert_eq!(found(vec![], vec![health]), told);
    }
}

#[test]
fn x7_a_certificate_that_ends_and_a_newer_one_that_cannot_be_used_are_both_told() {
    let certificate = Certificate {
        place: "home.pem".to_owned(),
        until: at(1_440),
        own_authority: false,
        refused: Some((at(30), "no key".to_owned())),
    };
    let parts = Parts {
        certificate: Some(certificate),
        ..Parts::default()
    };
    let told = shown(&parts);
    let ills: Vec<_> = told.iter().map(|it| &it.ill).collect();
    assert_eq!(ills, [&Ill::CertificateRefused, &Ill::CertificateEnds(0)]);
    assert_eq!(told[0].words.as_deref(), Some("no key"));
    assert_eq!(told[1].subject, "home.pem");
}

#[test]
fn of_a_crm_that_is_paused_by_a_restore_that_is_told_and_not_what_it_waits_for() {
    let mut paused = crm(JobCounts {
        waiting: 1,
        oldest: Some(at(1)),
        ..JobCounts::default()
    });
    paused.connection.paused = Some(at(2));
    let of_one = parts(vec![], vec![paused]);
    let told: Vec<_> = shown(&of_one).into_iter().map(|it| it.ill).collect();
    assert_eq!(told, [Ill::Crm(PAUSED.to_owned())]);
}

#[test]
fn h6_of_a_crm_that_is_switched_off_only_what_it_refused_is_told() {
    let mut off = crm(JobCounts {
        waiting: 1,
        oldest: Some(at(1)),
        ..JobCounts::default()
    });
    off.connection.enabled = false;
    assert_eq!(found(vec![], vec![off]), []);
}

#[test]
fn x7_what_the_page_shows_as_needing_a_person_is_what_people_are_told_of() {
    let mut signed_out = crm(JobCounts {
        parked: 2,
        ..JobCounts::default()
    });
    signed_out.connection.problem = Some(linecard_store::Problem {
        what: "sign_in".to_owned(),
        advice: None,
        words: "expired".to_owned(),
        since: at(30),
    });
    let rights = LinkState::NeedsPerson(why(ProblemKind::MissingRight));
    let all = Parts {
        links: vec![link(rights, Vec::new())],
        connections: vec![signed_out],
        webhooks: vec![WebhookEndpoint {
            id: "01900000-0000-7000-8000-000000000003".parse().unwrap(),
            name: "Pager".to_owned(),
            events: Vec::new(),
            personal: false,
            enabled: false,
            disabled: Some(WebhookDisabled::Failing),
            failing_since: None,
            version: 1,
            created: at(0),
        }],
        node: "office".to_owned(),
        disk: Some(Disk {
            free: 512 * MEBIBYTE,
            total: 1 << 40,
        }),
        certificate: Some(Certificate {
            place: "home.pem".to_owned(),
            until: at(1_440),
            own_authority: false,
            refused: Some((at(30), "no key".to_owned())),
        }),
    };
    let shown = shown(&all);
    assert!(shown.iter().all(|it| it.needs_person));
    let told = alarms(&all);
    let kinds: Vec<_> = told.iter().map(|it| (it.kind, it.amount)).collect();
    assert_eq!(
        kinds,
        [
            (Kind::LinkDown, None),
            (Kind::CrmNeedsPerson, None),
            (Kind::EntriesRefused, Some(2)),
            (Kind::WebhookOff, None),
            (Kind::DiskScarce, Some(512)),
            (Kind::CertificateRefused, None),
            (Kind::CertificateEnds, Some(0)),
        ]
    );
    assert_eq!(shown.len(), told.len());
}

#[test]
fn x7_from_when_on_a_backlog_and_a_quota_are_told_of_is_the_companys_choice() {
    let mut fresh = crm(JobCounts {
        waiting: 3,
        oldest: Some(at(59)),
        ..JobCounts::default()
    });
    fresh.usage = Some(Usage {
        used: 500,
        limit: Some(1_000),
        told: None,
        resets: None,
    });
    let parts = parts(vec![], vec![fresh]);
    assert_eq!(shown(&parts), []);
    let told: Vec<_> = alarms(&parts)
        .iter()
        .map(|it| (it.kind, it.since, it.amount))
        .collect();
    assert_eq!(
        told,
        [
            (Kind::Backlog, Some(at(59)), Some(3)),
            (Kind::QuotaNearlyUsed, None, Some(50))
        ]
    );
}

#[test]
fn x7_a_link_that_is_being_made_is_told_of_should_that_last() {
    let parts = parts(vec![link(LinkState::Connecting, Vec::new())], vec![]);
    assert_eq!(shown(&parts), []);
    let told: Vec<_> = alarms(&parts)
        .iter()
        .map(|it| (it.kind, it.since))
        .collect();
    assert_eq!(told, [(Kind::LinkDown, None)]);
}
