//! Queues: joining, leaving, agents that ring out.

use linecard_call::Event;

use super::calls::named;
use super::introductions::PLAIN;
use super::{Headers, Translator};

impl Translator {
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
