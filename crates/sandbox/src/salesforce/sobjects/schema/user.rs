//! User and the Profile that says what a user may do.

use super::{Field, Kind, Needs, Object, Schema};

pub(super) static USER: Schema = Schema {
    label: "User",
    label_plural: "Users",
    prefix: "005",
    writable: false,
    searchable: false,
    own: &[
        Field::text("Username", "Username", 80).required(),
        Field::text("LastName", "Last Name", 80).required(),
        Field::text("FirstName", "First Name", 40),
        Field::text("Name", "Full Name", 121).read_only(),
        Field::text("Alias", "Alias", 8),
        Field::of("Email", "Email", Kind::Email).required(),
        Field::phone("Phone", "Phone"),
        Field::phone("MobilePhone", "Cell"),
        Field::phone("Fax", "Fax"),
        Field::phone("Extension", "Extension").needing(Needs::Extension),
        Field::boolean("IsActive", "Active"),
        Field::of(
            "UserType",
            "User Type",
            Kind::RestrictedPicklist(&["Standard", "AutomatedProcess", "CloudIntegrationUser"]),
        )
        .read_only(),
        Field::reference("ProfileId", "Profile ID", &[Object::Profile], "Profile"),
        Field::text("FederationIdentifier", "SAML Federation ID", 512),
        Field::text("TimeZoneSidKey", "Time Zone", 40).required(),
        Field::text("LocaleSidKey", "Locale", 40).required(),
        Field::text("LanguageLocaleKey", "Language", 40).required(),
    ],
};

/// What a user may do with a record. Its rows are worked out when they are asked for.
pub(super) static USER_RECORD_ACCESS: Schema = Schema {
    label: "User Record Access",
    label_plural: "User Record Access",
    prefix: "0pA",
    writable: false,
    searchable: false,
    own: &[
        Field::reference("UserId", "User ID", &[Object::User], "User"),
        Field::reference(
            "RecordId",
            "Record ID",
            &[Object::Contact, Object::Lead, Object::Account, Object::Task],
            "Record",
        ),
        Field::boolean("HasReadAccess", "Has Read Access"),
        Field::boolean("HasEditAccess", "Has Edit Access"),
        Field::boolean("HasDeleteAccess", "Has Delete Access"),
        Field::text("MaxAccessLevel", "Max Access Level", 40),
    ],
};

pub(super) static PROFILE: Schema = Schema {
    label: "Profile",
    label_plural: "Profile",
    prefix: "00e",
    writable: false,
    searchable: false,
    own: &[Field::text("Name", "Name", 255).required()],
};
