//! What is chosen for an import.

use linecard_book::Slot;
use linecard_book::exchange::mapping::Field;
use linecard_store::{ImportPlan as Plan, OnDuplicate as Policy};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is chosen for an import. Of cards only `encoding` and `on_duplicate` count.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ImportPlan {
    /// What parts the cells: `,`, `;`, a tab or `|`.
    #[schema(example = ";")]
    delimiter: String,
    /// What all rows are in, by the name that the encoding standard gives it; `null`: each row is
    /// looked at.
    #[schema(required, example = "gb18030")]
    #[serde(deserialize_with = "Option::deserialize")]
    encoding: Option<String>,
    /// Whether the first row names the columns.
    has_header: bool,
    /// What each column holds; `null`: it is not taken. Empty: it is guessed.
    columns: Vec<Option<ImportField>>,
    /// What becomes of a row whose contact is there.
    on_duplicate: OnDuplicate,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ImportField {
    /// The whole name.
    Name,
    /// The first name.
    FirstName,
    /// The middle name.
    MiddleName,
    /// The family name.
    LastName,
    /// The company.
    Company,
    /// The e-mail address.
    Email,
    /// What else there is to say.
    Remark,
    /// The number at work.
    Business,
    /// Another number at work.
    Business2,
    /// The fax at work.
    BusinessFax,
    /// The mobile number.
    Mobile,
    /// Another mobile number.
    Mobile2,
    /// The number at home.
    Home,
    /// Another number at home.
    Home2,
    /// The fax at home.
    HomeFax,
    /// Another number.
    Other,
    /// A number of the kind that the column before it says.
    LabelledNumber,
}

/// What becomes of a row whose number, or whose name and company, a contact of the phonebook has.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum OnDuplicate {
    /// It is not taken.
    Skip,
    /// The contact gets what the row says; what the row leaves empty stays.
    Update,
    /// It becomes another contact.
    Add,
}

const FIELDS: [(ImportField, Field); 17] = [
    (ImportField::Name, Field::Name),
    (ImportField::FirstName, Field::FirstName),
    (ImportField::MiddleName, Field::MiddleName),
    (ImportField::LastName, Field::LastName),
    (ImportField::Company, Field::Company),
    (ImportField::Email, Field::Email),
    (ImportField::Remark, Field::Remark),
    (ImportField::Business, Field::Number(Slot::Business)),
    (ImportField::Business2, Field::Number(Slot::Business2)),
    (ImportField::BusinessFax, Field::Number(Slot::BusinessFax)),
    (ImportField::Mobile, Field::Number(Slot::Mobile)),
    (ImportField::Mobile2, Field::Number(Slot::Mobile2)),
    (ImportField::Home, Field::Number(Slot::Home)),
    (ImportField::Home2, Field::Number(Slot::Home2)),
    (ImportField::HomeFax, Field::Number(Slot::HomeFax)),
    (ImportField::Other, Field::Number(Slot::Other)),
    (ImportField::LabelledNumber, Field::LabelledNumber),
];

impl ImportField {
    fn word(self) -> Option<&'static str> {
        let known = FIELDS.iter().find(|(name, _)| *name == self)?;
        Some(known.1.word())
    }

    fn of_word(word: &str) -> Option<Self> {
        let field = Field::named(word)?;
        let known = FIELDS.iter().find(|(_, known)| *known == field)?;
        Some(known.0)
    }
}

impl From<ImportPlan> for Plan {
    fn from(plan: ImportPlan) -> Self {
        let columns = plan.columns.into_iter();
        let word = |field: Option<ImportField>| field?.word().map(str::to_owned);
        Self {
            // What is not one character is none that parts cells, and is refused as such.
            delimiter: match (plan.delimiter.chars().next(), plan.delimiter.len()) {
                (Some(delimiter), 1) => delimiter,
                _ => '\0',
            },
            encoding: plan.encoding,
            has_header: plan.has_header,
            columns: columns.map(word).collect(),
            on_duplicate: match plan.on_duplicate {
                OnDuplicate::Skip => Policy::Skip,
                OnDuplicate::Update => Policy::Update,
                OnDuplicate::Add => Policy::Add,
            },
        }
    }
}

impl From<Plan> for ImportPlan {
    fn from(plan: Plan) -> Self {
        let field = |word: Option<String>| ImportField::of_word(&word?);
        Self {
            delimiter: plan.delimiter.to_string(),
            encoding: plan.encoding,
            has_header: plan.has_header,
            columns: plan.columns.into_iter().map(field).collect(),
            on_duplicate: match plan.on_duplicate {
                Policy::Skip => OnDuplicate::Skip,
                Policy::Update => OnDuplicate::Update,
                Policy::Add => OnDuplicate::Add,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use linecard_book::exchange::mapping;

    use super::*;

    #[test]
    fn every_field_has_the_same_word_outside_and_inside() {
        for (name, field) in FIELDS {
            let json = serde_json::to_value(name).unwrap();
            assert_eq!(json, field.word());
            assert_eq!(ImportField::of_word(field.word()), Some(name));
        }
        assert_eq!(FIELDS.len(), mapping::FIELDS.len());
    }
}
