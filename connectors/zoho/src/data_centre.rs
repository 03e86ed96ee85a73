//! Zoho's data centres and their addresses (A16).

use url::Url;

/// One of Zoho's data centres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataCentre {
    /// Zoho's own name of it, as the consent page's answer gives it in `location`.
    pub name: &'static str,
    /// Where one signs in.
    pub accounts: &'static str,
    /// Where requests go.
    pub api: &'static str,
    /// Where people work.
    pub crm: &'static str,
}

/// All of them (Zoho's multi-DC guide; also served at `accounts.zoho.com/oauth/serverinfo`). The
/// vendor does not document the last two addresses of `uk` and Canada's `crm`: they follow the
/// pattern of the others.
pub const DATA_CENTRES: [DataCentre; 9] = [
    DataCentre {
        name: "us",
        accounts: "https://accounts.zoho.com",
        api: "https://www.zohoapis.com",
        crm: "https://crm.zoho.com",
    },
    DataCentre {
        name: "eu",
        accounts: "https://accounts.zoho.eu",
        api: "https://www.zohoapis.eu",
        crm: "https://crm.zoho.eu",
    },
    DataCentre {
        name: "in",
        accounts: "https://accounts.zoho.in",
        api: "https://www.zohoapis.in",
        crm: "https://crm.zoho.in",
    },
    DataCentre {
        name: "au",
        accounts: "https://accounts.zoho.com.au",
        api: "https://www.zohoapis.com.au",
        crm: "https://crm.zoho.com.au",
    },
    DataCentre {
        name: "jp",
        accounts: "https://accounts.zoho.jp",
        api: "https://www.zohoapis.jp",
        crm: "https://crm.zoho.jp",
    },
    DataCentre {
        name: "cn",
        accounts: "https://accounts.zoho.com.cn",
        api: "https://www.zohoapis.com.cn",
        crm: "https://crm.zoho.com.cn",
    },
    DataCentre {
        name: "ca",
        accounts: "https://accounts.zohocloud.ca",
        api: "https://www.zohoapis.ca",
        crm: "https://crm.zohocloud.ca",
    },
    DataCentre {
        name: "sa",
        accounts: "https://accounts.zoho.sa",
        api: "https://www.zohoapis.sa",
        crm: "https://crm.zoho.sa",
    },
    DataCentre {
        name: "uk",
        accounts: "https://accounts.zoho.uk",
        api: "https://www.zohoapis.uk",
        crm: "https://crm.zoho.uk",
    },
];

/// The names, in the order of [`DATA_CENTRES`]: what an admin chooses from.
pub(crate) const NAMES: [&str; 9] = ["us", "eu", "in", "au", "jp", "cn", "ca", "sa", "uk"];

impl DataCentre {
    /// The data centre of this name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        DATA_CENTRES.iter().find(|centre| centre.name == name)
    }

    /// The data centre whose accounts server has this address.
    pub(crate) fn of_accounts(address: &Url) -> Option<&'static Self> {
        DATA_CENTRES
            .iter()
            .find(|centre| is_origin(centre.accounts, address))
    }
}

/// Whether `known` and `address` are the same scheme, host and port.
pub(crate) fn is_origin(known: &str, address: &Url) -> bool {
    Url::parse(known).is_ok_and(|known| known.origin() == address.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_admin_chooses_from_every_data_centre() {
        assert_eq!(DATA_CENTRES.map(|centre| centre.name), NAMES);
        for centre in DATA_CENTRES {
            for address in [centre.accounts, centre.api, centre.crm] {
                let url = Url::parse(address).unwrap();
                assert_eq!(url.scheme(), "https", "{address}");
                assert_eq!(url.path(), "/", "{address}");
            }
        }
    }
}
