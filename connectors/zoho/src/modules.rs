//! Zoho's modules, by the names of its API.

use linecard_crm::Module;

/// The module Calls.
pub(crate) const CALLS: &str = "Calls";
/// The module Tasks.
pub(crate) const TASKS: &str = "Tasks";

/// The modules that a caller is looked for in.
pub(crate) const PEOPLE: [Module; 3] = [Module::Contact, Module::Lead, Module::Account];

/// What a module is called in the API and in the addresses of pages.
pub(crate) fn name(module: Module) -> &'static str {
    match module {
        Module::Contact => "Contacts",
        Module::Lead => "Leads",
        Module::Account => "Accounts",
    }
}

/// The field that holds a record's name.
pub(crate) fn name_field(module: Module) -> &'static str {
    match module {
        Module::Contact | Module::Lead => "Full_Name",
        Module::Account => "Account_Name",
    }
}

/// An id of Zoho's: decimal digits. It never goes through a number: it has 19 of them.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
