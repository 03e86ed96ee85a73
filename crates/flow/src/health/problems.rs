//! What is wrong, out of how the parts are. Pure.

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Advice, Usage, Words};
use linecard_pbx::{LinkState, Problem, ProblemKind};
use linecard_rules::alerts::Kind;
use linecard_store::WebhookEndpoint;

use super::{Alarm, Certificate, ConnectionHealth, Disk, Finding, LinkHealth, Parts};
use crate::TroubleKind;

/// What waits longer than this, although nothing else is wrong, deserves a look.
const LONG_WAIT: SignedDuration = SignedDuration::from_mins(15);
/// From this part of the day's quota on it is told, in percent.
const QUOTA_NEARLY_USED: u64 = 90;
const MEBIBYTE: u64 = 1 << 20;

/// The stable word for a CRM that was paused by a restore.
const PAUSED: &str = "paused";

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthProblem {
    /// What.
    pub ill: Ill,
    /// Whether it stays so until somebody acts.
    pub needs_person: bool,
    /// Whose it is, for people: the name of a phone system, of a CRM. Empty: Linecard's own.
    pub subject: String,
    /// The kind of CRM, where it is one's.
    pub crm: Option<String>,
    /// Since when, where that is known.
    pub since: Option<Timestamp>,
    /// The other side's own words.
    pub words: Option<String>,
    /// What Linecard knows about it.
    pub advice: Option<Advice>,
}

impl HealthProblem {
    /// The other side's words with what Linecard knows about it; `None`: nothing was said.
    pub(super) fn said(&self) -> Option<Words> {
        let words = Words {
            text: self.words.clone().unwrap_or_default(),
            advice: self.advice.clone(),
        };
        (!words.is_nothing()).then_some(words)
    }
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ill {
    /// The link to a phone system is not up; `None`: its settings cannot be used.
    Link(Option<ProblemKind>),
    /// Something is wrong although the link is up.
    LinkNotice(ProblemKind),
    /// A CRM stands still: the stable word of what is wrong.
    Crm(String),
    /// A CRM refused so many entries.
    Refused(u64),
    /// So many entries have waited long, although the CRM works.
    Waiting(u64),
    /// So many percent of a CRM's quota are used.
    Quota(u64),
    /// The disk is nearly full.
    Disk(Disk),
    /// The certificate is valid for so many days only.
    CertificateEnds(u64),
    /// A newer certificate could not be used.
    CertificateRefused,
    /// Linecard has switched a webhook off.
    WebhookOff,
}

impl Ill {
    /// The stable word for it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Link(_) => "link",
            Self::LinkNotice(_) => "link_notice",
            Self::Crm(_) => "crm",
            Self::Refused(_) => "refused",
            Self::Waiting(_) => "waiting",
            Self::Quota(_) => "quota",
            Self::Disk(_) => "disk",
            Self::CertificateEnds(_) => "certificate_ends",
            Self::CertificateRefused => "certificate_refused",
            Self::WebhookOff => "webhook_off",
        }
    }
}

/// Everything that is not as it should be.
pub(super) fn findings(parts: &Parts, now: Timestamp) -> Vec<Finding> {
    let links = parts.links.iter().flat_map(of_link);
    let connections = parts.connections.iter();
    let connections = connections.flat_map(|it| of_connection(it, now));
    let webhooks = parts.webhooks.iter().filter_map(of_webhook);
    let disk = parts.disk.iter().filter(|disk| disk.is_scarce());
    let disk = disk.map(|disk| of_disk(*disk, &parts.node));
    let certificate = parts.certificate.iter();
    let certificate = certificate.flat_map(|it| of_certificate(it, now));
    links
        .chain(connections)
        .chain(webhooks)
        .chain(disk)
        .chain(certificate)
        .collect()
}

/// What the Health page shows of it: what needs a person first; of those alike the newest first.
pub(super) fn of_page(findings: Vec<Finding>) -> Vec<HealthProblem> {
    let mut all: Vec<_> = findings.into_iter().filter_map(|it| it.problem).collect();
    all.sort_by_key(|problem| (!problem.needs_person, Reverse(problem.since)));
    all
}

