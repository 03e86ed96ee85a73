//! Says how a number is read, with the settings as they are or as an admin is about to make them.

use axum::Json;
use linecard_number::{Country, Extension, ExtensionRange, Plan, Reading, Rule};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Admin;
use crate::api::organisation::{ExtensionRange as Range, NumberHabits};
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// A number, and by which settings to read it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberToRead {
    /// As somebody wrote it.
    #[schema(example = "(415) 555-0134 ext. 12")]
    number: String,
    /// The trunk over which it came, as the phone system names it.
    #[serde(default)]
    #[schema(example = "PJSIP/provider")]
    trunk: Option<String>,
    /// The country to try. Left out: the company's.
    #[serde(default)]
    country: Option<String>,
    /// The extensions to try. Left out: the company's.
    #[serde(default)]
    extension_ranges: Option<Vec<Range>>,
    /// The habits to try. Left out: the company's.
    #[serde(default)]
    number_habits: Option<NumberHabits>,
}

/// How a number is read.
#[derive(Serialize, ToSchema)]
pub(super) struct ReadNumber {
    /// What it is.
    kind: NumberKind,
    /// By which rule it is a phone number.
    #[schema(required)]
    rule: Option<ReadingRule>,
    /// The country's numbering plan knows it; otherwise only its length is right.
    known: bool,
    /// It is one of the company's own numbers and never matches a contact.
    own: bool,
    /// The international form, by which numbers are compared.
    #[schema(required, example = "+14155550134")]
    e164: Option<String>,
    /// As people of the company's country write it; of an extension or a short code its digits.
    #[schema(required, example = "(415) 555-0134")]
    shown: Option<String>,
    /// As it is written for people of any country.
    #[schema(required, example = "+1 415-555-0134")]
    international: Option<String>,
    /// As a link dials it.
    #[schema(required, example = "tel:+1-415-555-0134;ext=12")]
    rfc3966: Option<String>,
    /// The other company's extension that stands behind it.
    #[schema(required, example = "12")]
    extension: Option<String>,
    /// What the phone system is told to dial.
    #[schema(required, example = "4155550134")]
    dialled: Option<String>,
}

/// What a text turned out to be.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NumberKind {
    /// One of the company's extensions.
    Extension,
    /// A number of the public network.
    Phone,
    /// A short code, which belongs to nobody.
    ShortCode,
    /// The caller shows no number.
    Withheld,
    /// No number.
    Unreadable,
}

/// By which rule a text is a phone number.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReadingRule {
    /// It begins with `+` or an international prefix.
    International,
    /// As people of the country dial it.
    National,
    /// A local number, with the company's area code.
    AreaCode,
    /// An international number that lost its `+`.
    LostPlus,
    /// The prefix for an outside line was taken off.
    OutsidePrefix,
}

/// Says how a number is read. Nobody is asked and nothing is kept.
#[utoipa::path(
    post,
    path = "/numbers/read",
    tag = "organisation",
    request_body = NumberToRead,
    responses((status = 200, description = "How it is read", body = ReadNumber)),
)]
pub(super) async fn read_number(
    admin: Admin,
    Body(wanted): Body<NumberToRead>,
) -> Result<Json<ReadNumber>, Problem> {
    let flow = admin.flow();
    let plan = plan(
        flow.plan(),
        wanted.country,
        wanted.extension_ranges,
        wanted.number_habits,
    )?;
    let explained = plan.explain(&wanted.number, wanted.trunk.as_deref());
    let mut read = ReadNumber {
        kind: NumberKind::Unreadable,
        rule: explained.rule.map(ReadingRule::from),
        known: explained.known,
        own: false,
        e164: None,
        shown: explained.reading.shown().map(str::to_owned),
        international: None,
        rfc3966: None,
        extension: None,
        dialled: None,
    };
    match explained.reading {
        Reading::Extension(_) => read.kind = NumberKind::Extension,
        Reading::ShortCode(_) => read.kind = NumberKind::ShortCode,
        Reading::Phone(phone) => {
            read.kind = NumberKind::Phone;
            read.own = flow.is_own_number(&phone);
            read.international = Some(phone.international());
            read.rfc3966 = Some(phone.rfc3966());
            read.dialled = Some(plan.dialled(&phone.e164));
            read.e164 = Some(phone.e164.into());
            read.extension = phone.extension;
        }
        Reading::Withheld => read.kind = NumberKind::Withheld,
        Reading::Unreadable => {}
    }
    Ok(Json(read))
}

fn plan(
    mut plan: Plan,
    country: Option<String>,
    ranges: Option<Vec<Range>>,
    habits: Option<NumberHabits>,
) -> Result<Plan, Problem> {
    let mut fields = FieldProblems::default();
    if let Some(country) = country {
        let country = fields.take("/country", "unknown", country.parse::<Country>());
        plan.country = country.unwrap_or(plan.country);
    }
    if let Some(ranges) = ranges {
        // A range that is being typed is none yet.
        plan.extensions = ranges.into_iter().filter_map(range).collect();
    }
    if let Some(habits) = habits {
        plan.habits = habits.check(&mut fields);
    }
    fields.finish()?;
    Ok(plan)
}

fn range(range: Range) -> Option<ExtensionRange> {
    Some(ExtensionRange {
        from: Extension::try_from(range.from).ok()?,
        to: Extension::try_from(range.to).ok()?,
    })
}

impl From<Rule> for ReadingRule {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::International => Self::International,
            Rule::National => Self::National,
            Rule::AreaCode => Self::AreaCode,
            Rule::LostPlus => Self::LostPlus,
            Rule::OutsidePrefix => Self::OutsidePrefix,
        }
    }
}
