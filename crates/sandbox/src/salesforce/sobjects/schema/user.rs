//! User and the Profile that says what a user may do.

use super::{Field, Kind, Object, Schema};

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
        Field::phone("Extension", "Extension"),
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

pub(super) static PROFILE: Schema = Schema {
    label: "Profile",
    label_plural: "Profile",
    prefix: "00e",
    writable: false,
    searchable: false,
    own: &[Field::text("Name", "Name", 255).required()],
};
