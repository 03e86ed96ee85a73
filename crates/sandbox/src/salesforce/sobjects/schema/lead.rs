//! Lead: someone who may become a customer.

use super::{Field, Kind, Object, Schema};

pub(super) static LEAD: Schema = Schema {
    label: "Lead",
    label_plural: "Leads",
    prefix: "00Q",
    writable: true,
    searchable: true,
    own: &[
        Field::text("LastName", "Last Name", 80).required(),
        Field::text("FirstName", "First Name", 40),
        Field::text("Name", "Full Name", 121).read_only(),
        Field::text("Title", "Title", 128),
        Field::text("Company", "Company", 255).required(),
        Field::phone("Phone", "Phone"),
        Field::phone("MobilePhone", "Mobile Phone"),
        Field::phone("Fax", "Fax"),
        Field::of("Email", "Email", Kind::Email),
        Field::text("City", "City", 40),
        Field::text("Country", "Country", 80),
        Field::of(
            "LeadSource",
            "Lead Source",
            Kind::Picklist(&["Web", "Phone Inquiry", "Partner Referral", "Other"]),
        ),
        Field::of(
            "Status",
            "Status",
            Kind::Picklist(&[
                "Open - Not Contacted",
                "Working - Contacted",
                "Closed - Converted",
                "Closed - Not Converted",
            ]),
        )
        .filled(),
        Field::long_text("Description", "Description"),
        Field::reference("OwnerId", "Owner ID", &[Object::User], "Owner").filled(),
        Field::boolean("IsConverted", "Converted").read_only(),
        Field::reference(
            "ConvertedAccountId",
            "Converted Account ID",
            &[Object::Account],
            "ConvertedAccount",
        )
        .read_only(),
        Field::reference(
            "ConvertedContactId",
            "Converted Contact ID",
            &[Object::Contact],
            "ConvertedContact",
        )
        .read_only(),
        Field::reference(
            "MasterRecordId",
            "Master Record ID",
            &[Object::Lead],
            "MasterRecord",
        )
        .read_only(),
        Field::of("LastActivityDate", "Last Activity", Kind::Date).read_only(),
        Field::required_custom(),
    ],
};
