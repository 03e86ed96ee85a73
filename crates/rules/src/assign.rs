//! Who is to call back when nobody answered (X10).

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::Zoned;
use jiff::civil::Date;
use linecard_call::{Call, Direction, LegRole, Outcome};
use linecard_crm::{EntryKey, Record};
use linecard_number::Extension;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::journal;
use crate::template::{Template, UnknownName};

/// The choices for one connection. By default nobody gets anything to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Whether calls that nobody answered become tasks.
    pub on: bool,
    /// Whose.
    pub to: To,
    /// The CRM's id of the user who gets what the rule gives to nobody; `None`: it is dropped.
    pub default_user: Option<String>,
    /// How many days after the call the task is due; 0: the same day.
    pub due_days: u8,
    /// One line. The names of a journal's texts are filled in.
    pub subject: String,
    /// The text, likewise.
    pub description: String,
}

/// Whose task it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// One for each bound agent who was rung.
    QueueAgents,
    /// The contact's owner's.
    ContactOwner,
    /// Always the default user's.
    DefaultUser,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            on: false,
            to: To::ContactOwner,
            default_user: None,
            due_days: 0,
            subject: "Call back {{Call_From}}".to_owned(),
            description: "Call: {{Time}} {{Call_Log_Status}} from {{Call_From}} to {{Call_To}}"
                .to_owned(),
        }
    }
}

impl Options {
    /// Whether the texts can be filled in.
    pub fn check(&self) -> Result<(), UnknownName> {
        Template::parse(&self.subject)?;
        Template::parse(&self.description)?;
        Ok(())
    }
}

/// Whether this call becomes tasks: one from outside that ended without anybody having taken it.
#[must_use]
pub fn concerns(call: &Call, options: &Options) -> bool {
    options.on
        && call.direction == Direction::Inbound
        && call.answered.is_none()
        && matches!(
            call.outcome,
            Some(Outcome::Missed | Outcome::Busy | Outcome::Failed)
        )
}

/// The CRM users who are to call `who` back, each once; none when the rule names nobody and there
/// is no default user. `user` gives the CRM user to whom an extension is bound, `is_user` whether
/// a CRM user can be given something to do.
pub fn owners<'a>(
    call: &Call,
    options: &'a Options,
    who: &'a Record,
    user: impl Fn(&Extension) -> Option<&'a str>,
    is_user: impl Fn(&str) -> bool,
) -> BTreeSet<&'a str> {
    let mut owners: BTreeSet<&str> = match options.to {
        To::QueueAgents => call
            .legs
            .iter()
            .filter(|leg| leg.role == LegRole::Agent)
            .filter_map(|leg| user(&leg.extension))
            .collect(),
        To::ContactOwner => who.owner.as_deref().into_iter().collect(),
        To::DefaultUser => BTreeSet::new(),
    };
    owners.retain(|owner| is_user(owner));
    if owners.is_empty() {
        owners.extend(options.default_user.as_deref());
    }
    owners
}

/// The idempotency key of the task that `owner` gets about `call`. `link` is the id of the
/// phone-system link.
#[must_use]
pub fn key(link: Uuid, call: &Call, owner: &str) -> EntryKey {
    let name = format!("{}/{owner}/follow-up", call.id);
    EntryKey::new(Uuid::new_v5(&link, name.as_bytes()).to_string())
}

/// What a task says and when it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// One line.
    pub subject: String,
    /// The text.
    pub description: String,
    /// The day it is due, where the organisation is.
    pub due: Date,
}

