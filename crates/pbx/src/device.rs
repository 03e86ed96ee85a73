//! The phones and lines that a phone system lists.

use linecard_number::Extension;

/// A phone or a line as the phone system lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Whose it is.
    pub whose: Whose,
    /// The phone system's name for it: `PJSIP/101`.
    #[expect(
        clippy::struct_field_names,
        reason = "phone systems call it the device"
    )]
    pub device: String,
    /// The user's name, where the phone system tells it.
    pub name: Option<String>,
    /// The user's e-mail address, where the phone system tells it.
    pub email: Option<String>,
}

impl Device {
    /// The extension whose phone it is, if it is one's.
    #[must_use]
    pub fn extension(&self) -> Option<&Extension> {
        match &self.whose {
            Whose::Extension(extension) => Some(extension),
            Whose::Trunk | Whose::Ignored | Whose::Unassigned => None,
        }
    }
}

/// Whose a phone or a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// An extension's. One extension may have several phones.
    Extension(Extension),
    /// A line to the outside.
    Trunk,
    /// Of no interest, as the admin says.
    Ignored,
    /// Nobody has said: calls over it are not seen.
    Unassigned,
}
