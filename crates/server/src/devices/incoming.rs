//! A call that rings at the agent, as a device shows it.

use linecard_flow::{Card, CardState};
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use crate::sight::Sight;

/// A call that rings at the agent. Its texts come from the phone line and from the CRM: data, never
/// markup.
#[derive(Serialize, ToSchema)]
pub(crate) struct Incoming {
    /// Which call.
    call: String,
    /// Who calls, where that is known.
    #[schema(required, example = "Grace Hopper")]
    name: Option<String>,
    /// The company.
    #[schema(required)]
    company: Option<String>,
    /// The number as people write it; `null`: withheld.
    #[schema(required, example = "(415) 555-0134")]
    number: Option<String>,
    /// The queue the call came through.
    #[schema(required)]
    queue: Option<String>,
    /// The page of who calls, for somebody who asks to see it; it does not open by itself. Not to be
    /// used where `pop_mode` is `off`.
    #[schema(required)]
    page: Option<Url>,
}

impl Incoming {
    /// What a device shows of a card; `None`: it does not ring.
    pub(super) fn of(card: &Card) -> Option<Self> {
        if card.state != CardState::Ringing {
            return None;
        }
        let book = card.in_phonebooks.first();
        let known = card.contact.as_ref();
        let name = known
            .map(|it| &it.name)
            .or(book.map(|it| &it.name))
            .or(card.name_from_phone.as_ref());
        let company = known
            .and_then(|it| it.company.as_ref())
            .or(book.and_then(|it| it.company.as_ref()));
        Some(Self {
            call: card.call.to_string(),
            name: name.cloned(),
            company: company.cloned(),
            number: card.number.clone(),
            queue: card.queue.clone(),
            page: known.map(|it| it.page.clone()),
        })
    }

    /// Hides what somebody with this sight may not know.
    pub(super) fn seen_with(&mut self, sight: &Sight) {
        if let Some(number) = &self.number {
            self.number = Some(sight.number(number).shown);
        }
        for text in [&mut self.name, &mut self.company].into_iter().flatten() {
            sight.text(text);
        }
    }
}
