//! A call asked for by a click, as it goes over the socket until it has a card.

use serde::Serialize;
use utoipa::ToSchema;

use crate::sight::Sight;

/// A call that the agent asked for by a click.
#[derive(Serialize, ToSchema)]
pub(crate) struct Dialling {
    /// Which call.
    call: String,
    /// Who is called, as people write the number.
    #[schema(example = "(415) 555-0134")]
    number: String,
    /// What is sent to call the number again where it is hidden from the agent.
    #[schema(required)]
    handle: Option<String>,
    /// Who that is, where it is known. Data, never markup.
    #[schema(required)]
    name: Option<String>,
    /// A colleague's extension is hidden from nobody.
    #[serde(skip)]
    outside: bool,
}

impl Dialling {
    /// Hides what somebody with this sight may not know.
    pub(super) fn seen_with(&mut self, sight: &Sight) {
        if self.outside {
            let seen = sight.number(&self.number);
            (self.number, self.handle) = (seen.shown, seen.handle);
        }
        self.name.iter_mut().for_each(|it| sight.text(it));
    }
}

/// How far a call has come that was asked for.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DialProgressStage {
    /// The agent's own phone rings.
    Ringing,
    /// It was answered; the number is called now, and the call has a card.
    Answered,
}

impl From<&linecard_flow::Dialling> for Dialling {
    fn from(dialling: &linecard_flow::Dialling) -> Self {
        Self {
            call: dialling.call.to_string(),
            number: dialling.number.clone(),
            handle: None,
            outside: dialling.outside,
            name: dialling.name.clone(),
        }
    }
}
