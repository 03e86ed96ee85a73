//! The pages that an agent's devices were told to open and have not opened yet.
//!
//! Chrome ends the worker of an extension whenever it likes and wakes it by an alarm half a minute
//! later. A page that was sent meanwhile waits, and is told again under the same id.

use std::time::Duration;

use jiff::Timestamp;
use linecard_store::DeviceId;
use tokio::time::Instant;
use url::Url;

use super::DeskEvent;
use crate::CallRef;

/// How long a device that went away is believed to come back: one alarm of Chrome, and a half.
const COMES_BACK: Duration = Duration::from_secs(45);

/// A page to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PopOrder {
    /// The same pop always has the same id, so that it is opened once.
    pub(crate) id: String,
    /// The call it belongs to.
    pub(crate) call: CallRef,
    /// The record's page.
    pub(crate) page: Url,
    /// From when on it is of no more use.
    pub(crate) until: Timestamp,
}

impl From<PopOrder> for DeskEvent {
    fn from(pop: PopOrder) -> Self {
        Self::Pop {
            id: pop.id,
            call: pop.call,
            page: pop.page,
            until: pop.until,
        }
    }
}

/// What is kept of the devices of one agent.
#[derive(Debug, Default)]
pub(super) struct Devices {
    /// The one that went away last, and when.
    left: Option<(DeviceId, Instant)>,
    waiting: Vec<(DeviceId, PopOrder)>,
}

impl Devices {
    /// The device has connected, and says which page it opened last; the pages that it has missed.
    pub(super) fn came(
        &mut self,
        device: DeviceId,
        opened: Option<&str>,
        now: Timestamp,
    ) -> Vec<PopOrder> {
        self.left = self.left.filter(|(left, _)| *left != device);
        self.waiting.retain(|(_, pop)| pop.until > now);
        if let Some(opened) = opened {
            self.opened(opened);
        }
        let missed = self.waiting.iter().filter(|(whose, _)| *whose == device);
        missed.map(|(_, pop)| pop.clone()).collect()
    }

    pub(super) fn went(&mut self, device: DeviceId) {
        self.left = Some((device, Instant::now()));
    }

    /// The device that is away for a moment only.
    pub(super) fn coming_back(&self) -> Option<DeviceId> {
        let (device, since) = self.left?;
        (since.elapsed() < COMES_BACK).then_some(device)
    }

    /// The device is to open the page, now or when it is back.
    pub(super) fn wait(&mut self, device: DeviceId, pop: PopOrder) {
        self.waiting.push((device, pop));
    }

    /// The page was opened, or cannot be.
    pub(super) fn opened(&mut self, id: &str) {
        self.waiting.retain(|(_, pop)| pop.id != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn pop(id: &str, until: i64) -> PopOrder {
        PopOrder {
            id: id.to_owned(),
            call: "01900000-0000-7000-8000-000000000001.1".parse().unwrap(),
            page: Url::parse("https://crm.example/1").unwrap(),
            until: at(until),
        }
    }

    #[test]
    fn d11_a_page_that_came_too_late_is_not_opened_and_another_devices_page_neither() {
        let one: DeviceId = "01900000-0000-7000-8000-000000000001".parse().unwrap();
        let other: DeviceId = "01900000-0000-7000-8000-000000000002".parse().unwrap();
        let mut devices = Devices::default();
        devices.wait(one, pop("early", 60));
        devices.wait(one, pop("late", 90));
        devices.wait(other, pop("other", 90));
        assert_eq!(devices.came(one, None, at(60)), [pop("late", 90)]);
        assert_eq!(devices.came(one, Some("late"), at(60)), []);
    }
}
