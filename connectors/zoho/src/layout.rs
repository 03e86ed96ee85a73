//! Which fields a module has in this organisation, and what they take.
//!
//! Zoho takes a field that does not exist without a word and forgets it, so a field is only used
//! when the organisation has it. Its description is read once a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use linecard_crm::{Module, NumberLabel};
use linecard_http::{Daily, Purpose};
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::api::Api;
use crate::ask::Ask;
use crate::modules;
use crate::refusal::Refusal;

/// The fields of one module.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    fields: BTreeMap<String, Field>,
}

/// What is known of a field.
#[derive(Debug, Deserialize)]
pub(crate) struct Field {
    api_name: String,
    #[serde(default)]
    data_type: String,
    #[serde(default)]
    length: Option<usize>,
    #[serde(default)]
    pick_list_values: Vec<Choice>,
}

#[derive(Debug, Deserialize)]
struct Choice {
    #[serde(default)]
    actual_value: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    fields: Vec<Field>,
}

/// The layouts of every module that is used, asked for when they are needed.
#[derive(Default)]
pub(crate) struct Layouts(Mutex<BTreeMap<String, Arc<Daily<Arc<Layout>>>>>);

impl Layouts {
    /// The layout of `module`, by its name in the API.
    pub(crate) async fn of(
        &self,
        api: &Api,
        module: &str,
        purpose: Purpose,
    ) -> Result<Arc<Layout>, Refusal> {
        let kept = Arc::clone(self.0.lock().await.entry(module.to_owned()).or_default());
        kept.get(api.now(), read(api, module, purpose)).await
    }
}

async fn read(api: &Api, module: &str, purpose: Purpose) -> Result<Arc<Layout>, Refusal> {
    let ask = Ask::get(purpose, "settings/fields").with("module", module);
    let answer = api.read::<Answer>(&ask).await?;
    let fields = answer.map(|answer| answer.fields).unwrap_or_default();
    Ok(Arc::new(Layout::of(fields)))
}

impl Layout {
    pub(crate) fn of(fields: Vec<Field>) -> Self {
        let fields = fields
            .into_iter()
            .map(|field| (field.api_name.clone(), field))
            .collect();
        Self { fields }
    }

    /// Whether the organisation has the field. One that describes nothing is taken to have
    /// what every organisation has at first.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.fields.is_empty() || self.fields.contains_key(field)
    }

    /// Whether the organisation is known to have the field.
    pub(crate) fn surely_has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// Whether the list of a field offers this value.
    pub(crate) fn offers(&self, field: &str, value: &str) -> bool {
        self.fields.get(field).is_some_and(|field| {
            field
                .pick_list_values
                .iter()
                .any(|choice| choice.actual_value.as_deref() == Some(value))
        })
    }

    /// How many characters a field takes; `usual` where it is not told.
    pub(crate) fn length(&self, field: &str, usual: usize) -> usize {
        self.fields
            .get(field)
            .and_then(|field| field.length)
            .filter(|length| *length > 0)
            .unwrap_or(usual)
    }

    /// The fields that hold phone numbers: the standard ones first, then the organisation's own.
    /// A fax answers no call.
    pub(crate) fn phones(&self, module: Module) -> Vec<&str> {
        let standard = standard_phones(module);
        if self.fields.is_empty() {
            return standard.to_vec();
        }
        let known = standard.iter().copied().filter(|name| self.has(name));
        let own = self.fields.values().filter_map(|field| {
            let name = field.api_name.as_str();
            (field.data_type == "phone" && name != "Fax" && !standard.contains(&name))
                .then_some(name)
        });
        known.chain(own).collect()
    }

    /// Those of `wanted` that the organisation has.
    pub(crate) fn known<'a>(&self, wanted: &[&'a str]) -> Vec<&'a str> {
        let known = |name: &&str| self.has(name);
        wanted.iter().copied().filter(known).collect()
    }

    /// The fields that make a record of people: its name, company, owner, numbers and times.
    pub(crate) fn of_people(&self, module: Module) -> Vec<&str> {
        let mut fields = vec![modules::name_field(module)];
        fields.extend(match module {
            Module::Contact => self.known(&["Account_Name"]),
            Module::Lead => self.known(&["Company"]),
            Module::Account => Vec::new(),
        });
        fields.extend(["Owner", "Modified_Time"]);
        // A default that not every edition has: only where it is described.
        if self.surely_has("Last_Activity_Time") {
            fields.push("Last_Activity_Time");
        }
        fields.extend(self.phones(module));
        fields
    }
}

fn standard_phones(module: Module) -> &'static [&'static str] {
    match module {
        Module::Contact => &["Phone", "Mobile", "Home_Phone", "Other_Phone", "Asst_Phone"],
        Module::Lead => &["Phone", "Mobile"],
        Module::Account => &["Phone"],
    }
}

/// What a number in this field is for.
pub(crate) fn label(field: &str) -> NumberLabel {
    match field {
        "Phone" => NumberLabel::Work,
        "Mobile" => NumberLabel::Mobile,
        "Home_Phone" => NumberLabel::Home,
        _ => NumberLabel::Other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn layout() -> Layout {
        let answer: Answer = serde_json::from_value(json!({"fields": [
            {"api_name": "Fax", "data_type": "phone", "length": 30},
            {"api_name": "Direct_Line", "data_type": "phone", "length": 30},
            {"api_name": "Mobile", "data_type": "phone"},
            {"api_name": "Phone", "data_type": "phone"},
            {"api_name": "Call_Result", "data_type": "picklist", "pick_list_values": [
                {"display_value": "Interested", "actual_value": "Interested"}, {}]}
        ]}))
        .unwrap();
        Layout::of(answer.fields)
    }

    #[test]
    fn numbers_are_looked_for_in_the_organisations_own_fields_too_and_never_in_a_fax() {
        assert_eq!(
            layout().phones(Module::Contact),
            ["Phone", "Mobile", "Direct_Line"]
        );
        assert_eq!(Layout::default().phones(Module::Lead), ["Phone", "Mobile"]);
    }

    #[test]
    fn a_list_offers_its_own_values_only() {
        assert!(layout().offers("Call_Result", "Interested"));
        assert!(!layout().offers("Call_Result", "Sold"));
        assert!(!layout().offers("Nothing", "Sold"));
    }
}
