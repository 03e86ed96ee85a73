//! Organization: the customer's own company, one record.

use super::{Field, Schema};

pub(super) static ORGANIZATION: Schema = Schema {
    label: "Organization",
    label_plural: "Organizations",
    prefix: "00D",
    writable: false,
    searchable: false,
    own: &[
        Field::text("Name", "Name", 80),
        Field::phone("Phone", "Phone"),
        Field::text("OrganizationType", "Edition", 40),
        Field::text("InstanceName", "Instance Name", 5),
        Field::boolean("IsSandbox", "Is Sandbox"),
        Field::text("TimeZoneSidKey", "Time Zone", 40),
        Field::text("DefaultLocaleSidKey", "Locale", 40),
        Field::text("LanguageLocaleKey", "Language", 40),
    ],
};
