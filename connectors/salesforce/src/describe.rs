//! Which fields an organisation shows its user.
//!
//! A search that names one hidden or absent field fails as a whole, and organisations hide and
//! add phone fields. So the fields are asked for, not assumed.

use std::collections::BTreeSet;

use futures_util::try_join;
use linecard_crm::Failure;
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

/// The fields of one object.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    names: BTreeSet<String>,
    /// Those that hold a phone number, in Salesforce's order.
    pub(crate) phones: Vec<String>,
}

impl Layout {
    /// Whether the object has this field and the user may see it.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.names.contains(field)
    }
}

#[derive(Deserialize)]
struct Description {
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(default, rename = "type")]
    kind: String,
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
        let names = description.fields.into_iter().map(|field| field.name);
        Self {
            names: names.collect(),
            phones,
        }
    }
}

pub(crate) async fn layouts(api: &Api) -> Result<Layouts, Failure> {
    let (contact, lead, account) = try_join!(
        layout(api, "Contact"),
        layout(api, "Lead"),
        layout(api, "Account")
    )?;
    Ok(Layouts {
        contact,
        lead,
        account,
    })
}

async fn layout(api: &Api, object: &str) -> Result<Option<Layout>, Failure> {
    let resource = format!("sobjects/{object}/describe");
    match api.get::<Description>(&resource, &[]).await {
        Ok(description) => Ok(Some(description.into())),
        // The user may not see the object: 404 NOT_FOUND.
        Err(Refusal::Failed(Failure::Refused { words })) if words.starts_with("NOT_FOUND") => {
            Ok(None)
        }
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
}
