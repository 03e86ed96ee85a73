//! What is wrong, out of how the parts are. Pure.

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};
use linecard_pbx::{LinkState, Problem, ProblemKind};

use super::{Certificate, ConnectionHealth, Disk, LinkHealth};
use crate::TroubleKind;

/// What waits longer than this, although nothing else is wrong, deserves a look.
const LONG_WAIT: SignedDuration = SignedDuration::from_mins(15);
/// From this part of the day's quota on it is told, in percent.
const QUOTA_NEARLY_USED: u64 = 90;

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
        }
    }
}

/// What is Linecard's own.
#[derive(Debug, Default)]
pub(super) struct Own<'a> {
    pub(super) disk: Option<&'a Disk>,
    pub(super) certificate: Option<&'a Certificate>,
}

/// What is wrong, what needs a person first; of those alike the newest first.
pub(super) fn find(
    links: &[LinkHealth],
    connections: &[ConnectionHealth],
    own: &Own<'_>,
    now: Timestamp,
) -> Vec<HealthProblem> {
    let mut all: Vec<HealthProblem> = links
        .iter()
        .flat_map(of_link)
        .chain(connections.iter().flat_map(|it| of_connection(it, now)))
        .chain(own.disk.filter(|disk| disk.is_scarce()).map(of_disk))
        .chain(
            own.certificate
                .iter()
                .flat_map(|it| of_certificate(it, now)),
        )
        .collect();
    all.sort_by_key(|problem| (!problem.needs_person, Reverse(problem.since)));
    all
}

fn of_link(link: &LinkHealth) -> Vec<HealthProblem> {
    let problem = |ill, needs_person, since, words: Option<&str>| HealthProblem {
        ill,
        needs_person,
        subject: link.system.name.clone(),
        crm: None,
        since,
        words: words.map(str::to_owned),
    };
    let Some(status) = &link.status else {
        return vec![problem(Ill::Link(None), true, None, None)];
    };
    let since = Some(status.since);
    let down = match &status.state {
        LinkState::Connecting | LinkState::Up { .. } => None,
        LinkState::Down(why) => Some((why, false)),
        LinkState::NeedsPerson(why) => Some((why, true)),
    };
    let down = down.map(|(Problem { kind, words }, needs_person)| {
        problem(Ill::Link(Some(*kind)), needs_person, since, Some(words))
    });
    let notices = status.notices.iter().map(|Problem { kind, words }| {
        // What could not be understood was left out; nobody can put that right here.
        let needs_person = *kind != ProblemKind::Garbled;
        problem(Ill::LinkNotice(*kind), needs_person, None, Some(words))
    });
    down.into_iter().chain(notices).collect()
}

fn of_connection(health: &ConnectionHealth, now: Timestamp) -> Vec<HealthProblem> {
    let connection = &health.connection;
    let problem = |ill, needs_person, since, words: Option<&str>| HealthProblem {
        ill,
        needs_person,
        subject: health.name.clone(),
        crm: Some(connection.kind.clone()),
        since,
        words: words.map(str::to_owned),
    };
    let mut found = Vec::new();
    let is_used = connection.enabled && connection.organisation.is_some();
    if let Some(since) = connection.paused.filter(|_| is_used) {
        let ill = Ill::Crm(PAUSED.to_owned());
        found.push(problem(ill, true, Some(since), None));
    } else if let Some(why) = connection.problem.as_ref().filter(|_| is_used) {
        let ill = Ill::Crm(why.what.clone());
        found.push(problem(ill, true, Some(why.since), Some(&why.words)));
    } else if let Some(why) = health.trouble.as_ref().filter(|_| is_used) {
        let word = match why.what {
            TroubleKind::Quota => "quota",
            TroubleKind::Unreachable => "unreachable",
        };
        let ill = Ill::Crm(word.to_owned());
        found.push(problem(ill, false, Some(why.since), Some(&why.words)));
    } else if is_used {
        let waits = health.counts.oldest.filter(|oldest| {
            let waited = now.duration_since(*oldest);
            waited > LONG_WAIT
        });
        if let Some(oldest) = waits {
            let waiting = health.counts.waiting + health.counts.waiting_for_person;
            found.push(problem(Ill::Waiting(waiting), false, Some(oldest), None));
        }
        let limit = health.usage.as_ref().and_then(|usage| usage.limit);
        let used = health.usage.as_ref().map_or(0, |usage| usage.used);
        let percent = limit.map_or(0, |limit| used.saturating_mul(100) / limit.max(1));
        if percent >= QUOTA_NEARLY_USED {
            found.push(problem(Ill::Quota(percent), false, None, None));
        }
    }
    if health.counts.parked > 0 {
        let ill = Ill::Refused(health.counts.parked);
        found.push(problem(ill, true, None, None));
    }
    found
}

