//! What an admin chose about calls that nobody answered (X10).

use linecard_rules::assign::{Options, To};
use linecard_store::Chosen;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{FieldProblems, Problem};

/// The most characters of the subject and of the text.
const LONGEST_SUBJECT: usize = 200;
const LONGEST_TEXT: usize = 2_000;

/// Who calls back when nobody answered, as a task in the CRM.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CrmFollowUp {
    /// Whether calls that nobody answered become tasks.
    on: bool,
    /// Whose.
    to: FollowUpTo,
    /// The CRM's id of the user who gets what the rule gives to nobody; `null`: nobody does.
    #[schema(required)]
    default_user: Option<String>,
    /// How many days after the call the task is due; 0: the same day.
    due_days: u8,
    /// One line. The names of a journal's texts are filled in.
    subject: String,
    /// The text, likewise.
    description: String,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// Whose task it becomes.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum FollowUpTo {
    /// One for each bound agent who was rung.
    QueueAgents,
    /// The contact's owner's.
    ContactOwner,
    /// Always the default user's.
    DefaultUser,
}

impl CrmFollowUp {
    /// As it is chosen now.
    pub(super) fn of(chosen: Chosen<Options>) -> Self {
        let options = chosen.value;
        Self {
            on: options.on,
            to: match options.to {
                To::QueueAgents => FollowUpTo::QueueAgents,
                To::ContactOwner => FollowUpTo::ContactOwner,
                To::DefaultUser => FollowUpTo::DefaultUser,
            },
            default_user: options.default_user,
            due_days: options.due_days,
            subject: options.subject,
            description: options.description,
            version: chosen.version,
        }
    }

    /// What was chosen, and the version that was read before; or what cannot be taken.
    pub(super) fn chosen(self) -> Result<(Options, i64), Problem> {
        let mut fields = FieldProblems::default();
        let default_user = self.default_user.filter(|user| !user.is_empty());
        if self.on && matches!(self.to, FollowUpTo::DefaultUser) && default_user.is_none() {
            fields.add("/default_user", "required", "Choose who gets the tasks.");
        }
        super::texts::subject(&mut fields, &self.subject, LONGEST_SUBJECT);
        super::texts::description(&mut fields, &self.description, LONGEST_TEXT);
        fields.finish()?;
        let options = Options {
            on: self.on,
            to: match self.to {
                FollowUpTo::QueueAgents => To::QueueAgents,
                FollowUpTo::ContactOwner => To::ContactOwner,
                FollowUpTo::DefaultUser => To::DefaultUser,
            },
            default_user,
            due_days: self.due_days,
            subject: self.subject,
            description: self.description,
        };
        Ok((options, self.version))
    }
}
