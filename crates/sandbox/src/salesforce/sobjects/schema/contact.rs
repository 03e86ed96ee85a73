//! Contact: a person one does business with.

use super::{Field, Kind, Needs, Object, Schema};

pub(super) static CONTACT: Schema = Schema {
    label: "Contact",
    label_plural: "Contacts",
    prefix: "003",
    writable: true,
    searchable: true,
    own: &[
        Field::reference("AccountId", "Account ID", &[Object::Account], "Account"),
        Field::text("LastName", "Last Name", 80).required(),
        Field::text("FirstName", "First Name", 40),
        Field::of(
            "Salutation",
            "Salutation",
            Kind::Picklist(&["Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."]),
        ),
        Field::text("Name", "Full Name", 121).read_only(),
        Field::phone("Phone", "Business Phone"),
        Field::phone("Fax", "Business Fax"),
        Field::phone("MobilePhone", "Mobile Phone"),
        Field::phone("HomePhone", "Home Phone"),
        Field::phone("OtherPhone", "Other Phone"),
        Field::phone("AssistantPhone", "Asst. Phone"),
        Field::of("Email", "Email", Kind::Email),
        Field::text("Title", "Title", 128),
        Field::text("Department", "Department", 80),
        Field::text("MailingCity", "Mailing City", 40),
        Field::text("MailingCountry", "Mailing Country", 80),
        Field::of(
            "LeadSource",
            "Lead Source",
            Kind::Picklist(&["Web", "Phone Inquiry", "Partner Referral", "Other"]),
        ),
        Field::long_text("Description", "Contact Description"),
        Field::reference("OwnerId", "Owner ID", &[Object::User], "Owner").filled(),
        Field::reference(
            "MasterRecordId",
            "Master Record ID",
            &[Object::Contact],
            "MasterRecord",
        )
        .read_only(),
        Field::of("LastActivityDate", "Last Activity", Kind::Date).read_only(),
        Field::boolean("IsPersonAccount", "Is Person Account")
            .read_only()
            .needing(Needs::PersonAccounts),
        Field::required_custom(),
    ],
};