fn of_certificate(shown: &Certificate, now: Timestamp) -> Vec<HealthProblem> {
    let problem = |ill, since, words: Option<&str>| HealthProblem {
        ill,
        needs_person: true,
        subject: shown.place.clone(),
        crm: None,
        since,
        words: words.map(str::to_owned),
    };
    let refused = shown.refused.as_ref();
    let refused =
        refused.map(|(since, why)| problem(Ill::CertificateRefused, Some(*since), Some(why)));
    let ends = shown.days_left(now);
    let ends = ends.map(|days| problem(Ill::CertificateEnds(days), None, None));
    refused.into_iter().chain(ends).collect()
}

fn of_disk(disk: &Disk) -> HealthProblem {
    HealthProblem {
        ill: Ill::Disk(*disk),
        needs_person: true,
        subject: String::new(),
        crm: None,
        since: None,
        words: None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use linecard_crm::Usage;
    use linecard_pbx::Abilities;
    use linecard_store::JobCounts;

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
        }
    }

    fn found(links: &[LinkHealth], connections: &[ConnectionHealth]) -> Vec<(Ill, bool)> {
        find(links, connections, &Own::default(), at(60))
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
        assert_eq!(found(&[link(up, Vec::new())], &[crm(fresh)]), []);
    }

    #[test]
    fn x7_what_needs_a_person_comes_before_what_passes() {
        let down = LinkState::Down(why(ProblemKind::Lost));
        let refused = JobCounts {
            parked: 2,
            ..JobCounts::default()
        };
        assert_eq!(
            found(&[link(down, Vec::new())], &[crm(refused)]),
            [
                (Ill::Refused(2), true),
                (Ill::Link(Some(ProblemKind::Lost)), false)
            ]
        );
    }

    #[test]
    fn x7_a_link_that_is_up_tells_what_it_lacks() {
        let up = LinkState::Up {
            version: "1".to_owned(),
        };
        let notices = vec![why(ProblemKind::MissingRight)];
        let told = find(&[link(up, notices)], &[], &Own::default(), at(60));
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
        assert_eq!(found(&[], &[crm(old)]), [(Ill::Waiting(5), false)]);
        let mut signed_out = crm(old);
        signed_out.connection.problem = Some(linecard_store::Problem {
            what: "sign_in".to_owned(),
            words: "expired".to_owned(),
            since: at(30),
        });
        let sign_in = Ill::Crm("sign_in".to_owned());
        assert_eq!(found(&[], &[signed_out]), [(sign_in, true)]);
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
            assert_eq!(found(&[], &[health]), told);
        }
    }

    #[test]
    fn x7_a_certificate_that_ends_and_a_newer_one_that_cannot_be_used_are_both_told() {
        let shown = Certificate {
            place: "home.pem".to_owned(),
            until: at(1_440),
            own_authority: false,
            refused: Some((at(30), "no key".to_owned())),
        };
        let own = Own {
            certificate: Some(&shown),
            ..Own::default()
        };
        let told = find(&[], &[], &own, at(60));
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
        assert_eq!(found(&[], &[paused]), [(Ill::Crm(PAUSED.to_owned()), true)]);
    }

    #[test]
    fn h6_of_a_crm_that_is_switched_off_only_what_it_refused_is_told() {
        let mut off = crm(JobCounts {
            waiting: 1,
            oldest: Some(at(1)),
            ..JobCounts::default()
        });
        off.connection.enabled = false;
        assert_eq!(found(&[], &[off]), []);
    }
}
