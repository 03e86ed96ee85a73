//! Account: a company, or a person where the organisation has person accounts.

use super::{Field, Kind, Needs, Object, Schema};

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
        Field::of("LastActivityDate", "Last Activity", Kind::Date).read_only(),
        Field::boolean("IsPersonAccount", "Is Person Account").needing(Needs::PersonAccounts),
        Field::reference(
            "PersonContactId",
            "Contact ID",
            &[Object::Contact],
            "PersonContact",
        )
        .read_only()
        .needing(Needs::PersonAccounts),
        Field::text("FirstName", "First Name", 40).needing(Needs::PersonAccounts),
        Field::text("LastName", "Last Name", 80).needing(Needs::PersonAccounts),
        Field::phone("PersonMobilePhone", "Mobile").needing(Needs::PersonAccounts),
        Field::phone("PersonHomePhone", "Home Phone").needing(Needs::PersonAccounts),
        Field::phone("PersonOtherPhone", "Other Phone").needing(Needs::PersonAccounts),
        Field::phone("PersonAssistantPhone", "Asst. Phone").needing(Needs::PersonAccounts),
        Field::of("PersonEmail", "Email", Kind::Email).needing(Needs::PersonAccounts),
    ],
};