const PHONE_SYSTEM: &str = "/phone-system";
const NOT_WRITTEN: &str = "/calls/not-written";
const WEBHOOKS: &str = "/settings/webhooks";
const HEALTH: &str = "/health";

fn of_link(link: &LinkHealth) -> Vec<Finding> {
    let problem = |ill, needs_person, since, words: Option<&str>| HealthProblem {
        ill,
        needs_person,
        subject: link.system.name.clone(),
        crm: None,
        since,
        words: words.filter(|it| !it.is_empty()).map(str::to_owned),
        advice: None,
    };
    // A link that comes and goes is told of when it has been away for long: from when on is counted
    // over its attempts. Of one that a restore paused, whoever restored knows.
    let alarm = |problem: &HealthProblem| {
        let alarm = Alarm::of(problem, Kind::LinkDown, &link.system.id, PHONE_SYSTEM);
        link.system
            .paused
            .is_none()
            .then(|| alarm.since_first_look())
    };
    let Some(status) = &link.status else {
        let problem = problem(Ill::Link(None), true, None, None);
        return vec![Finding {
            alarm: alarm(&problem),
            problem: Some(problem),
        }];
    };
    let since = Some(status.since);
    let down = |why: &Problem, needs_person| {
        let ill = Ill::Link(Some(why.kind));
        let problem = problem(ill, needs_person, since, Some(&why.words));
        Finding {
            alarm: alarm(&problem),
            problem: Some(problem),
        }
    };
    let down = match &status.state {
        LinkState::Up { .. } => None,
        LinkState::Down(why) => Some(down(why, false)),
        LinkState::NeedsPerson(why) => Some(down(why, true)),
        // No problem yet; should it last, people are told.
        LinkState::Connecting => Some(Finding {
            alarm: alarm(&problem(Ill::Link(None), false, since, None)),
            problem: None,
        }),
    };
    let notices = status.notices.iter().map(|Problem { kind, words }| {
        // What could not be understood was left out; nobody can put that right here.
        let needs_person = *kind != ProblemKind::Garbled;
        Finding {
            problem: Some(problem(
                Ill::LinkNotice(*kind),
                needs_person,
                None,
                Some(words),
            )),
            alarm: None,
        }
    });
    down.into_iter().chain(notices).collect()
}

fn of_connection(health: &ConnectionHealth, now: Timestamp) -> Vec<Finding> {
    let connection = &health.connection;
    let problem = |ill, needs_person, since, words: Option<&str>| HealthProblem {
        ill,
        needs_person,
        subject: health.name.clone(),
        crm: Some(connection.kind.clone()),
        since,
        words: words.filter(|it| !it.is_empty()).map(str::to_owned),
        advice: None,
    };
    let own_page = format!("/integrations/crm/{}", connection.kind);
    let id = &connection.id;
    let is_used = connection.enabled && connection.organisation.is_some();
    let mut found = Vec::new();
    // `shown`: nothing else says why it is so.
    let mut tell = |problem: HealthProblem, shown: bool, alarm: Option<Alarm>| {
        found.push(Finding {
            problem: shown.then_some(problem),
            alarm: alarm.filter(|_| connection.enabled),
        });
    };
    if let Some(since) = connection.paused {
        // Whoever restored knows it, and a restored copy sends nothing yet.
        let ill = Ill::Crm(PAUSED.to_owned());
        tell(problem(ill, true, Some(since), None), is_used, None);
    } else if let Some(why) = &connection.problem {
        let ill = Ill::Crm(why.what.clone());
        let problem = HealthProblem {
            advice: why.advice.clone(),
            ..problem(ill, true, Some(why.since), Some(&why.words))
        };
        let alarm = Alarm::of(&problem, Kind::CrmNeedsPerson, id, &own_page);
        tell(problem, is_used, Some(alarm));
    } else if let Some(why) = &health.trouble {
        let word = match why.what {
            TroubleKind::Quota => "quota",
            TroubleKind::Unreachable => "unreachable",
        };
        let ill = Ill::Crm(word.to_owned());
        let problem = HealthProblem {
            advice: why.words.advice.clone(),
            ..problem(ill, false, Some(why.since), Some(&why.words))
        };
        // It passes by itself. What waits because of it is told of when it waits for long.
        tell(problem, is_used, None);
    }
    let stands_still = connection.paused.is_some() || connection.problem.is_some();
    let is_well = is_used && !stands_still && health.trouble.is_none();
    if let Some(oldest) = health.counts.oldest {
        let waiting = health.counts.waiting + health.counts.waiting_for_person;
        let problem = problem(Ill::Waiting(waiting), false, Some(oldest), None);
        let alarm = Alarm::of(&problem, Kind::Backlog, id, NOT_WRITTEN).amount(waiting);
        let is_long = now.duration_since(oldest) > LONG_WAIT;
        tell(problem, is_well && is_long, Some(alarm));
    }
    if let Some(percent) = health.usage.as_ref().and_then(percent_used) {
        let problem = problem(Ill::Quota(percent), false, None, None);
        let alarm = Alarm::of(&problem, Kind::QuotaNearlyUsed, id, &own_page).amount(percent);
        tell(
            problem,
            is_well && percent >= QUOTA_NEARLY_USED,
            Some(alarm),
        );
    }
    if health.counts.parked > 0 {
        let parked = health.counts.parked;
        let why = health.refusal.as_ref();
        let untold = HealthProblem {
            advice: why.and_then(|why| why.advice.clone()),
            ..problem(Ill::Refused(parked), true, None, None)
        };
        // What a CRM says of an entry may name who called: it is for the page, not for mail.
        let alarm = Alarm::of(&untold, Kind::EntriesRefused, id, NOT_WRITTEN).amount(parked);
        let words = why.map(|why| why.text.clone());
        let problem = HealthProblem {
            words: words.filter(|it| !it.is_empty()),
            ..untold
        };
        tell(problem, true, Some(alarm));
    }
    found
}

