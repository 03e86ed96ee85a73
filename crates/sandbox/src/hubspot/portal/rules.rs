//! What a write must keep to.

use serde_json::{Map, Value as Json};

use super::associations::kind_of_type;
use super::record::{read, written};
use super::{Association, Kind, Portal, Properties, Value, property};
use crate::hubspot::errors::ApiError;
use crate::hubspot::options::Switches;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Write {
    Create,
    Change(u64),
}

/// The values of `input.properties`, as they are kept, or why they are not taken.
pub(crate) fn checked(
    portal: &Portal,
    kind: Kind,
    write: Write,
    input: &Map<String, Json>,
    switches: &Switches,
) -> Result<Properties, ApiError> {
    let given = input
        .get("properties")
        .and_then(Json::as_object)
        .ok_or_else(|| ApiError::validation("Invalid input JSON: properties is missing"))?;
    let mut properties = Properties::new();
    for (name, value) in given {
        properties.insert(name.clone(), one(portal, kind, name, value, switches)?);
    }
    if write == Write::Create
        && matches!(kind, Kind::Call | Kind::Task)
        && !properties.contains_key("hs_timestamp")
    {
        return Err(ApiError::property(
            "hs_timestamp",
            "REQUIRED_FIELD",
            "hs_timestamp is required",
        ));
    }
    required(portal, kind, write, &properties, switches)?;
    if kind == Kind::Contact {
        unique_email(portal, write, &properties, switches)?;
    }
    Ok(properties)
}

fn one(
    portal: &Portal,
    kind: Kind,
    name: &str,
    value: &Json,
    switches: &Switches,
) -> Result<String, ApiError> {
    let known = property(kind, name, switches).ok_or_else(|| {
        let words = format!("Property \"{name}\" does not exist");
        ApiError::property(name, "PROPERTY_DOESNT_EXIST", &words)
    })?;
    if known.read_only {
        let words = format!("\"{name}\" is a read only property; its value cannot be set.");
        return Err(ApiError::property(name, "READ_ONLY_VALUE", &words));
    }
    let text = match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Number(_) | Json::Bool(_) => value.to_string(),
        Json::Array(_) | Json::Object(_) => {
            return Err(ApiError::validation(format!(
                "Invalid input JSON: {name} is not a string"
            )));
        }
    };
    if text.is_empty() {
        return Ok(text);
    }
    let refused = |code: &str, words: String| Err(ApiError::property(name, code, &words));
    match known.value {
        Value::Text if text.chars().count() > 65_536 => refused(
            "PROPERTY_VALUE_TOO_LONG",
            format!("{name} is longer than 65536 characters"),
        ),
        Value::Number if text.parse::<f64>().is_err() => {
            refused("INVALID_INTEGER", format!("{text} was not a valid number."))
        }
        Value::DateTime => match read(&text) {
            Some(at) => Ok(written(at)),
            None => refused("INVALID_DATE", format!("{text} was not a valid date.")),
        },
        Value::Choice(words) if !words.contains(&text.as_str()) => refused(
            "INVALID_OPTION",
            format!("{text} was not one of the allowed options"),
        ),
        Value::Text | Value::Number | Value::Choice(_) => Ok(text),
        Value::Owner => {
            let active = portal
                .owners
                .iter()
                .any(|owner| owner.id.to_string() == text && !owner.archived);
            if active {
                Ok(text)
            } else {
                refused(
                    "INVALID_OWNER_ID",
                    format!("Owner {text} does not exist or is inactive"),
                )
            }
        }
    }
}

/// A rule of the account: every write of the type must leave the property filled in.
fn required(
    portal: &Portal,
    kind: Kind,
    write: Write,
    properties: &Properties,
    switches: &Switches,
) -> Result<(), ApiError> {
    let Some(rule) = &switches.required_property else {
        return Ok(());
    };
    if Kind::named(&rule.object) != Some(kind) {
        return Ok(());
    }
    let held = match write {
        Write::Create => None,
        Write::Change(id) => portal
            .get(kind, id)
            .map(|record| record.text(&rule.property)),
    };
    let value = properties.get(&rule.property).map(String::as_str).or(held);
    if value.is_none_or(str::is_empty) {
        return Err(ApiError::validation(format!(
            "Validation rule: {} must be filled in before a record is saved",
            rule.property
        )));
    }
    Ok(())
}

fn unique_email(
    portal: &Portal,
    write: Write,
    properties: &Properties,
    switches: &Switches,
) -> Result<(), ApiError> {
    let Some(email) = properties.get("email").filter(|email| !email.is_empty()) else {
        return Ok(());
    };
    let taken = portal.of(Kind::Contact).find(|record| {
        record.text("email").eq_ignore_ascii_case(email) && write != Write::Change(record.id)
    });
    taken.map_or(Ok(()), |record| {
        Err(ApiError::conflict(record.id, switches.conflict_context))
    })
}

/// The associations that `input` asks for, the new record's own end left at 0.
pub(crate) fn wanted_associations(
    portal: &Portal,
    kind: Kind,
    input: &Map<String, Json>,
    switches: &Switches,
) -> Result<Vec<Association>, ApiError> {
    let mut wanted = Vec::new();
    let given = input.get("associations").and_then(Json::as_array);
    for one in given.into_iter().flatten() {
        let id = one
            .pointer("/to/id")
            .and_then(|id| {
                id.as_str()
                    .map(str::to_owned)
                    .or_else(|| id.as_u64().map(|id| id.to_string()))
            })
            .and_then(|id| id.parse::<u64>().ok())
            .ok_or_else(|| ApiError::validation("Invalid input JSON: association without to.id"))?;
        let types = one.get("types").and_then(Json::as_array);
        for spec in types.into_iter().flatten() {
            let type_id = spec
                .get("associationTypeId")
                .and_then(Json::as_u64)
                .and_then(|id| u32::try_from(id).ok())
                .unwrap_or_default();
            let to = kind_of_type(kind, type_id, switches.call_lead_type).ok_or_else(|| {
                ApiError::validation(format!(
                    "invalid association type {type_id} from {}",
                    kind.plural()
                ))
            })?;
            let Some(record) = portal.get(to, id) else {
                return Err(gone(to, id, switches));
            };
            wanted.push(Association {
                from: (kind, 0),
                to: (to, record.id),
                type_id,
            });
        }
    }
    if kind == Kind::Lead && !wanted.iter().any(|one| one.to.0 == Kind::Contact) {
        return Err(ApiError::validation(
            "A lead must be associated with an existing contact or company",
        ));
    }
    Ok(wanted)
}

fn gone(to: Kind, id: u64, switches: &Switches) -> ApiError {
    let words = format!(
        "No {} with id {id} exists to be associated with",
        to.singular()
    );
    if switches.gone_association_404 {
        ApiError::not_found(&words)
    } else {
        ApiError::validation(format!("One or more associations are not valid: {words}"))
    }
}
