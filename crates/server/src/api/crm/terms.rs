//! On what terms a CRM is used: whether it is written to and for whom (X16), and which of several
//! records with one number is meant (X3).

use linecard_crm::Module;
use linecard_number::Extension;
use linecard_rules::matching::{Policy, Then};
use linecard_rules::terms::{Mode, Sight, Terms};
use linecard_store::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{FieldProblems, Problem};

/// On what terms a CRM is used.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CrmTerms {
    /// Whether anything is written into it.
    mode: TermsMode,
    /// The pilot group's extensions, where only they are written for.
    pilot: Vec<String>,
    /// The kinds of record, the preferred first; each of the three once.
    modules: Vec<CrmModule>,
    /// What decides within one kind.
    tie_break: TieBreak,
    /// What agents see of records that are not theirs, where the CRM cannot tell what they may
    /// read (B9). Salesforce can.
    #[serde(default)]
    sight: RecordSight,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// Whether anything is written into the CRM. Callers are looked up and shown in every mode.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TermsMode {
    /// Everything is written.
    Live,
    /// Nothing is written; what would be is shown.
    DryRun,
    /// Only what concerns the pilot group is written; for the others it is shown.
    Pilot,
}

/// What decides between records of one kind.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TieBreak {
    /// The one that somebody dealt with last.
    LastActivity,
    /// The one that changed last.
    LastModified,
}

/// What agents see of records that another user of the CRM owns.
#[derive(Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RecordSight {
    /// Nothing: not even that there is one.
    Own,
    /// The name, and the way to the page in the CRM.
    #[default]
    NameOnly,
    /// Everything.
    All,
}

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CrmModule {
    /// A person one does business with.
    Contact,
    /// Someone who may become one.
    Lead,
    /// A company or department.
    Account,
}

impl From<Module> for CrmModule {
    fn from(module: Module) -> Self {
        match module {
            Module::Contact => Self::Contact,
            Module::Lead => Self::Lead,
            Module::Account => Self::Account,
        }
    }
}

impl From<CrmModule> for Module {
    fn from(module: CrmModule) -> Self {
        match module {
            CrmModule::Contact => Self::Contact,
            CrmModule::Lead => Self::Lead,
            CrmModule::Account => Self::Account,
        }
    }
}

const EVERY_MODULE: [CrmModule; 3] = [CrmModule::Contact, CrmModule::Lead, CrmModule::Account];

impl CrmTerms {
    /// As they are now.
    pub(super) fn of(stored: Connection) -> Self {
        let (mode, pilot) = match stored.terms.mode {
            Mode::Live => (TermsMode::Live, Vec::new()),
            Mode::DryRun => (TermsMode::DryRun, Vec::new()),
            Mode::Pilot { extensions } => (TermsMode::Pilot, extensions),
        };
        let named = stored.terms.matching.modules.into_iter();
        let mut modules: Vec<CrmModule> = named.map(CrmModule::from).collect();
        for module in EVERY_MODULE {
            if !modules.contains(&module) {
                modules.push(module);
            }
        }
        Self {
            mode,
            pilot: pilot.into_iter().map(String::from).collect(),
            modules,
            tie_break: match stored.terms.matching.then {
                Then::LastActivity => TieBreak::LastActivity,
                Then::LastModified => TieBreak::LastModified,
            },
            sight: match stored.terms.sight {
                Sight::Own => RecordSight::Own,
                Sight::NameOnly => RecordSight::NameOnly,
                Sight::All => RecordSight::All,
            },
            version: stored.terms_version,
        }
    }

    /// What was chosen, and the version that was read before; or what cannot be taken.
    pub(super) fn chosen(self) -> Result<(Terms, i64), Problem> {
        let mut fields = FieldProblems::default();
        let mut extensions = Vec::with_capacity(self.pilot.len());
        for (index, extension) in self.pilot.into_iter().enumerate() {
            let path = format!("/pilot/{index}");
            let taken = Extension::try_from(extension);
            extensions.extend(fields.take(&path, "not_an_extension", taken));
        }
        if matches!(self.mode, TermsMode::Pilot) && extensions.is_empty() {
            fields.add("/pilot", "required", "Choose at least one extension.");
        }
        let all_once = EVERY_MODULE
            .iter()
            .all(|module| self.modules.iter().filter(|it| *it == module).count() == 1);
        if !all_once {
            fields.add("/modules", "invalid", "Name each kind of record once.");
        }
        fields.finish()?;
        let terms = Terms {
            mode: match self.mode {
                TermsMode::Live => Mode::Live,
                TermsMode::DryRun => Mode::DryRun,
                TermsMode::Pilot => Mode::Pilot { extensions },
            },
            matching: Policy {
                modules: self.modules.into_iter().map(Module::from).collect(),
                then: match self.tie_break {
                    TieBreak::LastActivity => Then::LastActivity,
                    TieBreak::LastModified => Then::LastModified,
                },
            },
            sight: match self.sight {
                RecordSight::Own => Sight::Own,
                RecordSight::NameOnly => Sight::NameOnly,
                RecordSight::All => Sight::All,
            },
        };
        Ok((terms, self.version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> CrmTerms {
        CrmTerms {
            mode: TermsMode::Live,
            pilot: Vec::new(),
            modules: EVERY_MODULE.to_vec(),
            tie_break: TieBreak::LastActivity,
            sight: RecordSight::NameOnly,
            version: 0,
        }
    }

    #[test]
    fn x16_a_pilot_without_a_group_is_refused() {
        let mut wanted = terms();
        wanted.mode = TermsMode::Pilot;
        assert!(wanted.chosen().is_err());
        let mut wanted = terms();
        wanted.mode = TermsMode::Pilot;
        wanted.pilot = vec!["101".to_owned()];
        let (chosen, _) = wanted.chosen().ok().unwrap();
        assert!(matches!(chosen.mode, Mode::Pilot { extensions } if extensions.len() == 1));
    }

    #[test]
    fn x3_each_kind_of_record_has_its_place() {
        let mut wanted = terms();
        wanted.modules = vec![CrmModule::Lead, CrmModule::Lead, CrmModule::Account];
        assert!(wanted.chosen().is_err());
    }
}
