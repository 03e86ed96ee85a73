//! Whose channel it is: told by configuration, never guessed from a dial plan.

use std::collections::HashMap;

use linecard_call::Endpoint;
use linecard_number::Extension;
use regex::Regex;

/// Names come from the network too (an anonymous caller's address): what is remembered of them
/// is bounded.
const MOST_REMEMBERED: usize = 20_000;

/// The company's phones and lines, as patterns on technology and resource: `PJSIP/1\d\d`.
#[derive(Debug)]
pub(super) struct Endpoints {
    own: Vec<Regex>,
    trunk: Vec<Regex>,
    remembered: HashMap<Box<str>, Class>,
}

#[derive(Debug, Clone)]
enum Class {
    Extension(Extension),
    /// A phone whose resource is no extension: `PJSIP/alice`.
    Unnumbered,
    Trunk,
    Other,
}

impl Class {
    fn endpoint(&self, number: Option<&str>) -> Endpoint {
        match self {
            Self::Extension(extension) => Endpoint::Extension(extension.clone()),
            Self::Unnumbered => number
                .and_then(|number| number.parse().ok())
                .map_or(Endpoint::Other, Endpoint::Extension),
            Self::Trunk => Endpoint::Trunk,
            Self::Other => Endpoint::Other,
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
            own,
            trunk,
            remembered: HashMap::new(),
        }
    }

    /// The same without remembering, for the few channels of a resync.
    pub(super) fn whose(&self, channel: &str) -> Endpoint {
        let name = without_serial(channel);
        if name.starts_with("Local/") {
            return Endpoint::Local;
        }
        self.look_up(name).endpoint(None)
    }

    /// Whose the channel of that name is. `number` is what the phone system calls the party, for
    /// phones whose name is no extension.
    pub(super) fn classify(&mut self, channel: &str, number: Option<&str>) -> Endpoint {
        let name = without_serial(channel);
        if name.starts_with("Local/") {
            return Endpoint::Local;
        }
        if let Some(class) = self.remembered.get(name) {
            return class.endpoint(number);
        }
        let class = self.look_up(name);
        let endpoint = class.endpoint(number);
        if self.remembered.len() >= MOST_REMEMBERED {
            self.remembered.clear();
        }
        self.remembered.insert(name.into(), class);
        endpoint
    }

    /// The extension of a queue's interface: `PJSIP/101`, `Local/101@internal/n`.
    pub(super) fn agent(&mut self, interface: &str) -> Option<Extension> {
        if let Some(dialled) = interface.strip_prefix("Local/") {
            return dialled.split(['@', '/']).next()?.parse().ok();
        }
        match self.classify(interface, None) {
            Endpoint::Extension(extension) => Some(extension),
            _ => None,
        }
    }

    fn look_up(&self, name: &str) -> Class {
        if self.own.iter().any(|pattern| pattern.is_match(name)) {
            let resource = name.split_once('/').map_or(name, |(_, resource)| resource);
            let user = resource.split('@').next().unwrap_or(resource);
            return user.parse().map_or(Class::Unnumbered, Class::Extension);
        }
        if self.trunk.iter().any(|pattern| pattern.is_match(name)) {
            return Class::Trunk;
        }
        Class::Other
    }
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
            assert_eq!(endpoints.classify(channel, None), whose, "{channel}");
        }
    }

    #[test]
    fn a_phone_named_after_a_person_takes_its_number_from_the_phone_system() {
        let mut endpoints = endpoints();
        let alice = "PJSIP/alice-desk-0000002a";
        assert_eq!(endpoints.classify(alice, Some("106")), extension("106"));
        assert_eq!(endpoints.classify(alice, None), Endpoint::Other);
    }

    #[test]
    fn a_queue_member_is_named_by_its_interface() {
        let mut endpoints = endpoints();
        let mut agent = |interface: &str| endpoints.agent(interface).map(String::from);
        assert_eq!(agent("PJSIP/101").as_deref(), Some("101"));
        assert_eq!(agent("Local/102@internal/n").as_deref(), Some("102"));
        assert_eq!(agent("Agent:1001"), None);
    }
}