/// Renders the words. Missing calls are told as the journal tells them.
#[must_use]
pub fn words(call: &Call, who: &Record, options: &Options, settings: &journal::Settings) -> Words {
    let values = journal::missed_values(call, who, settings);
    let fill = |text: &str| match Template::parse(text) {
        Ok(template) => template.render(&values),
        Err(_) => text.to_owned(),
    };
    let started: Zoned = call.started.to_zoned(settings.zone.clone());
    let day = started.date();
    Words {
        subject: fill(&options.subject),
        description: fill(&options.description),
        due: day
            .checked_add(i64::from(options.due_days).days())
            .unwrap_or(day),
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use linecard_call::LegOutcome;

    use super::*;
    use crate::journal::tests::{call, leg, record};

    fn missed() -> Call {
        let mut call = call();
        call.outcome = Some(Outcome::Missed);
        call.answered = None;
        call.legs = vec![
            leg("101", LegOutcome::Missed, 0),
            leg("102", LegOutcome::Missed, 0),
            leg("103", LegOutcome::Missed, 0),
        ];
        call
    }

    fn options(to: To) -> Options {
        Options {
            on: true,
            to,
            default_user: Some("dora".to_owned()),
            ..Options::default()
        }
    }

    fn bound<'a>(extension: &Extension) -> Option<&'a str> {
        match extension.as_str() {
            "101" | "201" => Some("alice"),
            "102" => Some("bob"),
            _ => None,
        }
    }

    fn owners_of(call: &Call, options: &Options, owner: Option<&str>) -> Vec<String> {
        let who = Record {
            owner: owner.map(str::to_owned),
            ..record("003A", "Grace Hopper")
        };
        let is_user = |user: &str| user != "gone";
        owners(call, options, &who, bound, is_user)
            .into_iter()
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn x10_only_a_call_from_outside_that_nobody_took_is_to_be_called_back() {
        let options = options(To::DefaultUser);
        assert!(concerns(&missed(), &options));
        assert!(!concerns(&call(), &options));
        let mut outbound = missed();
        outbound.direction = Direction::Outbound;
        assert!(!concerns(&outbound, &options));
        assert!(!concerns(&missed(), &Options::default()));
    }

    #[test]
    fn x10_each_rung_bound_agent_gets_one_task() {
        let mut call = missed();
        call.legs.push(leg("201", LegOutcome::Missed, 0));
        let queue = options(To::QueueAgents);
        assert_eq!(owners_of(&call, &queue, None), ["alice", "bob"]);
    }

    #[test]
    fn x10_the_contacts_owner_gets_it_or_else_the_default_user() {
        let owner = options(To::ContactOwner);
        assert_eq!(owners_of(&missed(), &owner, Some("carol")), ["carol"]);
        assert_eq!(owners_of(&missed(), &owner, None), ["dora"]);
        assert_eq!(owners_of(&missed(), &owner, Some("gone")), ["dora"]);
        let mut nobody = owner;
        nobody.default_user = None;
        assert!(owners_of(&missed(), &nobody, None).is_empty());
    }

    #[test]
    fn x10_the_key_differs_by_owner_and_from_the_calls_entry() {
        let link = Uuid::from_u128(1);
        let call = missed();
        assert_ne!(key(link, &call, "alice"), key(link, &call, "bob"));
        assert_eq!(key(link, &call, "alice"), key(link, &call, "alice"));
    }

    #[test]
    fn x10_the_task_says_who_called_and_is_due_where_the_company_is() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let settings = journal::Settings::with_default_words(zone);
        let mut options = options(To::DefaultUser);
        options.due_days = 1;
        let words = words(
            &missed(),
            &record("003A", "Grace Hopper"),
            &options,
            &settings,
        );
        assert_eq!(words.subject, "Call back Grace Hopper<4155550134>");
        assert_eq!(
            words.description,
            "Call: 20/12/2021 15:58:14 Missed Call from Grace Hopper<4155550134> to <5551000>"
        );
        assert_eq!(words.due.to_string(), "2021-12-21");
    }

    #[test]
    fn x10_a_text_with_an_unknown_name_is_refused() {
        let mut options = options(To::DefaultUser);
        options.subject = "{{Whoever}}".to_owned();
        assert!(options.check().is_err());
    }
}
