//! What one sign-in has shown, and what it amounts to.

use linecard_pbx::{Device, Whose};

use super::{Finding, ReadClass, Rights, WriteClass};

/// Classes that let a manager user run programs on the phone system: Asterisk's documentation
/// (`manager.conf.sample`) says so of the first, and the others reach the same.
const SHELLS: [&str; 3] = ["system", "command", "config"];
/// How many unassigned devices are named; the rest is counted.
const NAMED: usize = 8;

/// What became of a call to nowhere that the examination placed to see its own events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnCall {
    /// The user may not place calls, or Asterisk refused.
    NotPlaced,
    /// Nothing was heard of it.
    Silent,
    /// Its beginning or its end was heard, not both.
    HalfHeard,
    /// Its beginning and its end were heard.
    Heard,
}

/// A member of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueMember {
    /// The queue.
    pub queue: String,
    /// What the queue rings: `PJSIP/101`, `Local/101@from-queue/n`.
    pub interface: String,
    /// Whose state the queue looks at; the interface where nothing else is configured.
    pub state_interface: String,
}

/// What one sign-in has shown.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// What answered: `Asterisk 22.10.1`.
    pub version: String,
    /// Whether others on the network can read along.
    pub in_the_clear: bool,
    /// Whether `FullyBooted` came.
    pub booted: bool,
    /// What the user may send, where Asterisk tells.
    pub rights: Option<Rights>,
    /// Whether the events of a call are heard.
    pub own_call: OwnCall,
    /// The phones and lines that Asterisk knows.
    pub devices: Vec<Device>,
    /// The members of its queues.
    pub members: Vec<QueueMember>,
}

/// What `evidence` amounts to, in the order in which a person reads it.
#[must_use]
pub fn findings(evidence: &Evidence) -> Vec<Finding> {
    let mut all = vec![Finding::SignedIn {
        version: evidence.version.clone(),
    }];
    all.push(if evidence.in_the_clear {
        Finding::InTheClear
    } else {
        Finding::Private
    });
    all.extend(read(evidence));
    all.extend(written(evidence.rights.as_ref()));
    all.extend(devices(&evidence.devices));
    all.extend(members(evidence));
    all
}

fn read(evidence: &Evidence) -> [Finding; 3] {
    let (call, agent, system) = (ReadClass::Call, ReadClass::Agent, ReadClass::System);
    [
        match evidence.own_call {
            OwnCall::Heard => Finding::Reads { class: call },
            OwnCall::HalfHeard => Finding::Filtered,
            OwnCall::Silent => Finding::NotRead { class: call },
            OwnCall::NotPlaced => Finding::ReadUntold { class: call },
        },
        // Nothing that leaves the queues as they are makes an event of theirs.
        Finding::ReadUntold { class: agent },
        if evidence.booted {
            Finding::Reads { class: system }
        } else {
            Finding::NotRead { class: system }
        },
    ]
}

fn written(rights: Option<&Rights>) -> Vec<Finding> {
    let Some(rights) = rights else {
        return vec![Finding::RightsUntold];
    };
    let needed = WriteClass::ALL
        .into_iter()
        // A server without queues has no such action.
        .filter(|class| *class != WriteClass::Agent || rights.may("QueueStatus"))
        .map(|class| {
            if rights.suffices(class) {
                Finding::Writes { class }
            } else {
                Finding::NotWritten { class }
            }
        });
    let too_wide = SHELLS
        .into_iter()
        .filter(|class| rights.holds(class))
        .map(|class| Finding::TooWide { class });
    needed.chain(too_wide).collect()
}

fn devices(devices: &[Device]) -> Vec<Finding> {
    let (mut phones, mut lines, mut unassigned) = (0, 0, Vec::new());
    for device in devices {
        match device.whose {
            Whose::Extension(_) => phones += 1,
            Whose::Trunk => lines += 1,
            Whose::Ignored => {}
            Whose::Unassigned => unassigned.push(device.device.clone()),
        }
    }
    let mut all = vec![if phones == 0 {
        Finding::NoPhones
    } else {
        Finding::Phones { count: phones }
    }];
    if lines == 0 {
        all.push(Finding::NoLines);
    }
    if !unassigned.is_empty() {
        let count = unassigned.len();
        unassigned.truncate(NAMED);
        all.push(Finding::Unassigned {
            devices: unassigned,
            count,
        });
    }
    all
}

