//! Account: a company. Person accounts are not enabled.

use super::{Field, Kind, Object, Schema};

pub(super) static ACCOUNT: Schema = Schema {
    label: "Account",
    label_plural: "Accounts",
    prefix: "001",
    writable: true,
    searchable: true,
    own: &[
        Field::text("Name", "Account Name", 255).required(),
        Field::of(
            "Type",
            "Account Type",
            Kind::Picklist(&["Prospect", "Customer", "Partner"]),
        ),
        Field::reference(
            "ParentId",
            "Parent Account ID",
            &[Object::Account],
            "Parent",
        ),
        Field::phone("Phone", "Account Phone"),
        Field::phone("Fax", "Account Fax"),
        Field::of("Website", "Website", Kind::Url),
        Field::text("BillingCity", "Billing City", 40),
        Field::text("BillingCountry", "Billing Country", 80),
        Field::long_text("Description", "Account Description"),
        Field::reference("OwnerId", "Owner ID", &[Object::User], "Owner").filled(),
        Field::reference(
            "MasterRecordId",
            "Master Record ID",
            &[Object::Account],
            "MasterRecord",
        )
        .read_only(),
    ],
};
