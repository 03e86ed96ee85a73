//! How an agent's clients come to their Desk.

use linecard_number::Extension;
use linecard_rules::pop::Client;
use linecard_store::{DeviceClient, DeviceId};

use super::Seat;
use crate::Flow;

impl Flow {
    /// An agent opens a Desk of that kind, and is told at once who opens the pages there.
    #[must_use]
    pub fn sit_down(&self, extension: &Extension, client: Client) -> Seat {
        let seat = self.desk().join(extension, client);
        self.tell_modes(Some(extension));
        seat
    }

    /// A device of the agent connects, and says which page it opened last: it is told those that it
    /// has missed.
    #[must_use]
    pub fn sit_down_device(
        &self,
        extension: &Extension,
        device: DeviceId,
        client: DeviceClient,
        opened: Option<&str>,
    ) -> Seat {
        let now = self.clock().now();
        let device = (device, client);
        let seat = self.desk().join_device(extension, device, opened, now);
        self.tell_modes(Some(extension));
        seat
    }

    /// Tells the seats of an agent, or of all, who opens the pages there.
    pub(crate) fn tell_modes(&self, whose: Option<&Extension>) {
        let directories = &self.shared().directories;
        self.desk().set_modes(whose, || directories.newest());
    }
}
