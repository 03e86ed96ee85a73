//! Whose channel it is: told by configuration, never guessed from a name or a caller id.
//!
//! The first that knows wins: the map of endpoints that the admin wrote, the patterns for lines
//! and phones, and the phone system's own word (hints and queue members). A caller id is no
//! witness: a click-to-call's agent bears the customer's number, and Asterisk calls a phone
//! without a caller id of its own by whatever was dialled, which may be a ring group.

use std::collections::HashMap;

use linecard_call::Endpoint;
use linecard_number::Extension;
use regex::Regex;

use super::assigned::{Assigned, Assignments};
use super::unassigned::Unassigned;

/// Names come from the network too (an anonymous caller's address): what is remembered of them
/// is bounded.
const MOST_REMEMBERED: usize = 20_000;

/// The company's phones and lines.
#[derive(Debug)]
pub(super) struct Endpoints {
    assigned: Assignments,
    own: Vec<Regex>,
    trunk: Vec<Regex>,
    /// What the phone system says of phones that nobody wrote down.
    told: HashMap<Box<str>, Extension>,
    /// The phones behind the interfaces of a queue's members.
    members: HashMap<Box<str>, Box<str>>,
    remembered: HashMap<Box<str>, Whose>,
    pub(super) unassigned: Unassigned,
}

/// Whose an endpoint is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// An extension's.
    Extension(Extension),
    /// A line to the outside.
    Trunk,
    /// Of no interest, as the admin says.
    Ignored,
    /// Nobody has said: its calls are not seen.
    Unassigned,
}

impl From<&Whose> for Endpoint {
    fn from(whose: &Whose) -> Self {
        match whose {
            Whose::Extension(extension) => Self::Extension(extension.clone()),
            Whose::Trunk => Self::Trunk,
            Whose::Ignored | Whose::Unassigned => Self::Other,
        }
    }
}

/// Reads a pattern on technology and resource; it matches the whole of `PJSIP/101` or nothing.
pub fn pattern(text: &str) -> Result<Regex, regex::Error> {
    Regex::new(&format!("^(?:{text})$"))
}

impl Endpoints {
    /// Phones and lines by patterns that match a whole `PJSIP/101`. A phone wins.
    pub(super) fn new(own: Vec<Regex>, trunk: Vec<Regex>) -> Self {
        Self {
            assigned: Assignments::default(),
            own,
            trunk,
            told: HashMap::new(),
            members: HashMap::new(),
            remembered: HashMap::new(),
            unassigned: Unassigned::default(),
        }
    }

    /// What is written down of single endpoints wins over every pattern.
    pub(super) fn assign(&mut self, assigned: Assignments) {
        self.assigned = assigned;
        self.remembered.clear();
    }

    /// The phone system says that `endpoint` is a phone of `extension`.
    pub(super) fn tell(&mut self, endpoint: &str, extension: Extension) {
        if self.told.len() < MOST_REMEMBERED {
            self.told.insert(endpoint.into(), extension);
            self.remembered.remove(endpoint);
        }
    }

    /// The phone system says which phone a queue's member at `interface` has.
    pub(super) fn tell_member(&mut self, interface: &str, phone: &str) {
        if self.members.len() < MOST_REMEMBERED {
            self.members.insert(interface.into(), phone.into());
        }
    }

    /// Whose the endpoint or channel of that name is, without remembering: for lists of a moment.
    pub(super) fn whose(&self, channel: &str) -> Whose {
        self.look_up(without_serial(channel))
    }

    /// Whose the channel of that name is.
    pub(super) fn classify(&mut self, channel: &str) -> Endpoint {
        let name = without_serial(channel);
        if name.starts_with("Local/") {
            return Endpoint::Local;
        }
        if let Some(whose) = self.remembered.get(name) {
            return whose.into();
        }
        let whose = self.look_up(name);
        let endpoint = Endpoint::from(&whose);
        if whose == Whose::Unassigned {
            self.unassigned.seen(name);
        }
        if self.remembered.len() >= MOST_REMEMBERED {
            self.remembered.clear();
        }
        self.remembered.insert(name.into(), whose);
        endpoint
    }

    /// The extension of a queue's interface: `PJSIP/101`, `Local/101@internal/n`.
    pub(super) fn agent(&self, interface: &str) -> Option<Extension> {
        let phone = self.members.get(interface).map_or(interface, |phone| phone);
        match self.look_up(phone) {
            Whose::Extension(extension) => Some(extension),
            _ => dialled_by(interface),
        }
    }

