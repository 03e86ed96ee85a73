//! How a record is created and changed, whichever method asks for it.

use jiff::{SignedDuration, Timestamp};

use super::Context;
use crate::Target;
use crate::bitrix24::asked::Param;
use crate::bitrix24::errors::ApiError;
use crate::bitrix24::faults::FaultKind;
use crate::bitrix24::records::{
    Entity, Field, Kind, Numbered, Portal, Row, TYPES, classic_field, item_field, read_classic,
    read_fm,
};

/// In which family of methods a record is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Classic,
    Item,
}

/// Who writes, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Author {
    pub(crate) user: u64,
    pub(crate) now: Timestamp,
    /// From when on the record is found by its phone.
    pub(crate) indexed: Timestamp,
}

/// A record to be.
pub(crate) struct NewRecord<'a> {
    pub(crate) kind: Kind,
    /// By the names of the older methods.
    pub(crate) fields: &'a Param,
}

impl Context<'_> {
    fn author(&self) -> Author {
        let lag = self
            .stand_in
            .faults()
            .take(FaultKind::IndexLag, Target::Writes)
            .and_then(|fault| i64::try_from(fault.milliseconds()).ok())
            .map_or(SignedDuration::ZERO, SignedDuration::from_millis);
        Author {
            user: self.caller.user,
            now: self.now,
            indexed: self.now.saturating_add(lag).unwrap_or(self.now),
        }
    }

    /// What keeps a record from being written.
    pub(super) fn refusal(&self) -> Result<(), ApiError> {
        if self.fails(FaultKind::AccessDenied) {
            return Err(ApiError::access_denied());
        }
        if self.fails(FaultKind::Validation) {
            return Err(ApiError::plain(
                "The field \"Region\" is required: a rule of ours.",
            ));
        }
        Ok(())
    }
}

pub(super) fn add(
    context: &mut Context<'_>,
    kind: Kind,
    fields: &Param,
    family: Family,
) -> Result<u64, ApiError> {
    context.refusal()?;
    let author = context.author();
    Ok(create(context.portal, author, kind, fields, family))
}

/// Creates a record as the older methods do, without asking anybody.
pub(crate) fn put(portal: &mut Portal, author: Author, new: &NewRecord<'_>) -> u64 {
    create(portal, author, new.kind, new.fields, Family::Classic)
}

/// Changes a record as the older methods do, without asking anybody.
pub(crate) fn change(portal: &mut Portal, author: Author, at: (Kind, u64), fields: &Param) {
    if let Some(mut entity) = portal.entity(at).cloned() {
        take(portal, author, &mut entity, fields, Family::Classic, false);
        portal.put_entity(entity);
    }
}

fn create(portal: &mut Portal, author: Author, kind: Kind, fields: &Param, family: Family) -> u64 {
    let id = portal.number(Numbered::Record(kind));
    let mut row = Row::default();
    row.set("ID", id);
    row.set("ASSIGNED_BY_ID", author.user);
    row.set("CREATED_BY_ID", author.user);
    row.set("LAST_ACTIVITY_BY", author.user);
    row.set_time("DATE_CREATE", author.now);
    row.set_time("LAST_ACTIVITY_TIME", author.now);
    row.set("OPENED", "N");
    if kind == Kind::Lead {
        row.set("STATUS_ID", "NEW");
    }
    let mut entity = Entity {
        kind,
        id,
        row,
        multifields: Vec::new(),
        indexed: author.indexed,
    };
    take(portal, author, &mut entity, fields, family, true);
    let without_title = matches!(kind, Kind::Lead | Kind::Company | Kind::Deal)
        && entity.row.text("TITLE").is_empty();
    if without_title {
        entity.row.set("TITLE", format!("{} #{id}", kind.name()));
    }
    portal.put_entity(entity);
    id
}

pub(super) fn update(
    context: &mut Context<'_>,
    at: (Kind, u64),
    fields: &Param,
    family: Family,
) -> Result<(), ApiError> {
    let known = context.portal.entity(at).ok_or_else(ApiError::not_found)?;
    if !context.may_read(known) {
        return Err(ApiError::access_denied());
    }
    let mut entity = known.clone();
    context.refusal()?;
    let author = context.author();
    take(context.portal, author, &mut entity, fields, family, false);
    context.portal.put_entity(entity);
    Ok(())
}

pub(super) fn delete(context: &mut Context<'_>, at: (Kind, u64)) -> Result<(), ApiError> {
    let known = context.portal.entity(at).ok_or_else(ApiError::not_found)?;
    if !context.may_read(known) {
        return Err(ApiError::access_denied());
    }
    context.refusal()?;
    context.portal.remove_entity(at);
    Ok(())
}

/// Takes over what a request gives. What is not known is dropped without a word.
fn take(
    portal: &mut Portal,
    author: Author,
    entity: &mut Entity,
    fields: &Param,
    family: Family,
    is_new: bool,
) {
    let mut changes = Vec::new();
    for (name, given) in fields.entries() {
        let field: Option<&'static Field> = match family {
            Family::Classic => classic_field(entity.kind, name),
            Family::Item => item_field(entity.kind, name),
        };
        if let Some(field) = field.filter(|field| !field.own) {
            entity.row.take(field, given, &portal.zone);
        } else if family == Family::Classic && TYPES.contains(&name.as_str()) {
            changes.extend(read_classic(name, given));
        } else if family == Family::Item && name == "fm" {
            changes.extend(read_fm(given, is_new));
        }
    }
    if entity.kind.has_phones() {
        entity.change(changes, || portal.number(Numbered::Multifield));
    }
    entity.row.set("MODIFY_BY_ID", author.user);
    entity.row.set_time("DATE_MODIFY", author.now);
    entity.indexed = author.indexed;
}
