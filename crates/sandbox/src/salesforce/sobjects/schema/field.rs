//! One field of an object: its type, its length, and what may be done with it.

use super::Object;

/// A field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// What people see, and what the vendor's error messages name.
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    write: Write,
    empty: Empty,
    /// Whether a query may filter and sort by it.
    pub(crate) filterable: bool,
    /// What an organisation must have for the field to be there.
    pub(crate) needs: Needs,
}

/// What an organisation must have for a field to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    Nothing,
    /// Person accounts.
    PersonAccounts,
    /// A field that its admin has added and made required.
    RequiredCustomField,
    /// A field that its admin has added for a client's key, unique.
    ExternalId,
    /// The field that the vendor's reference does not settle.
    Extension,
}

/// When a client may write a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Write {
    Never,
    OnCreate,
    Always,
}

/// Whether a field may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Empty {
    Allowed,
    /// The client must fill it.
    Refused,
    /// A new record gets a value when none is given.
    Filled,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Id,
    /// One line of at most so many characters.
    Text(usize),
    /// Several lines of at most so many characters.
    LongText(usize),
    /// Free text, stored as typed.
    Phone,
    Email,
    Url,
    /// Suggestions; any text is taken.
    Combobox(usize),
    /// Values of which others than these are taken, too.
    Picklist(&'static [&'static str]),
    /// These values only.
    RestrictedPicklist(&'static [&'static str]),
    Reference {
        to: &'static [Object],
        relationship: &'static str,
    },
    Boolean,
    /// A whole number of at most so many digits.
    Integer(u32),
    Date,
    DateTime,
}

impl Kind {
    /// The greatest number of characters, where the field holds text.
    pub(crate) fn length(self) -> Option<usize> {
        match self {
            Self::Text(length) | Self::LongText(length) | Self::Combobox(length) => Some(length),
            Self::Phone => Some(40),
            Self::Email => Some(80),
            Self::Url | Self::Picklist(_) | Self::RestrictedPicklist(_) => Some(255),
            Self::Id
            | Self::Reference { .. }
            | Self::Boolean
            | Self::Integer(_)
            | Self::Date
            | Self::DateTime => None,
        }
    }
}

impl Field {
    const fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            name,
            label,
            kind,
            write: Write::Always,
            empty: Empty::Allowed,
            filterable: true,
            needs: Needs::Nothing,
        }
    }

    pub(crate) const fn id() -> Self {
        Self::new("Id", "Record ID", Kind::Id).read_only()
    }

    pub(crate) const fn text(name: &'static str, label: &'static str, length: usize) -> Self {
        Self::new(name, label, Kind::Text(length))
    }

    /// The vendor's long texts cannot be filtered by.
    pub(crate) const fn long_text(name: &'static str, label: &'static str) -> Self {
        let mut field = Self::new(name, label, Kind::LongText(32_000));
        field.filterable = false;
        field
    }

    pub(crate) const fn phone(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Phone)
    }

    pub(crate) const fn of(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self::new(name, label, kind)
    }

    pub(crate) const fn boolean(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Boolean).filled()
    }

    pub(crate) const fn date_time(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::DateTime)
    }

    pub(crate) const fn reference(
        name: &'static str,
        label: &'static str,
        to: &'static [Object],
        relationship: &'static str,
    ) -> Self {
        Self::new(name, label, Kind::Reference { to, relationship })
    }

    /// Is only there where the organisation has that.
    pub(crate) const fn needing(mut self, needs: Needs) -> Self {
        self.needs = needs;
        self
    }

    /// The required field of an organisation's own.
    pub(crate) const fn required_custom() -> Self {
        Self::text("Region__c", "Region", 40)
            .required()
            .needing(Needs::RequiredCustomField)
    }

    /// Whether an admin added it.
    pub(crate) fn is_custom(&self) -> bool {
        self.name.ends_with("__c")
    }

    /// Whether records are found by it as by their id.
    pub(crate) fn is_external_id(&self) -> bool {
        self.needs == Needs::ExternalId
    }

    /// Must be given when a record is created.
    pub(crate) const fn required(mut self) -> Self {
        self.empty = Empty::Refused;
        self
    }

    /// Never empty, and given a value when a record is created without one.
    pub(crate) const fn filled(mut self) -> Self {
        self.empty = Empty::Filled;
        self
    }

    /// Written by Salesforce itself.
    pub(crate) const fn read_only(mut self) -> Self {
        self.write = Write::Never;
        self
    }

    /// Fixed once the record exists.
    pub(crate) const fn create_only(mut self) -> Self {
        self.write = Write::OnCreate;
        self
    }

    pub(crate) fn createable(&self) -> bool {
        self.write != Write::Never
    }

    pub(crate) fn updateable(&self) -> bool {
        self.write == Write::Always
    }

    pub(crate) fn nillable(&self) -> bool {
        self.empty == Empty::Allowed
    }

    /// Whether a new record gets a value when none is given.
    pub(crate) fn defaulted(&self) -> bool {
        self.empty == Empty::Filled
    }

    /// The rule that clients are told to compute from the describe.
    pub(crate) fn is_required(&self) -> bool {
        self.createable() && !self.nillable() && !self.defaulted()
    }

    /// The name under which the record referred to is reached: `Account` for `AccountId`.
    pub(crate) fn relationship(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Reference { relationship, .. } => Some(relationship),
            _ => None,
        }
    }
}
