//! What a person types of a contact, checked.

use linecard_book::{Number, Slot};
use linecard_number::{Plan, Reading};
use linecard_store::ContactDetails;
use serde::Deserialize;
use utoipa::ToSchema;

use super::number::ContactSlot;
use crate::api::input;
use crate::problem::{FieldProblems, Problem};

/// The most characters of a number and of a remark.
const LONGEST_NUMBER: usize = 64;
const LONGEST_REMARK: usize = 2_000;
/// More numbers than the nine slots have room for; a CRM may have given more in `other`.
const MOST_NUMBERS: usize = 50;

/// What a contact shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WantedContact {
    /// The name as it is shown.
    #[schema(example = "Grace Hopper")]
    name: String,
    /// The company.
    #[serde(default)]
    company: Option<String>,
    /// The e-mail address.
    #[serde(default)]
    email: Option<String>,
    /// What else there is to say, in 2,000 characters.
    #[serde(default)]
    remark: Option<String>,
    /// The numbers, each slot once. Only a contact that came from a CRM may have several in
    /// `other`.
    numbers: Vec<WantedNumber>,
}

/// A number that a contact shall have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WantedNumber {
    /// What it is for.
    slot: ContactSlot,
    /// As it is typed; it is kept so, and read with the company's plan.
    #[schema(example = "030 1234567")]
    written: String,
}

impl WantedContact {
    /// Every field at fault is named at once; `at` is where the contact stands in the body.
    pub(super) fn check(self, at: &str, plan: &Plan) -> Result<ContactDetails, Problem> {
        let mut fields = FieldProblems::default();
        let name = input::name(&mut fields, &format!("{at}/name"), &self.name);
        let company =
            given(self.company).map(|it| input::name(&mut fields, &format!("{at}/company"), &it));
        let email =
            given(self.email).map(|it| input::email(&mut fields, &format!("{at}/email"), &it));
        let remark = given(self.remark);
        if let Some(remark) = &remark
            && remark.chars().count() > LONGEST_REMARK
        {
            fields.add(
                format!("{at}/remark"),
                "too_long",
                format_args!("A remark has at most {LONGEST_REMARK} characters."),
            );
        }
        let numbers = numbers(&mut fields, &format!("{at}/numbers"), self.numbers, plan);
        fields.finish()?;
        Ok(ContactDetails {
            name,
            company,
            email,
            remark,
            numbers,
        })
    }
}

fn numbers(
    fields: &mut FieldProblems,
    at: &str,
    wanted: Vec<WantedNumber>,
    plan: &Plan,
) -> Vec<Number> {
    if wanted.len() > MOST_NUMBERS {
        fields.add(
            at,
            "too_many",
            format_args!("There may be at most {MOST_NUMBERS} of them."),
        );
        return Vec::new();
    }
    let mut numbers: Vec<Number> = Vec::with_capacity(wanted.len());
    for (place, number) in wanted.into_iter().enumerate() {
        let (slot, written) = (Slot::from(number.slot), number.written.trim());
        let is_taken = |taken: &Number| taken.slot == slot && slot != Slot::Other;
        if numbers.iter().any(is_taken) {
            let words = "There is a number in this slot already.";
            fields.add(format!("{at}/{place}/slot"), "slot_twice", words);
        }
        let path = format!("{at}/{place}/written");
        if written.chars().count() > LONGEST_NUMBER || written.chars().any(char::is_control) {
            fields.add(
                path,
                "too_long",
                format_args!("A number has at most {LONGEST_NUMBER} characters, on one line."),
            );
        } else if !written.chars().any(char::is_numeric) {
            fields.add(path, "no_digit", "This has no digit, so it is no number.");
        } else {
            numbers.push(Number {
                slot,
                written: written.to_owned(),
                e164: match plan.read(written) {
                    Reading::Phone(phone) => Some(phone.e164),
                    _ => None,
                },
            });
        }
    }
    numbers
}

/// What is more than white space.
fn given(text: Option<String>) -> Option<String> {
    let text = text?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_at_fault_is_named_at_once() {
        let wanted: WantedContact = serde_json::from_value(serde_json::json!({
            "name": " ",
            "company": "x".repeat(201),
            "email": "nowhere",
            "remark": "x".repeat(2_001),
            "numbers": [
                {"slot": "business", "written": "+14155550134"},
                {"slot": "business", "written": "1".repeat(65)},
                {"slot": "other", "written": "ask Bob"},
            ],
        }))
        .unwrap();
        let refused = wanted.check("", &Plan::of(linecard_number::Country::UNITED_STATES));
        let problem = serde_json::to_value(refused.unwrap_err()).unwrap();
        let paths: Vec<_> = problem["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["path"].as_str().unwrap())
            .collect();
        assert_eq!(
            paths,
            [
                "/name",
                "/company",
                "/email",
                "/remark",
                "/numbers/1/slot",
                "/numbers/1/written",
                "/numbers/2/written"
            ]
        );
    }
}
