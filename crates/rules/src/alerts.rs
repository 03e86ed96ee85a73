//! When something needs a person, and when it does no more (X7).
//!
//! What is looked at is told as [`Trouble`]s, each time all there are. [`Watch::look`] says which of
//! them people are to be told of, once for each, and of which they are to be told that it is over,
//! once again. What comes and goes is neither: a trouble counts when it has lasted as long as was
//! chosen, and is over when it has been gone for [`CALM`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a trouble must be gone to be over.
pub const CALM: SignedDuration = SignedDuration::from_mins(2);

/// What can be in trouble, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A phone system's link is not up.
    LinkDown,
    /// A CRM waits for a person: its consent, its settings, its rights.
    CrmNeedsPerson,
    /// A CRM has refused entries, which wait for a person.
    EntriesRefused,
    /// A CRM's quota is nearly used.
    QuotaNearlyUsed,
    /// What is to be written into a CRM has waited for long.
    Backlog,
    /// Linecard has switched a webhook off.
    WebhookOff,
    /// The disk that Linecard keeps its files on is nearly full.
    DiskScarce,
    /// The certificate that browsers are shown ends soon.
    CertificateEnds,
    /// A newer certificate cannot be used.
    CertificateRefused,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::LinkDown,
        Self::CrmNeedsPerson,
        Self::EntriesRefused,
        Self::QuotaNearlyUsed,
        Self::Backlog,
        Self::WebhookOff,
        Self::DiskScarce,
        Self::CertificateEnds,
        Self::CertificateRefused,
    ];

    /// A stable word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LinkDown => "link_down",
            Self::CrmNeedsPerson => "crm_needs_person",
            Self::EntriesRefused => "entries_refused",
            Self::QuotaNearlyUsed => "quota_nearly_used",
            Self::Backlog => "backlog",
            Self::WebhookOff => "webhook_off",
            Self::DiskScarce => "disk_scarce",
            Self::CertificateEnds => "certificate_ends",
            Self::CertificateRefused => "certificate_refused",
        }
    }
}

/// Which troubles people are told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
// What an older Linecard has kept says nothing of the kinds that came later.
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each kind of trouble is switched on or off by itself"
)]
pub struct Options {
    /// A link that is not up for so many minutes; `None`: not told of.
    pub link_down_minutes: Option<u32>,
    /// A CRM that waits for a person.
    pub crm_needs_person: bool,
    /// Entries that a CRM refused.
    pub entries_refused: bool,
    /// A quota of which so many percent are used.
    pub quota_percent: Option<u8>,
    /// What has waited for so many minutes to be written.
    pub backlog_minutes: Option<u32>,
    /// A webhook that Linecard has switched off.
    pub webhook_off: bool,
    /// A disk that is nearly full.
    pub disk_scarce: bool,
    /// A certificate that ends soon, and a newer one that cannot be used.
    pub certificate: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            link_down_minutes: Some(5),
            crm_needs_person: true,
            entries_refused: true,
            quota_percent: Some(90),
            backlog_minutes: Some(30),
            webhook_off: true,
            disk_scarce: true,
            certificate: true,
        }
    }
}

/// Something that is not as it should be, at the moment of a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// How.
    pub kind: Kind,
    /// What: the id of a phone system, a connection, an endpoint; the name of a node; where a
    /// certificate is.
    pub subject: String,
    /// Since when, where that is known; else it counts from the first look.
    pub since: Option<Timestamp>,
    /// How much: the percent of a quota, the number of refused entries, the free MiB of a disk, the
    /// days that a certificate is still valid.
    pub amount: Option<u64>,
}

impl Trouble {
    /// Names it: the same trouble always has the same key.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.kind.as_str(), self.subject)
    }
}

/// What people are to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// This needs somebody.
    Raise {
        /// What.
        trouble: Trouble,
        /// Since when.
        since: Timestamp,
    },
    /// The trouble of this key is over.
    End(String),
}

/// The keys of the troubles that people were told of, and not that they are over.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// Those that this node looks after.
    pub here: BTreeSet<String>,
    /// Those of other nodes, which may see what this one does not: a disk, a link.
    pub elsewhere: BTreeSet<String>,
}

/// Remembers what the last looks saw.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// When each trouble that lasts was first seen.
    seen: BTreeMap<String, Timestamp>,
    /// Since when each trouble that people were told of is gone.
    gone: BTreeMap<String, Timestamp>,
}

impl Watch {
    /// What follows from a look at `now` that saw `troubles`, when people have been `told` of these.
    pub fn look(
        &mut self,
        options: &Options,
        troubles: &[Trouble],
        told: &Told,
        now: Timestamp,
    ) -> Vec<Step> {
        let wanted: BTreeMap<_, _> = troubles
            .iter()
            .filter(|trouble| counts(options, trouble))
            .map(|trouble| (trouble.key(), trouble))
            .collect();
        self.seen.retain(|key, _| wanted.contains_key(key));
        self.gone
            .retain(|key, _| told.here.contains(key) && !wanted.contains_key(key));
        let mut steps = Vec::new();
        for (key, trouble) in wanted {
            let first = *self.seen.entry(key.clone()).or_insert(now);
            let since = trouble.since.unwrap_or(first);
            let is_told = told.here.contains(&key) || told.elsewhere.contains(&key);
            if !is_told && now.duration_since(since) >= patience(options, trouble.kind) {
                let trouble = trouble.clone();
                steps.push(Step::Raise { trouble, since });
            }
        }
        for key in told.here.iter().filter(|key| !self.seen.contains_key(*key)) {
            let since = *self.gone.entry(key.clone()).or_insert(now);
            if now.duration_since(since) >= CALM {
                steps.push(Step::End(key.clone()));
            }
        }
        steps
    }
}

