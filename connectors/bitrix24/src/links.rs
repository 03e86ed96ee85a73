//! Addresses of pages in a portal, for a browser.

use linecard_crm::Module;
use url::Url;

/// What a module is called in addresses and methods.
pub(crate) fn name(module: Module) -> &'static str {
    match module {
        Module::Contact => "contact",
        Module::Lead => "lead",
        Module::Account => "company",
    }
}

/// The page of a record. The id becomes one segment of the path, whatever it holds.
pub(crate) fn page(portal: &Url, module: Module, id: &str) -> Url {
    let mut page = portal.clone();
    if let Ok(mut path) = page.path_segments_mut() {
        path.clear()
            .extend(["crm", name(module), "details", id, ""]);
    }
    page
}

/// The portal's first page.
pub(crate) fn start(portal: &Url) -> Url {
    let mut page = portal.clone();
    page.set_path("/crm/");
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stays_on_the_portals_host() {
        let portal: Url = "https://acme.bitrix24.com/".parse().unwrap();
        assert_eq!(
            page(&portal, Module::Account, "7").as_str(),
            "https://acme.bitrix24.com/crm/company/details/7/"
        );
        assert_eq!(
            page(&portal, Module::Contact, "//evil.example/?#").host_str(),
            Some("acme.bitrix24.com")
        );
    }
}