/// A queue that looks at the state of a Local channel sees a free agent whatever the phone does.
fn members(evidence: &Evidence) -> impl Iterator<Item = Finding> {
    let local = |interface: &str| interface.starts_with("Local/");
    evidence
        .members
        .iter()
        .filter(move |member| local(&member.interface) && local(&member.state_interface))
        .map(|member| Finding::MemberWithoutState {
            queue: member.queue.clone(),
            interface: member.interface.clone(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ami::{Block, Message};
    use crate::doctor::Level;

    const ENOUGH: &str = "Response: Success\r\n\
        Redirect: .  (Priv: call,all)\r\nOriginate: .  (Priv: originate,all)\r\n\
        CoreSettings: .  (Priv: system,reporting,all)\r\n\
        QueueStatus: .  (Priv: <none>)\r\nQueuePause: .  (Priv: agent,all)";

    fn rights(text: &str) -> Option<Rights> {
        Rights::read(&Block::from(Message::new(text.as_bytes())))
    }

    fn device(name: &str, whose: Whose) -> Device {
        Device {
            whose,
            device: name.to_owned(),
            name: None,
            email: None,
        }
    }

    fn sound() -> Evidence {
        Evidence {
            version: "Asterisk 22.10.1".to_owned(),
            in_the_clear: false,
            booted: true,
            rights: rights(ENOUGH),
            own_call: OwnCall::Heard,
            devices: vec![
                device("PJSIP/101", Whose::Extension("101".parse().unwrap())),
                device("PJSIP/trunk", Whose::Trunk),
                device("PJSIP/door", Whose::Ignored),
            ],
            members: vec![QueueMember {
                queue: "support".to_owned(),
                interface: "Local/101@internal/n".to_owned(),
                state_interface: "PJSIP/101".to_owned(),
            }],
        }
    }

    /// Every finding that is not as it should be.
    fn wrong(evidence: &Evidence) -> Vec<Finding> {
        findings(evidence)
            .into_iter()
            .filter(|finding| finding.level() > Level::Untold)
            .collect()
    }

    #[test]
    fn a_user_with_what_is_needed_and_no_more_has_nothing_wrong() {
        assert_eq!(wrong(&sound()), []);
    }

    #[test]
    fn each_class_that_is_missing_is_named() {
        for (gone, class) in [
            ("Redirect", WriteClass::Call),
            ("Originate", WriteClass::Originate),
            ("CoreSettings", WriteClass::Reporting),
            ("QueuePause", WriteClass::Agent),
        ] {
            let evidence = Evidence {
                rights: rights(&ENOUGH.replace(gone, "Other")),
                ..sound()
            };
            assert_eq!(wrong(&evidence), [Finding::NotWritten { class }], "{gone}");
        }
    }

    #[test]
    fn a_server_without_queues_needs_no_right_to_pause_in_them() {
        let listed = ENOUGH
            .replace("QueuePause", "A")
            .replace("QueueStatus", "B");
        let evidence = Evidence {
            rights: rights(&listed),
            ..sound()
        };
        assert_eq!(wrong(&evidence), []);
    }

    #[test]
    fn a_class_that_runs_programs_is_warned_of() {
        for class in SHELLS {
            let listed = format!("{ENOUGH}\r\nModuleLoad: .  (Priv: {class},all)");
            let evidence = Evidence {
                rights: rights(&listed),
                ..sound()
            };
            assert_eq!(wrong(&evidence), [Finding::TooWide { class }]);
        }
    }

    #[test]
    fn events_that_do_not_come_are_named_by_their_class() {
        let deaf = Evidence {
            booted: false,
            own_call: OwnCall::Silent,
            ..sound()
        };
        assert_eq!(
            wrong(&deaf),
            [ReadClass::Call, ReadClass::System].map(|class| Finding::NotRead { class })
        );
        let filtered = Evidence {
            own_call: OwnCall::HalfHeard,
            ..sound()
        };
        assert_eq!(wrong(&filtered), [Finding::Filtered]);
    }

    #[test]
    fn a_connection_that_others_can_read_is_warned_of() {
        let open = Evidence {
            in_the_clear: true,
            ..sound()
        };
        assert_eq!(wrong(&open), [Finding::InTheClear]);
    }

    #[test]
    fn devices_that_are_nobodys_are_named_and_counted() {
        let mut evidence = sound();
        evidence
            .devices
            .extend((0..20).map(|number| device(&format!("PJSIP/{number}"), Whose::Unassigned)));
        let found = wrong(&evidence);
        let [Finding::Unassigned { devices, count: 20 }] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(devices.len(), NAMED);
        let empty = Evidence {
            devices: Vec::new(),
            ..sound()
        };
        assert_eq!(wrong(&empty), [Finding::NoPhones, Finding::NoLines]);
    }

    #[test]
    fn a_queue_member_behind_a_local_channel_needs_a_state_interface() {
        let mut evidence = sound();
        evidence.members[0].state_interface = "Local/101@internal/n".to_owned();
        assert_eq!(
            wrong(&evidence),
            [Finding::MemberWithoutState {
                queue: "support".to_owned(),
                interface: "Local/101@internal/n".to_owned()
            }]
        );
    }
}
