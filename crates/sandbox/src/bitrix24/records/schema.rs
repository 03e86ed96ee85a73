//! The fields of a record, by their two names: `ASSIGNED_BY_ID` in the older methods,
//! `assignedById` in `crm.item.*`. Whatever is not listed here is not known and dropped.

use super::kind::Kind;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    /// A text in the older methods, a number in `crm.item.*`.
    Integer,
    /// `Y` or `N`.
    Flag,
    Time,
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) classic: &'static str,
    pub(crate) item: &'static str,
    pub(crate) holds: Holds,
    /// Whether the portal fills it in by itself.
    pub(crate) own: bool,
}

const fn text(classic: &'static str, item: &'static str) -> Field {
    field(classic, item, Holds::Text, false)
}

const fn integer(classic: &'static str, item: &'static str) -> Field {
    field(classic, item, Holds::Integer, false)
}

const fn field(classic: &'static str, item: &'static str, holds: Holds, own: bool) -> Field {
    Field {
        classic,
        item,
        holds,
        own,
    }
}

const EVERY: [Field; 16] = [
    field("ID", "id", Holds::Integer, true),
    field("DATE_CREATE", "createdTime", Holds::Time, true),
    field("DATE_MODIFY", "updatedTime", Holds::Time, true),
    field("CREATED_BY_ID", "createdBy", Holds::Integer, true),
    field("MODIFY_BY_ID", "updatedBy", Holds::Integer, true),
    field("LAST_ACTIVITY_TIME", "lastActivityTime", Holds::Time, true),
    field("LAST_ACTIVITY_BY", "lastActivityBy", Holds::Integer, true),
    field("HAS_PHONE", "hasPhone", Holds::Flag, true),
    field("HAS_EMAIL", "hasEmail", Holds::Flag, true),
    field("OPENED", "opened", Holds::Flag, false),
    integer("ASSIGNED_BY_ID", "assignedById"),
    text("SOURCE_ID", "sourceId"),
    text("SOURCE_DESCRIPTION", "sourceDescription"),
    text("COMMENTS", "comments"),
    text("ORIGINATOR_ID", "originatorId"),
    text("ORIGIN_ID", "originId"),
];

const CONTACT: [Field; 7] = [
    text("NAME", "name"),
    text("SECOND_NAME", "secondName"),
    text("LAST_NAME", "lastName"),
    text("HONORIFIC", "honorific"),
    text("POST", "post"),
    text("TYPE_ID", "typeId"),
    integer("COMPANY_ID", "companyId"),
];

const LEAD: [Field; 9] = [
    text("TITLE", "title"),
    text("NAME", "name"),
    text("SECOND_NAME", "secondName"),
    text("LAST_NAME", "lastName"),
    text("COMPANY_TITLE", "companyTitle"),
    text("POST", "post"),
    text("STATUS_ID", "stageId"),
    integer("COMPANY_ID", "companyId"),
    integer("CONTACT_ID", "contactId"),
];

const COMPANY: [Field; 3] = [
    text("TITLE", "title"),
    text("COMPANY_TYPE", "typeId"),
    text("INDUSTRY", "industry"),
];

const DEAL: [Field; 4] = [
    text("TITLE", "title"),
    text("STAGE_ID", "stageId"),
    integer("COMPANY_ID", "companyId"),
    integer("CONTACT_ID", "contactId"),
];

/// Every field of such a record.
pub(crate) fn fields(kind: Kind) -> impl Iterator<Item = &'static Field> {
    let own: &'static [Field] = match kind {
        Kind::Contact => &CONTACT,
        Kind::Lead => &LEAD,
        Kind::Company => &COMPANY,
        Kind::Deal => &DEAL,
    };
    EVERY.iter().chain(own)
}

/// The field that the older methods call so.
pub(crate) fn classic(kind: Kind, name: &str) -> Option<&'static Field> {
    fields(kind).find(|field| field.classic == name)
}

/// The field that `crm.item.*` calls so; it takes the id in either case.
pub(crate) fn item(kind: Kind, name: &str) -> Option<&'static Field> {
    fields(kind).find(|field| field.item == name || name == "ID" && field.item == "id")
}

/// The fields of an activity. The older methods are the only ones that know them.
pub(crate) const ACTIVITY: [Field; 26] = [
    field("ID", "id", Holds::Integer, true),
    field("CREATED", "", Holds::Time, true),
    field("LAST_UPDATED", "", Holds::Time, true),
    field("DEADLINE", "", Holds::Time, true),
    field("STATUS", "", Holds::Integer, true),
    field("AUTHOR_ID", "", Holds::Integer, true),
    field("EDITOR_ID", "", Holds::Integer, true),
    field("PROVIDER_ID", "", Holds::Text, true),
    field("PROVIDER_TYPE_ID", "", Holds::Text, true),
    integer("OWNER_ID", ""),
    integer("OWNER_TYPE_ID", ""),
    integer("TYPE_ID", ""),
    integer("ASSOCIATED_ENTITY_ID", ""),
    text("SUBJECT", ""),
    field("START_TIME", "", Holds::Time, false),
    field("END_TIME", "", Holds::Time, false),
    field("COMPLETED", "", Holds::Flag, false),
    integer("RESPONSIBLE_ID", ""),
    integer("PRIORITY", ""),
    integer("NOTIFY_TYPE", ""),
    text("DESCRIPTION", ""),
    integer("DESCRIPTION_TYPE", ""),
    integer("DIRECTION", ""),
    text("LOCATION", ""),
    text("ORIGINATOR_ID", ""),
    text("ORIGIN_ID", ""),
];
