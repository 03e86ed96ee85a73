//! On what terms a connection to a CRM is used: whether it writes, and for whom (X16), and what
//! agents see of it (B9).

use linecard_number::Extension;
use serde::{Deserialize, Serialize};

use crate::journal::NotLogged;
use crate::matching::Policy;

/// What an admin chose about the use of one connection. The default writes for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// Whether anything is written into the CRM.
    pub mode: Mode,
    /// Which of several records with one number is meant.
    pub matching: Policy,
    /// What agents see of records that are not theirs, where the CRM cannot tell what they may
    /// read.
    pub sight: Sight,
}

/// What an agent sees of records that another user of the CRM owns (B9). Salesforce tells what a
/// user may read; of the others it is chosen here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Nothing: not even that there is one.
    Own,
    /// The name. Its page is the CRM's own, which shows what the agent's user there may see.
    #[default]
    NameOnly,
    /// Everything.
    All,
}

/// How much of one record an agent sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All that Linecard knows of it.
    Whole,
    /// Its name.
    Name,
    /// Nothing.
    Nothing,
}

impl Sight {
    /// How much the CRM's user `user` sees of a record that `owner` owns. One that nobody owns is
    /// not the user's own.
    #[must_use]
    pub fn of(self, owner: Option<&str>, user: &str) -> Shown {
        match self {
            _ if owner == Some(user) => Shown::Whole,
            Self::All => Shown::Whole,
            Self::NameOnly => Shown::Name,
            Self::Own => Shown::Nothing,
        }
    }
}

/// Whether anything is written into the CRM. Callers are looked up and shown in every mode.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Mode {
    /// Everything is written.
    #[default]
    Live,
    /// Nothing is written; what would be is shown.
    DryRun,
    /// Only what concerns these extensions is written; for the others it is shown.
    Pilot {
        /// The pilot group.
        extensions: Vec<Extension>,
    },
}

impl Mode {
    /// Why nothing is written about this agent; `None`: it is.
    #[must_use]
    pub fn withholds(&self, extension: &Extension) -> Option<NotLogged> {
        match self {
            Self::Live => None,
            Self::DryRun => Some(NotLogged::DryRun),
            Self::Pilot { extensions } => {
                (!extensions.contains(extension)).then_some(NotLogged::NotInPilot)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x16_a_pilot_writes_for_its_group_and_a_dry_run_for_nobody() {
        let extension: Extension = "101".parse().unwrap();
        let pilot = |number: &str| Mode::Pilot {
            extensions: vec![number.parse().unwrap()],
        };
        for (mode, expected) in [
            (Mode::Live, None),
            (Mode::DryRun, Some(NotLogged::DryRun)),
            (pilot("101"), None),
            (pilot("102"), Some(NotLogged::NotInPilot)),
        ] {
            assert_eq!(mode.withholds(&extension), expected, "{mode:?}");
        }
    }

    #[test]
    fn b9_what_is_not_ones_own_is_seen_as_it_was_chosen() {
        for (sight, others) in [
            (Sight::Own, Shown::Nothing),
            (Sight::NameOnly, Shown::Name),
            (Sight::All, Shown::Whole),
        ] {
            assert_eq!(sight.of(Some("7"), "7"), Shown::Whole);
            assert_eq!(sight.of(Some("8"), "7"), others);
            assert_eq!(sight.of(None, "7"), others);
        }
        assert_eq!(Terms::default().sight, Sight::NameOnly);
    }

    #[test]
    fn x16_what_was_chosen_is_kept_as_it_was() {
        let terms = Terms {
            mode: Mode::Pilot {
                extensions: vec!["101".parse().unwrap()],
            },
            matching: Policy::default(),
            sight: Sight::Own,
        };
        let kept = serde_json::to_string(&terms).unwrap();
        assert_eq!(serde_json::from_str::<Terms>(&kept).unwrap(), terms);
        assert_eq!(
            serde_json::from_str::<Terms>("{}").unwrap(),
            Terms::default()
        );
    }
}
