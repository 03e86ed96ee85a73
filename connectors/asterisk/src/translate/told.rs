//! What the phone system itself says of its phones: by hints, and by the members of its queues.

use std::collections::{BTreeMap, BTreeSet};

use linecard_number::Extension;

use super::Translator;
use super::endpoints::{dialled_by, is_endpoint};
use crate::ami::Block;

impl Translator {
    /// Takes in the entries of `ExtensionStateList`: a hint says which devices an extension has,
    /// `PJSIP/alice&PJSIP/alice-web&Custom:DND106,CustomPresence:106`.
    pub fn hear_hints(&mut self, list: &[Block]) {
        let mut owners: BTreeMap<String, BTreeSet<Extension>> = BTreeMap::new();
        for entry in list {
            let Some((exten, hint)) = entry.get("Exten").zip(entry.get("Hint")) else {
                continue;
            };
            // A pattern such as `_1XX` is no extension.
            let Ok(extension) = exten.parse::<Extension>() else {
                continue;
            };
            let devices = hint.split(',').next().unwrap_or_default();
            for device in devices.split('&').filter(|device| is_endpoint(device)) {
                let owners = owners.entry(device.to_owned()).or_default();
                owners.insert(extension.clone());
            }
        }
        for (device, owners) in owners {
            // A device that several extensions watch tells nothing of its owner.
            if let (Some(owner), 1) = (owners.first(), owners.len()) {
                self.endpoints.tell(&device, owner.clone());
            }
        }
    }

    /// Takes in the entries of `QueueStatus`: a member that is called by way of a local channel
    /// names its phone as state interface.
    pub fn hear_members(&mut self, list: &[Block]) {
        for entry in list {
            let Some((interface, phone)) = entry.get("Location").zip(entry.get("StateInterface"))
            else {
                continue;
            };
            if !is_endpoint(&phone) || phone == interface {
                continue;
            }
            if let Some(extension) = dialled_by(&interface) {
                self.endpoints.tell_if_unknown(&phone, extension);
            }
            self.endpoints.tell_member(&interface, &phone);
        }
    }
}
