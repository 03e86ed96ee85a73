//! One open Desk: what it is greeted with, and what it is told.

use std::sync::Arc;

use linecard_number::Extension;
use linecard_pbx::CommandError;
use linecard_store::{DeviceId, Duty};
use tokio::sync::mpsc;

use super::{Desk, DeskEvent, Dialling, Place};
use crate::Card;

/// What a seat is greeted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// What the agent is at; `None`: they never said, and are off duty here.
    pub duty: Option<Duty>,
    /// The reasons for a break that the agent may choose.
    pub breaks: Vec<String>,
    /// Why the queues do not know what the agent is at.
    pub queues: Option<CommandError>,
    /// The agent's calls now.
    pub cards: Vec<Arc<Card>>,
    /// The calls asked for whose own phone rings now.
    pub dialling: Vec<Arc<Dialling>>,
}

/// One open Desk. Dropping it closes it; what the agent is at stays.
#[derive(Debug)]
pub struct Seat {
    pub(super) desk: Desk,
    pub(super) extension: Extension,
    pub(super) number: u64,
    pub(super) device: Option<DeviceId>,
    pub(super) events: mpsc::Receiver<Box<DeskEvent>>,
}

impl Seat {
    /// What this Desk starts with. Read it before the first [`Seat::next`].
    #[must_use]
    pub fn hello(&self) -> Hello {
        self.desk.with(|agents| {
            let agent = agents.by_extension.get(&self.extension);
            Hello {
                duty: agent.and_then(|agent| agent.duty.clone()),
                breaks: agents.rules.reasons.clone(),
                queues: agent.and_then(|agent| agent.queues.clone()),
                cards: agent
                    .map(|agent| agent.cards.values().cloned().collect())
                    .unwrap_or_default(),
                dialling: agent
                    .map(|agent| agent.dialling.values().cloned().collect())
                    .unwrap_or_default(),
            }
        })
    }

    /// The page with this id was opened, or cannot be: it is told no more.
    pub fn popped(&self, id: &str) {
        self.desk.with(|agents| {
            if let Some(agent) = agents.by_extension.get_mut(&self.extension) {
                agent.devices.opened(id);
            }
        });
    }

    /// Waits for the next event; `None` when this Desk was too slow and has been closed.
    pub async fn next(&mut self) -> Option<DeskEvent> {
        self.events.recv().await.map(|event| *event)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.desk.with(|agents| {
            if let Some(agent) = agents.by_extension.get_mut(&self.extension) {
                agent.seats.retain(|place| place.number != self.number);
                let is_here = |place: &Place| place.device.map(|(device, _)| device) == self.device;
                if let Some(device) = self.device
                    && !agent.seats.iter().any(is_here)
                {
                    agent.devices.went(device);
                }
            }
        });
    }
}