/// How many percent of a quota are used, where there is one.
fn percent_used(usage: &Usage) -> Option<u64> {
    let limit = usage.limit.filter(|limit| *limit > 0)?;
    Some(usage.used.saturating_mul(100) / limit)
}

fn of_webhook(endpoint: &WebhookEndpoint) -> Option<Finding> {
    endpoint.disabled.as_ref()?;
    let problem = HealthProblem {
        ill: Ill::WebhookOff,
        needs_person: true,
        subject: endpoint.name.clone(),
        crm: None,
        since: None,
        words: None,
        advice: None,
    };
    Some(Finding {
        alarm: Some(Alarm::of(
            &problem,
            Kind::WebhookOff,
            &endpoint.id,
            WEBHOOKS,
        )),
        problem: Some(problem),
    })
}

fn of_certificate(shown: &Certificate, now: Timestamp) -> Vec<Finding> {
    let problem = |ill, since, words: Option<&str>| HealthProblem {
        ill,
        needs_person: true,
        subject: shown.place.clone(),
        crm: None,
        since,
        words: words.filter(|it| !it.is_empty()).map(str::to_owned),
        advice: None,
    };
    let refused = shown.refused.as_ref().map(|(since, why)| {
        let problem = problem(Ill::CertificateRefused, Some(*since), Some(why));
        let kind = Kind::CertificateRefused;
        let alarm = Alarm::of(&problem, kind, &shown.place, HEALTH);
        Finding {
            problem: Some(problem),
            alarm: Some(alarm),
        }
    });
    let ends = shown.days_left(now).map(|days| {
        let problem = problem(Ill::CertificateEnds(days), None, None);
        let kind = Kind::CertificateEnds;
        let alarm = Alarm::of(&problem, kind, &shown.place, HEALTH).amount(days);
        Finding {
            problem: Some(problem),
            alarm: Some(alarm),
        }
    });
    refused.into_iter().chain(ends).collect()
}

fn of_disk(disk: Disk, node: &str) -> Finding {
    let problem = HealthProblem {
        ill: Ill::Disk(disk),
        needs_person: true,
        subject: String::new(),
        crm: None,
        since: None,
        words: None,
        advice: None,
    };
    let alarm = Alarm {
        name: node.to_owned(),
        ..Alarm::of(&problem, Kind::DiskScarce, &node, HEALTH).amount(disk.free / MEBIBYTE)
    };
    Finding {
        problem: Some(problem),
        alarm: Some(alarm),
    }
}

#[cfg(test)]
mod tests;
