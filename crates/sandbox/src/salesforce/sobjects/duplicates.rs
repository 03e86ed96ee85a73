//! Is a new contact or lead there already? What a duplicate rule answers.

use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::answers::attributes;
use super::schema::{Kind, Object};
use crate::Target;
use crate::salesforce::errors::ApiError;
use crate::salesforce::faults::FaultKind;
use crate::salesforce::records::{Record, Records};
use crate::salesforce::rest::version_number;
use crate::salesforce::setup::{DuplicateRule, Setup};
use crate::salesforce::sosl::phone_spellings;
use crate::salesforce::stand_in::StandIn;

/// The last version whose answer has the vendor's own spelling.
const LAST_MISSPELLED: u32 = 57;

/// Refuses the record if a rule is on and it is there already.
pub(super) fn check(
    stand_in: &StandIn,
    records: &Records,
    record: &Record,
    headers: &HeaderMap,
    version: &str,
) -> Result<(), ApiError> {
    let setup = stand_in.setup();
    let found = same(records, record);
    if found.is_empty() {
        return Ok(());
    }
    let rule = rule(stand_in, &setup);
    let insists = headers
        .get("sforce-duplicate-rule-header")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.to_ascii_lowercase().contains("allowsave=true"));
    match rule {
        DuplicateRule::Off => Ok(()),
        DuplicateRule::Alert if insists => Ok(()),
        DuplicateRule::Alert | DuplicateRule::Block => {
            let allow_save = rule == DuplicateRule::Alert;
            Err(refusal(
                record,
                &found,
                allow_save,
                key(&setup, version),
                version,
            ))
        }
    }
}

/// The rule that is on, or comes on demand.
fn rule(stand_in: &StandIn, setup: &Setup) -> DuplicateRule {
    let mut faults = stand_in.faults();
    for (kind, rule) in [
        (FaultKind::DuplicateBlock, DuplicateRule::Block),
        (FaultKind::DuplicateAlert, DuplicateRule::Alert),
    ] {
        if faults.take(kind, Target::Writes).is_some() {
            return rule;
        }
    }
    setup.duplicate_rule
}

/// Contacts and leads with one of its numbers, however it was typed, or with its name and address.
fn same<'a>(records: &'a Records, record: &Record) -> Vec<&'a Record> {
    if !matches!(record.object, Object::Contact | Object::Lead) {
        return Vec::new();
    }
    let numbers = numbers(record);
    [Object::Contact, Object::Lead]
        .into_iter()
        .flat_map(|object| records.of(object))
        .filter(|other| other.id != record.id && !other.is_true("IsConverted"))
        .filter(|other| {
            let by_number = self::numbers(other).iter().any(|one| numbers.contains(one));
            let same = |field: &str| {
                let text = record.text(field);
                !text.is_empty() && text.eq_ignore_ascii_case(other.text(field))
            };
            by_number || same("Name") && same("Email")
        })
        .collect()
}

fn numbers(record: &Record) -> Vec<String> {
    record
        .object
        .schema()
        .fields()
        .filter(|field| matches!(field.kind, Kind::Phone) && field.name != "Fax")
        .flat_map(|field| phone_spellings(record.text(field.name)))
        .collect()
}

fn key<'a>(setup: &'a Setup, version: &str) -> &'a str {
    match setup.duplicate_key.as_str() {
        "" if version_number(version).is_some_and(|number| number > LAST_MISSPELLED) => {
            "duplicateResult"
        }
        "" => "duplicateResut",
        forced => forced,
    }
}

fn refusal(
    record: &Record,
    found: &[&Record],
    allow_save: bool,
    key: &str,
    version: &str,
) -> ApiError {
    let object = record.object.name();
    let message = "You're creating a duplicate record. We recommend you use an existing record \
                   instead.";
    let results: Vec<Value> = [Object::Contact, Object::Lead]
        .into_iter()
        .filter_map(|of| {
            let records: Vec<Value> = found
                .iter()
                .filter(|one| one.object == of)
                .map(|one| {
                    json!({
                        "additionalInformation": [],
                        "fieldDiffs": [],
                        "matchConfidence": 100.0,
                        "record": {"attributes": attributes(one, version), "Id": one.id.as_str()},
                    })
                })
                .collect();
            (!records.is_empty()).then(|| {
                json!({
                    "entityType": of.name(),
                    "errors": [],
                    "matchEngine": "FuzzyMatchEngine",
                    "rule": format!("Standard_{}_Match_Rule_v1_0", of.name()),
                    "size": records.len(),
                    "success": true,
                    "matchRecords": records,
                })
            })
        })
        .collect();
    let result = json!({
        "allowSave": allow_save,
        "duplicateRule": format!("Standard_{object}_Duplicate_Rule"),
        "duplicateRuleEntityType": object,
        "errorMessage": message,
        "matchResults": results,
    });
    ApiError::bad_request("DUPLICATES_DETECTED", message).beside(key, result)
}