    fn look_up(&self, name: &str) -> Whose {
        match self.assigned.of(name) {
            Some(Assigned::Extension(extension)) => return Whose::Extension(extension.clone()),
            Some(Assigned::Trunk) => return Whose::Trunk,
            Some(Assigned::Ignored) => return Whose::Ignored,
            None => {}
        }
        let matches = |patterns: &[Regex]| patterns.iter().any(|pattern| pattern.is_match(name));
        if matches(&self.own) {
            let resource = name.split_once('/').map_or(name, |(_, resource)| resource);
            let user = resource.split('@').next().unwrap_or(resource);
            if let Ok(extension) = user.parse() {
                return Whose::Extension(extension);
            }
        } else if matches(&self.trunk) {
            return Whose::Trunk;
        }
        let told = self.told.get(name).cloned();
        told.map_or(Whose::Unassigned, Whose::Extension)
    }
}

/// The extension that a queue's `Local/101@internal/n` dials.
fn dialled_by(interface: &str) -> Option<Extension> {
    let dialled = interface.strip_prefix("Local/")?;
    dialled.split(['@', '/']).next()?.parse().ok()
}

/// Drops what makes a channel's name unique: `-` and eight hexadecimal digits, and the half of a
/// local pair. A resource itself may hold `-`, `@` and `/`.
fn without_serial(channel: &str) -> &str {
    let name = channel
        .strip_suffix(";1")
        .or_else(|| channel.strip_suffix(";2"))
        .unwrap_or(channel);
    match name.rsplit_once('-') {
        Some((resource, serial))
            if serial.len() == 8 && serial.bytes().all(|byte| byte.is_ascii_hexdigit()) =>
        {
            resource
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoints() -> Endpoints {
        let own = [r"PJSIP/1\d\d", "PJSIP/alice-desk"].map(|text| pattern(text).unwrap());
        Endpoints::new(own.to_vec(), vec![pattern("PJSIP/trunk.*").unwrap()])
    }

    fn extension(digits: &str) -> Endpoint {
        Endpoint::Extension(digits.parse().unwrap())
    }

    #[test]
    fn a_channel_is_its_endpoint_without_the_serial() {
        let mut endpoints = endpoints();
        for (channel, whose) in [
            ("PJSIP/101-0000002a", extension("101")),
            ("PJSIP/101", extension("101")),
            ("PJSIP/trunk-out-0000002a", Endpoint::Trunk),
            ("Local/101@internal-00000002;1", Endpoint::Local),
            ("PJSIP/1011-0000002a", Endpoint::Other),
            ("SIP/101-0000002a", Endpoint::Other),
            ("", Endpoint::Other),
        ] {
            assert_eq!(endpoints.classify(channel), whose, "{channel}");
        }
    }

    #[test]
    fn what_is_written_down_wins_over_every_pattern() {
        let mut endpoints = endpoints();
        let text = "PJSIP/102=202 PJSIP/103=trunk PJSIP/104=ignore PJSIP/trunk=105";
        endpoints.assign(Assignments::read(text).unwrap());
        for (channel, whose) in [
            ("PJSIP/101-0000002a", extension("101")),
            ("PJSIP/102-0000002a", extension("202")),
            ("PJSIP/103-0000002a", Endpoint::Trunk),
            ("PJSIP/104-0000002a", Endpoint::Other),
            ("PJSIP/trunk-0000002a", extension("105")),
        ] {
            assert_eq!(endpoints.classify(channel), whose, "{channel}");
        }
    }

    #[test]
    fn a_phone_named_after_a_person_is_whose_the_phone_system_says() {
        let mut endpoints = endpoints();
        let alice = "PJSIP/alice-desk-0000002a";
        assert_eq!(endpoints.classify(alice), Endpoint::Other);
        endpoints.tell("PJSIP/alice-desk", "106".parse().unwrap());
        assert_eq!(endpoints.classify(alice), extension("106"));
    }

    #[test]
    fn the_phone_systems_word_makes_no_phone_of_a_trunk_and_changes_no_number() {
        let mut endpoints = endpoints();
        endpoints.tell("PJSIP/trunk", "106".parse().unwrap());
        endpoints.tell("PJSIP/101", "106".parse().unwrap());
        assert_eq!(endpoints.classify("PJSIP/trunk-0000002a"), Endpoint::Trunk);
        assert_eq!(endpoints.classify("PJSIP/101-0000002a"), extension("101"));
    }

    #[test]
    fn a_queue_member_is_named_by_its_interface() {
        let mut endpoints = endpoints();
        endpoints.tell_member("Local/alice@agents/n", "PJSIP/103");
        let agent = |interface: &str| endpoints.agent(interface).map(String::from);
        assert_eq!(agent("PJSIP/101").as_deref(), Some("101"));
        assert_eq!(agent("Local/102@internal/n").as_deref(), Some("102"));
        assert_eq!(agent("Local/alice@agents/n").as_deref(), Some("103"));
        assert_eq!(agent("Agent:1001"), None);
    }
}
