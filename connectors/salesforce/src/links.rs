//! Addresses of pages in Salesforce, for a browser.

use linecard_crm::Module;
use url::Url;

/// The object that a module is in Salesforce.
pub(crate) fn object(module: Module) -> &'static str {
    match module {
        Module::Contact => "Contact",
        Module::Lead => "Lead",
        Module::Account => "Account",
    }
}

/// The module that an object of Salesforce is, if it is one.
pub(crate) fn module(object: &str) -> Option<Module> {
    match object {
        "Contact" => Some(Module::Contact),
        "Lead" => Some(Module::Lead),
        "Account" => Some(Module::Account),
        _ => None,
    }
}

/// The Lightning page of a record. `base` is the organisation's own address; the id becomes
/// one segment of the path, whatever it holds.
pub(crate) fn page(base: &Url, object: &str, id: &str) -> Url {
    let mut page = base.clone();
    page.set_query(None);
    page.set_fragment(None);
    if let Ok(mut path) = page.path_segments_mut() {
        path.clear().extend(["lightning", "r", object, id, "view"]);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stays_on_the_organisations_host() {
        let base: Url = "https://acme.my.salesforce.com/".parse().unwrap();
        assert_eq!(
            page(&base, "Contact", "003000000000001AAA").as_str(),
            "https://acme.my.salesforce.com/lightning/r/Contact/003000000000001AAA/view"
        );
        assert_eq!(
            page(&base, "Task", "//evil.example/?#").as_str(),
            "https://acme.my.salesforce.com/lightning/r/Task/%2F%2Fevil.example%2F%3F%23/view"
        );
    }
}
