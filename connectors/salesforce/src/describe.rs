//! Which fields an organisation shows its user.
//!
//! A search that names one hidden or absent field fails as a whole, and organisations hide and
//! add phone fields. So the fields are asked for, not assumed.

use std::collections::BTreeSet;

use futures_util::try_join;
use linecard_crm::{Failure, Module};
use linecard_http::Purpose;
use serde::Deserialize;

use crate::api::Api;
use crate::refusal::Refusal;

/// The objects a caller can be; one that the user may not see is absent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layouts {
    pub(crate) contact: Option<Layout>,
    pub(crate) lead: Option<Layout>,
    pub(crate) account: Option<Layout>,
}

impl Layouts {
    /// The layout of a module, if the user may see it.
    pub(crate) fn of(&self, module: Module) -> Option<&Layout> {
        match module {
            Module::Contact => self.contact.as_ref(),
            Module::Lead => self.lead.as_ref(),
            Module::Account => self.account.as_ref(),
        }
    }
}

/// The fields of one object, and what the user may do with it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    names: BTreeSet<String>,
    /// Those that hold a phone number, in Salesforce's order.
    pub(crate) phones: Vec<String>,
    /// Those that a new record must fill: name and label.
    pub(crate) required: Vec<(String, String)>,
    /// Those that a new record may fill.
    writable: BTreeSet<String>,
    /// Whether the user may create such records.
    pub(crate) createable: bool,
}

impl Layout {
    /// Whether the object has this field and the user may see it.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.names.contains(field)
    }

    /// Whether a new record may be given this field.
    pub(crate) fn takes(&self, field: &str) -> bool {
        self.writable.contains(field)
    }
}

#[derive(Deserialize)]
struct Description {
    #[serde(default)]
    createable: bool,
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(default)]
    label: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    createable: bool,
    #[serde(default)]
    nillable: bool,
    #[serde(default, rename = "defaultedOnCreate")]
    defaulted: bool,
}

impl From<Description> for Layout {
    fn from(description: Description) -> Self {
        // Nobody calls from a fax, though Salesforce gives it the same type.
        let phones = description
            .fields
            .iter()
            .filter(|field| field.kind == "phone" && field.name != "Fax")
            .map(|field| field.name.clone())
            .collect();
        // The rule of the vendor's "Required Fields" (Object Reference).
        let required = description
            .fields
            .iter()
            .filter(|field| field.createable && !field.nillable && !field.defaulted)
            .map(|field| (field.name.clone(), field.label.clone()))
            .collect();
        let writable = description.fields.iter().filter(|field| field.createable);
        Self {
            writable: writable.map(|field| field.name.clone()).collect(),
            createable: description.createable,
            required,
            phones,
            names: description
                .fields
                .into_iter()
                .map(|field| field.name)
                .collect(),
        }
    }
}

pub(crate) async fn layouts(api: &Api, purpose: Purpose) -> Result<Layouts, Failure> {
    let (contact, lead, account) = try_join!(
        layout(api, purpose, "Contact"),
        layout(api, purpose, "Lead"),
        layout(api, purpose, "Account")
    )?;
    Ok(Layouts {
        contact,
        lead,
        account,
    })
}

/// The layout of one object; nothing if the user may not see it.
pub(crate) async fn layout(
    api: &Api,
    purpose: Purpose,
    object: &str,
) -> Result<Option<Layout>, Failure> {
    let resource = format!("sobjects/{object}/describe");
    match api.get::<Description>(purpose, &resource, &[]).await {
        Ok(description) => Ok(Some(description.into())),
        Err(Refusal::Rejected(rejection)) if rejection.code == "NOT_FOUND" => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Layout {
        /// An object with these fields and phone fields.
        pub(crate) fn of(fields: &[&str], phones: &[&str]) -> Self {
            let text = |field: &&str| (*field).to_owned();
            Self {
                names: fields.iter().chain(phones).map(text).collect(),
                phones: phones.iter().map(text).collect(),
                ..Self::default()
            }
        }
    }

    #[test]
    fn phone_fields_are_found_by_their_type_and_a_fax_is_none() {
        let description: Description = serde_json::from_value(serde_json::json!({"fields": [
            {"name": "Id", "type": "id"}, {"name": "Phone", "type": "phone"},
            {"name": "Fax", "type": "phone"}, {"name": "Second__c", "type": "phone"}
        ]}))
        .unwrap();
        let layout = Layout::from(description);
        assert_eq!(layout.phones, ["Phone", "Second__c"]);
        assert!(layout.has("Fax") && !layout.has("HomePhone"));
    }

    #[test]
    fn what_a_new_record_must_fill_is_computed() {
        let description: Description = serde_json::from_value(serde_json::json!({
            "createable": true,
            "fields": [
                {"name": "Id", "type": "id", "defaultedOnCreate": true},
                {"name": "LastName", "label": "Last Name", "createable": true},
                {"name": "FirstName", "createable": true, "nillable": true},
                {"name": "OwnerId", "createable": true, "defaultedOnCreate": true}
            ]
        }))
        .unwrap();
        let layout = Layout::from(description);
        let required = [("LastName".to_owned(), "Last Name".to_owned())];
        assert_eq!(layout.required, required);
        assert!(layout.createable && layout.takes("OwnerId") && !layout.takes("Id"));
    }
}
