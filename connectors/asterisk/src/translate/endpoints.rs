//! Whose channel it is: told by configuration, never guessed from a name or a caller id.
//!
//! The first that knows wins: the map of endpoints that the admin wrote, the patterns for lines
//! and phones, and the phone system's own word (hints and queue members). A caller id is no
//! witness: a click-to-call's agent bears the customer's number, and Asterisk calls a phone
//! without a caller id of its own by whatever was dialled, which may be a ring group.

use std::collections::HashMap;

use linecard_call::Endpoint;
use linecard_number::Extension;
use linecard_pbx::Whose;
use regex::Regex;

use super::assigned::{Assigned, Assignments};
use super::unassigned::Unassigned;

/// Names come from the network too (an anonymous caller's address): what is remembered of them
/// is bounded.
const MOST_REMEMBERED: usize = 20_000;

/// Asterisk's channels for its own purposes: announcers, recorders, text messages. They are
/// nobody's phone.
const INNER: [&str; 13] = [
    "Announcer",
    "AsyncGoto",
    "AudioSocket",
    "Bridge",
    "CBAnn",
    "CBRec",
    "Message",
    "MulticastRTP",
    "Parking",
    "Recorder",
    "Snoop",
    "Surrogate",
    "UnicastRTP",
];

/// What follows the extension in the name of its softphone's endpoint.
pub(crate) const SOFTPHONE: &str = "-web";

/// The company's phones and lines.
#[derive(Debug)]
pub(super) struct Endpoints {
    assigned: Assignments,
    own: Vec<Regex>,
    trunk: Vec<Regex>,
    /// Whether `PJSIP/101-web` is the softphone of 101.
    softphones: bool,
    /// What the phone system says of phones that nobody wrote down.
    told: HashMap<Box<str>, Extension>,
    /// The phones behind the interfaces of a queue's members.
    members: HashMap<Box<str>, Box<str>>,
    remembered: HashMap<Box<str>, Whose>,
    pub(super) unassigned: Unassigned,
}

/// What the tracker is told of it.
fn endpoint(whose: &Whose) -> Endpoint {
    match whose {
        Whose::Extension(extension) => Endpoint::Extension(extension.clone()),
        Whose::Trunk => Endpoint::Trunk,
        Whose::Ignored | Whose::Unassigned => Endpoint::Other,
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
            softphones: false,
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

    /// From now on [`softphone_of`] says whose an endpoint is that nobody wrote down.
    pub(super) fn know_softphones(&mut self) {
        self.softphones = true;
        self.remembered.clear();
    }

    /// The phone system says that `endpoint` is a phone of `extension`.
    pub(super) fn tell(&mut self, endpoint: &str, extension: Extension) {
        if self.told.len() < MOST_REMEMBERED {
            self.told.insert(endpoint.into(), extension);
            self.remembered.remove(endpoint);
        }
    }

    /// The same where nothing else says whose it is.
    pub(super) fn tell_if_unknown(&mut self, endpoint: &str, extension: Extension) {
        if !self.told.contains_key(endpoint) {
            self.tell(endpoint, extension);
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
            return endpoint(whose);
        }
        let whose = self.look_up(name);
        let endpoint = endpoint(&whose);
        if whose == Whose::Unassigned && is_endpoint(name) {
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
        if self.softphones
            && let Some(extension) = softphone_of(name)
        {
            return Whose::Extension(extension);
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

/// Whether the phone system's name for a device is one of a phone or a line, `PJSIP/alice`, and
/// not of something of its own: `Queue:support_avail`, `Custom:DND106`, `Local/101@internal`.
#[must_use]
pub fn is_endpoint(device: &str) -> bool {
    device
        .split_once('/')
        .is_some_and(|(technology, resource)| {
            let is_name = technology.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let is_inner = technology == "Local" || INNER.contains(&technology);
            is_name && !technology.is_empty() && !is_inner && !resource.is_empty()
        })
}

/// The extension whose softphone the endpoint is: 101 of `PJSIP/101-web`.
fn softphone_of(endpoint: &str) -> Option<Extension> {
    let name = endpoint.strip_prefix("PJSIP/")?;
    name.strip_suffix(SOFTPHONE)?.parse().ok()
}

/// The extension that a queue's `Local/101@internal/n` dials.
pub(crate) fn dialled_by(interface: &str) -> Option<Extension> {
    let dialled = interface.strip_prefix("Local/")?;
    dialled.split(['@', '/']).next()?.parse().ok()
}

/// Drops what makes a channel's name unique: `-` and eight hexadecimal digits, and the half of a
/// local pair. A resource itself may hold `-`, `@` and `/`.
pub(super) fn without_serial(channel: &str) -> &str {
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
    fn asterisks_own_channels_are_nobodys_phone() {
        let mut endpoints = endpoints();
        for channel in [
            "Message/ast_msg_queue",
            "CBAnn/conf-00000001;1",
            "Local/1@x",
        ] {
            endpoints.classify(channel);
        }
        assert_eq!(endpoints.unassigned.take(), None);
        endpoints.classify("PJSIP/alice-0000002a");
        assert_eq!(endpoints.unassigned.take().as_deref(), Some("PJSIP/alice"));
        for device in [
            "Queue:support_pause_PJSIP/101",
            "Custom:DND101",
            "MWI:101@default",
        ] {
            assert!(!is_endpoint(device), "{device}");
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
    fn softphone_and_desk_phone_are_one_extensions() {
        let mut endpoints = endpoints();
        let softphone = "PJSIP/101-web-0000002a";
        assert_eq!(endpoints.classify(softphone), Endpoint::Other);
        endpoints.know_softphones();
        assert_eq!(endpoints.classify(softphone), extension("101"));
        assert_eq!(endpoints.classify("PJSIP/101-0000002b"), extension("101"));
        assert_eq!(
            endpoints.classify("PJSIP/door-web-0000002c"),
            Endpoint::Other
        );
        endpoints.assign(Assignments::read("PJSIP/101-web=ignore").unwrap());
        assert_eq!(endpoints.classify(softphone), Endpoint::Other);
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
