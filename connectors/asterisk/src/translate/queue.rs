//! Queues: joining, leaving, agents that ring out, and whose their members are.

use linecard_call::Event;
use linecard_number::Extension;
use linecard_pbx::Whose;

use super::calls::named;
use super::endpoints::{dialled_by, is_endpoint};
use super::introductions::PLAIN;
use super::{Headers, Translator};

impl Translator {
    /// The extension of the member that `QueueMemberAdded` tells of, or an entry of `QueueStatus`, which
    /// calls the interface `Location`. A member behind a Local channel is whose its phone is.
    #[must_use]
    pub fn member(&self, message: &dyn Headers) -> Option<Extension> {
        let phone = message.known("StateInterface");
        if let Some(phone) = phone.filter(|phone| is_endpoint(phone)) {
            return match self.whose(&phone) {
                Whose::Extension(extension) => Some(extension),
                Whose::Trunk | Whose::Ignored | Whose::Unassigned => None,
            };
        }
        let interface = message.known("Interface");
        dialled_by(&interface.or_else(|| message.known("Location"))?)
    }

    pub(super) fn queue_join(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let channel = self.introduce(message, &PLAIN, say)?;
        let queue = Box::from(&*message.known("Queue")?);
        say(Event::QueueJoin { channel, queue });
        Some(())
    }

    pub(super) fn agent_ring_no_answer(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let channel = named(message)?;
        let agent = self.endpoints.agent(&message.known("Interface")?)?;
        say(Event::AgentRangOut { channel, agent });
        Some(())
    }
}

pub(super) fn queue_leave(message: &dyn Headers, say: &mut dyn FnMut(Event)) -> Option<()> {
    let channel = named(message)?;
    say(Event::QueueLeave { channel });
    Some(())
}