/// Whether people want to know of it at all.
fn counts(options: &Options, trouble: &Trouble) -> bool {
    match trouble.kind {
        Kind::LinkDown => options.link_down_minutes.is_some(),
        Kind::CrmNeedsPerson => options.crm_needs_person,
        Kind::EntriesRefused => options.entries_refused,
        Kind::QuotaNearlyUsed => {
            let used = trouble.amount.unwrap_or(0);
            options
                .quota_percent
                .is_some_and(|limit| used >= u64::from(limit))
        }
        Kind::Backlog => options.backlog_minutes.is_some(),
        Kind::WebhookOff => options.webhook_off,
        Kind::DiskScarce => options.disk_scarce,
        Kind::CertificateEnds | Kind::CertificateRefused => options.certificate,
    }
}

/// How long it may last before people are told.
fn patience(options: &Options, kind: Kind) -> SignedDuration {
    let minutes = match kind {
        Kind::LinkDown => options.link_down_minutes,
        Kind::Backlog => options.backlog_minutes,
        Kind::CrmNeedsPerson
        | Kind::EntriesRefused
        | Kind::QuotaNearlyUsed
        | Kind::WebhookOff
        | Kind::DiskScarce
        | Kind::CertificateEnds
        | Kind::CertificateRefused => None,
    };
    SignedDuration::from_mins(i64::from(minutes.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn link_down() -> Trouble {
        Trouble {
            kind: Kind::LinkDown,
            subject: "1".to_owned(),
            since: None,
            amount: None,
        }
    }

    /// What a watch says of looks at these seconds, each with or without the trouble; people are told
    /// of what it raises.
    fn told(trouble: &Trouble, looks: &[(i64, bool)]) -> Vec<(i64, &'static str)> {
        let (mut watch, mut open, mut told) = (Watch::default(), Told::default(), Vec::new());
        for &(second, there) in looks {
            let troubles = if there { vec![trouble.clone()] } else { vec![] };
            for step in watch.look(&Options::default(), &troubles, &open, at(second)) {
                match step {
                    Step::Raise { trouble, .. } => {
                        open.here.insert(trouble.key());
                        told.push((second, "raised"));
                    }
                    Step::End(key) => {
                        open.here.remove(&key);
                        told.push((second, "over"));
                    }
                }
            }
        }
        told
    }

    #[test]
    fn x7_a_trouble_that_lasts_is_told_of_once_and_once_when_it_is_over() {
        let looks = [
            (0, true),
            (299, true),
            (300, true),
            (900, true),
            (1_000, false),
            (1_119, false),
            (1_120, false),
            (2_000, false),
        ];
        assert_eq!(
            told(&link_down(), &looks),
            [(300, "raised"), (1_120, "over")]
        );
    }

    #[test]
    fn x7_what_comes_and_goes_is_not_told_of() {
        let looks = [
            (0, true),
            (200, true),
            (210, false),
            (220, true),
            (510, true),
        ];
        assert_eq!(told(&link_down(), &looks), []);
    }

    #[test]
    fn x7_a_trouble_that_is_gone_for_a_moment_is_not_over() {
        let looks = [
            (0, true),
            (300, true),
            (400, false),
            (410, true),
            (600, false),
        ];
        assert_eq!(told(&link_down(), &looks), [(300, "raised")]);
    }

    #[test]
    fn x7_a_trouble_that_tells_since_when_it_is_there_needs_no_second_look() {
        let backlog = Trouble {
            kind: Kind::Backlog,
            since: Some(at(0)),
            ..link_down()
        };
        assert_eq!(told(&backlog, &[(1_799, true)]), []);
        assert_eq!(told(&backlog, &[(1_800, true)]), [(1_800, "raised")]);
    }

    #[test]
    fn x7_a_quota_counts_from_the_percent_that_was_chosen() {
        let quota = |amount| Trouble {
            kind: Kind::QuotaNearlyUsed,
            amount: Some(amount),
            ..link_down()
        };
        assert_eq!(told(&quota(89), &[(0, true)]), []);
        assert_eq!(told(&quota(90), &[(0, true)]), [(0, "raised")]);
    }

    #[test]
    fn x7_a_choice_that_was_kept_before_a_kind_was_there_is_told_of_it() {
        let kept = r#"{"link_down_minutes":null,"crm_needs_person":false,"entries_refused":true,
            "quota_percent":80,"backlog_minutes":30,"webhook_off":true}"#;
        let read: Options = serde_json::from_str(kept).unwrap();
        assert!(!read.crm_needs_person && read.disk_scarce && read.certificate);
    }

    #[test]
    fn x7_what_nobody_wants_to_know_is_not_told_and_what_was_told_of_it_ends() {
        let none = Options {
            link_down_minutes: None,
            ..Options::default()
        };
        let told = Told {
            here: BTreeSet::from([link_down().key()]),
            ..Told::default()
        };
        let mut watch = Watch::default();
        assert_eq!(watch.look(&none, &[link_down()], &told, at(0)), []);
        let steps = watch.look(&none, &[link_down()], &told, at(120));
        assert_eq!(steps, [Step::End(link_down().key())]);
    }

    #[test]
    fn x7_what_another_node_told_of_is_neither_told_of_again_nor_over_here() {
        let elsewhere = Told {
            elsewhere: BTreeSet::from([link_down().key()]),
            ..Told::default()
        };
        let mut watch = Watch::default();
        for (second, there) in [(0, true), (300, true), (400, false), (900, false)] {
            let troubles = if there { vec![link_down()] } else { vec![] };
            let steps = watch.look(&Options::default(), &troubles, &elsewhere, at(second));
            assert_eq!(steps, [], "at {second}");
        }
    }
}
