//! Addresses of pages in Zoho CRM, for a browser.

use url::Url;

/// The page of a record. `home` is where people of this organisation work; `zgid`, the
/// organisation's number, is needed by people of several organisations. The id becomes one
/// segment of the path, whatever it holds.
pub(crate) fn page(home: &Url, zgid: Option<&str>, tab: &str, id: &str) -> Url {
    let mut page = home.clone();
    page.set_query(None);
    page.set_fragment(None);
    if let Ok(mut path) = page.path_segments_mut() {
        path.clear().push("crm");
        if let Some(zgid) = zgid {
            path.push(&format!("org{zgid}"));
        }
        path.extend(["tab", tab, id]);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stays_on_zohos_host() {
        let home: Url = "https://crm.zoho.eu/".parse().unwrap();
        assert_eq!(
            page(
                &home,
                Some("20061234567"),
                "Contacts",
                "7328395000000680155"
            )
            .as_str(),
            "https://crm.zoho.eu/crm/org20061234567/tab/Contacts/7328395000000680155"
        );
        assert_eq!(
            page(&home, None, "Leads", "//evil.example/?#").as_str(),
            "https://crm.zoho.eu/crm/tab/Leads/%2F%2Fevil.example%2F%3F%23"
        );
    }
}
