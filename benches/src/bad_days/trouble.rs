//! What can go wrong at a CRM, and how it comes about that it does.

/// Something that goes wrong on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trouble {
    /// Its name on the wire.
    pub(super) name: &'static str,
    /// How many requests it spoils.
    pub(super) times: u32,
    /// Of which requests.
    pub(super) meets: Meets,
    /// It comes once and then seldom: it is felt for minutes, or until a person has acted.
    pub(super) rare: bool,
    /// Another one that has to come first, or this one would not be met.
    pub(super) after: Option<&'static str>,
}

/// Which requests a trouble is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meets {
    /// Whatever is asked or written.
    Anything,
    /// The creation of a record for a stranger.
    Creation,
    /// The creation of a record that somebody at the CRM has typed in a moment before.
    Duplicate,
    /// A sign-in on the CRM's pages.
    SignIn,
}

impl Trouble {
    /// Spoils so many requests, whatever they are, again and again.
    pub(super) const fn new(name: &'static str, times: u32) -> Self {
        Self {
            name,
            times,
            meets: Meets::Anything,
            rare: false,
            after: None,
        }
    }

    pub(super) const fn rare(self) -> Self {
        Self { rare: true, ..self }
    }

    pub(super) const fn meets(self, meets: Meets) -> Self {
        Self { meets, ..self }
    }

    pub(super) const fn after(self, name: &'static str) -> Self {
        Self {
            after: Some(name),
            ..self
        }
    }
}
