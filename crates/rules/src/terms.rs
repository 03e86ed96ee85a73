//! On what terms a connection to a CRM is used: whether it writes, and for whom (X16).

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
    fn x16_what_was_chosen_is_kept_as_it_was() {
        let terms = Terms {
            mode: Mode::Pilot {
                extensions: vec!["101".parse().unwrap()],
            },
            matching: Policy::default(),
        };
        let kept = serde_json::to_string(&terms).unwrap();
        assert_eq!(serde_json::from_str::<Terms>(&kept).unwrap(), terms);
        assert_eq!(
            serde_json::from_str::<Terms>("{}").unwrap(),
            Terms::default()
        );
    }
}
