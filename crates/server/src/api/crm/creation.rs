//! What an admin chose about creating records in a CRM (G1 to G3, G5, G9, G11).

use linecard_rules::create::{Calls, Kind, Manner, NAMES, Options, When};
use linecard_rules::template::Template;
use linecard_store::Chosen;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{FieldProblems, Problem};

/// The longest a call may be waited for before a record is created: an hour.
const LONGEST_WAIT: u32 = 3_600;
/// What stands in the field for the seconds while another moment is chosen.
const USUAL_WAIT: u32 = 30;
/// The most characters of one of the texts.
const LONGEST_TEXT: usize = 200;

/// Whether an unknown number becomes a contact or lead of the CRM, when, and under which name.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CrmCreation {
    /// Whether records are created at all.
    on: bool,
    /// By themselves, or by the agents only.
    manner: CreationManner,
    /// Which calls create a record by themselves.
    calls: CreationCalls,
    /// What is created.
    kind: CreatedKind,
    /// When a record is created by itself.
    when: CreationMoment,
    /// How long the two must have talked, where that is the moment: 1 to 3600 seconds.
    talked_seconds: u32,
    /// The first name; may be empty. `{{Number}}` and `{{Caller_Name}}` are filled in.
    first_name: String,
    /// The last name, likewise; never empty.
    last_name: String,
    /// The company of a lead, where the CRM wants one.
    company: String,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// Who creates records.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CreationManner {
    /// A call of an unknown number creates one.
    Automatic,
    /// An agent does, at the call.
    Manual,
}

/// Which calls create a record by themselves.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CreationCalls {
    /// Calls from outside.
    Inbound,
    /// Calls to the outside.
    Outbound,
    /// All.
    Both,
}

/// What is created.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CreatedKind {
    /// A contact.
    Contact,
    /// A lead.
    Lead,
}

/// When a record is created by itself.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CreationMoment {
    /// When a phone rings, or when the number is dialled.
    Ring,
    /// When the call is answered.
    Answered,
    /// When the two have talked for a while.
    Talked,
}

impl CrmCreation {
    /// As it is chosen now.
    pub(super) fn of(chosen: Chosen<Options>) -> Self {
        let options = chosen.value;
        let (when, talked_seconds) = match options.when {
            When::Ring => (CreationMoment::Ring, USUAL_WAIT),
            When::Answered => (CreationMoment::Answered, USUAL_WAIT),
            When::Talked { seconds } => (CreationMoment::Talked, seconds),
        };
        Self {
            on: options.on,
            manner: match options.manner {
                Manner::Automatic => CreationManner::Automatic,
                Manner::Manual => CreationManner::Manual,
            },
            calls: match options.calls {
                Calls::Inbound => CreationCalls::Inbound,
                Calls::Outbound => CreationCalls::Outbound,
                Calls::Both => CreationCalls::Both,
            },
            kind: match options.kind {
                Kind::Contact => CreatedKind::Contact,
                Kind::Lead => CreatedKind::Lead,
            },
            when,
            talked_seconds,
            first_name: options.first_name,
            last_name: options.last_name,
            company: options.company,
            version: chosen.version,
        }
    }

    /// What was chosen, and the version that was read before; or what cannot be taken.
    pub(super) fn chosen(self) -> Result<(Options, i64), Problem> {
        let mut fields = FieldProblems::default();
        if !(1..=LONGEST_WAIT).contains(&self.talked_seconds) {
            fields.add("/talked_seconds", "invalid", "1 to 3600 seconds.");
        }
        let options = Options {
            on: self.on,
            manner: match self.manner {
                CreationManner::Automatic => Manner::Automatic,
                CreationManner::Manual => Manner::Manual,
            },
            calls: match self.calls {
                CreationCalls::Inbound => Calls::Inbound,
                CreationCalls::Outbound => Calls::Outbound,
                CreationCalls::Both => Calls::Both,
            },
            kind: match self.kind {
                CreatedKind::Contact => Kind::Contact,
                CreatedKind::Lead => Kind::Lead,
            },
            when: match self.when {
                CreationMoment::Ring => When::Ring,
                CreationMoment::Answered => When::Answered,
                CreationMoment::Talked => When::Talked {
                    seconds: self.talked_seconds,
                },
            },
            first_name: self.first_name,
            last_name: self.last_name,
            company: self.company,
        };
        check_texts(&mut fields, &options);
        fields.finish()?;
        Ok((options, self.version))
    }
}

fn check_texts(fields: &mut FieldProblems, options: &Options) {
    for (path, text) in [
        ("/first_name", &options.first_name),
        ("/last_name", &options.last_name),
        ("/company", &options.company),
    ] {
        if text.chars().count() > LONGEST_TEXT || text.chars().any(char::is_control) {
            fields.add(
                path,
                "too_long",
                format_args!("At most {LONGEST_TEXT} characters, on one line."),
            );
        } else {
            fields.take(path, "unknown_name", Template::parse_with(text, &NAMES));
        }
    }
    if options.last_name.trim().is_empty() {
        fields.add("/last_name", "required", "A last name is needed.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn creation() -> CrmCreation {
        CrmCreation::of(Chosen::default())
    }

    #[test]
    fn what_is_shown_and_sent_back_is_what_was_chosen() {
        let chosen = Options {
            on: true,
            manner: Manner::Manual,
            calls: Calls::Outbound,
            kind: Kind::Lead,
            when: When::Talked { seconds: 45 },
            ..Options::default()
        };
        let shown = CrmCreation::of(Chosen {
            value: chosen.clone(),
            version: 3,
        });
        assert_eq!(shown.chosen().ok(), Some((chosen, 3)));
    }

    #[test]
    fn g5_the_field_whose_text_cannot_be_taken_is_named() {
        let refused = |creation: CrmCreation| {
            let problem = serde_json::to_value(creation.chosen().err().unwrap()).unwrap();
            problem["fields"][0]["path"].as_str().unwrap().to_owned()
        };
        let mut unknown = creation();
        unknown.company = "{{Firm}}".to_owned();
        assert_eq!(refused(unknown), "/company");
        let mut nameless = creation();
        nameless.last_name = " ".to_owned();
        assert_eq!(refused(nameless), "/last_name");
        let mut never = creation();
        never.talked_seconds = 0;
        assert_eq!(refused(never), "/talked_seconds");
    }
}
