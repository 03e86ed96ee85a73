//! A stand-in for Asterisk: answers actions as the real one does, from a script.

use std::collections::BTreeMap;

/// What of an action is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked(pub(crate) BTreeMap<String, String>);

impl Asked {
    /// The value of a header, empty where there is none.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    pub(crate) fn name(&self) -> &str {
        self.get("Action")
    }
}

/// Cuts what a client sent into actions; the incomplete rest stays in `bytes`.
pub(crate) fn actions(bytes: &mut Vec<u8>) -> Vec<Asked> {
    let mut all = Vec::new();
    while let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
        let block: Vec<u8> = bytes.drain(..end + 4).collect();
        let text = String::from_utf8(block).expect("actions are UTF-8");
        let headers = text.lines().filter_map(|line| line.split_once(": "));
        all.push(Asked(
            headers
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
        ));
    }
    all
}

/// How this Asterisk is set up.
#[derive(Debug, Clone)]
pub(crate) struct StandIn {
    pub(crate) banner: &'static str,
    /// The words a login is refused with.
    pub(crate) refuses_login: Option<&'static str>,
    /// Whether it answers `Challenge`.
    pub(crate) challenges: bool,
    /// Whether `FullyBooted` follows the login.
    pub(crate) boots: bool,
    /// Actions that this user may not send.
    pub(crate) denied: &'static [&'static str],
    /// When it says it was started.
    pub(crate) started: &'static str,
    /// The headers of each channel that `Status` lists.
    pub(crate) channels: Vec<String>,
    /// The headers of each bridge that `BridgeList` lists.
    pub(crate) bridges: Vec<String>,
    /// The members of its queues.
    pub(crate) members: Vec<String>,
    /// Which devices belong to which extension.
    pub(crate) hints: Vec<String>,
    /// What it answers to `Getvar`: a value, an empty one for a channel that is gone, or nothing.
    pub(crate) variable: Option<&'static str>,
    /// Its mailboxes; without one it has no voicemail.
    pub(crate) mailboxes: Vec<String>,
    /// Leaves `ActionID` out of its answers.
    pub(crate) forgets_ids: bool,
    /// Events sent between the start and the end of the list of channels.
    pub(crate) meanwhile: String,
}

impl Default for StandIn {
    fn default() -> Self {
        Self {
            banner: "Asterisk Call Manager/11.0.0",
            refuses_login: None,
            challenges: true,
            boots: true,
            denied: &[],
            started: "02:06:59",
            channels: Vec::new(),
            bridges: Vec::new(),
            members: Vec::new(),
            hints: Vec::new(),
            variable: Some(""),
            mailboxes: Vec::new(),
            forgets_ids: false,
            meanwhile: String::new(),
        }
    }
}

/// The challenge that the stand-in gives, and `hex(md5(challenge + "s3cret"))`, worked out with
/// another program.
pub(crate) const CHALLENGE: &str = "702219992";
pub(crate) const KEY: &str = "a5877430b7dfb356afda24d34a211556";

impl StandIn {
    /// What Asterisk writes in answer to an action.
    pub(crate) fn answer(&self, asked: &Asked) -> String {
        let id = if self.forgets_ids {
            String::new()
        } else {
            format!("ActionID: {}\r\n", asked.get("ActionID"))
        };
        let success = format!("Response: Success\r\n{id}");
        let error = |words: &str| format!("Response: Error\r\n{id}Message: {words}\r\n\r\n");
        if self.denied.contains(&asked.name()) {
            return error("Permission denied");
        }
        match asked.name() {
            "Challenge" if self.challenges => {
                format!("{success}Challenge: {CHALLENGE}\r\n\r\n")
            }
            "Login" => self.login(asked, &success, error),
            "CoreSettings" => format!(
                "{success}AMIversion: 11.0.0\r\nAsteriskVersion: 22.10.1+dfsg+~cs6.17-1\r\n\r\n"
            ),
            "CoreStatus" => format!(
                "{success}CoreStartupDate: 2026-11-21\r\nCoreStartupTime: {}\r\n\r\n",
                self.started
            ),
            "Status" => self.list("Status", &self.channels, &success, &id),
            "BridgeList" => self.list("BridgeList", &self.bridges, &success, &id),
            "QueueStatus" => self.list("QueueStatus", &self.members, &success, &id),
            "ExtensionStateList" => self.list("ExtensionStateList", &self.hints, &success, &id),
            "VoicemailUsersList" if !self.mailboxes.is_empty() => {
                self.list("VoicemailUserEntry", &self.mailboxes, &success, &id)
            }
            "DeviceStateList" => {
                let devices = [
                    "Queue:support_pause_PJSIP/104",
                    "PJSIP/104",
                    "PJSIP/trunk",
                    "PJSIP/101",
                    "PJSIP/alice",
                ];
                let devices = devices.map(|device| {
                    format!("Event: DeviceStateChange\r\nDevice: {device}\r\nState: INUSE\r\n")
                });
                self.list("DeviceStateList", &devices, &success, &id)
            }
            "Hangup" if self.lists(asked.get("Channel")) => {
                format!("{success}Message: Channel Hungup\r\n\r\n")
            }
            "Hangup" => error("No such channel"),
            "Originate" if asked.get("Context") == "nowhere" => error("Extension does not exist."),
            "Originate" => format!("{success}Message: Originate successfully queued\r\n\r\n"),
            "Getvar" => match self.variable {
                None => String::new(),
                Some("") => error("No such channel"),
                Some(value) => {
                    format!("{success}Variable: CALLERID(pres)\r\nValue: {value}\r\n\r\n")
                }
            },
            "Ping" => format!("{success}Ping: Pong\r\n\r\n"),
            other => error(&format!("Invalid/unknown command: {other}")),
        }
    }

    fn lists(&self, channel: &str) -> bool {
        let uniqueid = format!("Uniqueid: {channel}\r\n");
        self.channels.iter().any(|entry| entry.contains(&uniqueid))
    }

    fn login(&self, asked: &Asked, success: &str, error: impl Fn(&str) -> String) -> String {
        let shown = asked.get("Secret") == "s3cret"
            || (asked.get("AuthType") == "MD5" && asked.get("Key") == KEY);
        match self.refuses_login {
            Some(words) => error(words),
            None if !shown || asked.get("Username") != "linecard" => error("Authentication failed"),
            None => {
                let booted = "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 5\r\n\r\n";
                format!(
                    "{success}Message: Authentication accepted\r\n\r\n{}",
                    if self.boots { booted } else { "" }
                )
            }
        }
    }

    fn list(&self, name: &str, entries: &[String], success: &str, id: &str) -> String {
        let start = format!("{success}EventList: start\r\nMessage: List will follow\r\n\r\n");
        let mut ended: Vec<&str> = Vec::new();
        for entry in entries {
            ended.extend([entry, id, "\r\n"]);
        }
        let entries = ended.concat();
        let meanwhile = if name == "Status" {
            &self.meanwhile
        } else {
            ""
        };
        format!(
            "{start}{entries}{meanwhile}Event: {name}Complete\r\n{id}EventList: Complete\r\n\r\n"
        )
    }
}

/// An entry of `Status` for a channel that is up in `bridge`, running `application`.
pub(crate) fn talking(
    channel: &str,
    id: &str,
    call: &str,
    application: &str,
    bridge: &str,
) -> String {
    let data = if application.starts_with("App") {
        "(Outgoing Line)"
    } else {
        "PJSIP/101,20"
    };
    format!(
        "Event: Status\r\nChannel: {channel}\r\nChannelState: 6\r\nCallerIDNum: 31600000001\r\n\
         Exten: 5551000\r\nUniqueid: {id}\r\nLinkedid: {call}\r\nBridgeID: {bridge}\r\n\
         Application: {application}\r\nData: {data}\r\nSeconds: 5\r\n"
    )
}

/// A hint of `exten`.
pub(crate) fn hint(exten: &str, devices: &str) -> String {
    format!(
        "Event: ExtensionStatus\r\nExten: {exten}\r\nContext: internal\r\n\
         Hint: {devices}\r\nStatus: 0\r\n"
    )
}

/// A member of a queue, called at `location`, whose phone is `phone`.
pub(crate) fn member(name: &str, location: &str, phone: &str) -> String {
    format!(
        "Event: QueueMember\r\nQueue: support\r\nName: {name}\r\nLocation: {location}\r\n\
         StateInterface: {phone}\r\nStatus: 1\r\n"
    )
}

/// A mailbox.
pub(crate) fn mailbox(number: &str, name: &str, email: &str) -> String {
    format!(
        "Event: VoicemailUserEntry\r\nVMContext: default\r\nVoiceMailbox: {number}\r\n\
         Fullname: {name}\r\nEmail: {email}\r\n"
    )
}

/// The snapshot of the channels of one call from outside to 101, and its events.
pub(crate) mod events {
    const TRUNK: &str = "Channel: PJSIP/trunk-00000001\r\nChannelState: 4\r\n\
        CallerIDNum: 31600000001\r\nExten: 5551000\r\nUniqueid: a.1\r\nLinkedid: a.1\r\n";
    const PHONE: &str = "Channel: PJSIP/101-00000002\r\nChannelState: 0\r\n\
        CallerIDNum: 101\r\nExten: \r\nUniqueid: a.2\r\nLinkedid: a.1\r\n";
    const CALLED: &str = "DestChannel: PJSIP/101-00000002\r\nDestChannelState: 5\r\n\
        DestCallerIDNum: 101\r\nDestExten: \r\nDestUniqueid: a.2\r\nDestLinkedid: a.1\r\n";

    fn event(name: &str, rest: &str) -> String {
        format!("Event: {name}\r\nPrivilege: call,all\r\n{rest}\r\n")
    }

    /// The call rings at 101.
    pub(crate) fn rings() -> String {
        [
            event("Newchannel", TRUNK),
            event("Newchannel", PHONE),
            event("DialBegin", &format!("{TRUNK}{CALLED}DialString: 101\r\n")),
            event(
                "Newstate",
                &PHONE.replace("ChannelState: 0", "ChannelState: 5"),
            ),
        ]
        .concat()
    }

    /// 101 answers.
    pub(crate) fn answers() -> String {
        let bridge = "BridgeUniqueid: b-1\r\n";
        [
            event("DialEnd", &format!("{TRUNK}{CALLED}DialStatus: ANSWER\r\n")),
            event("BridgeEnter", &format!("{bridge}{PHONE}")),
            event("BridgeEnter", &format!("{bridge}{TRUNK}")),
        ]
        .concat()
    }

    /// The caller hangs up.
    pub(crate) fn ends() -> String {
        let bridge = "BridgeUniqueid: b-1\r\n";
        [
            event("BridgeLeave", &format!("{bridge}{TRUNK}")),
            event("BridgeLeave", &format!("{bridge}{PHONE}")),
            event("Hangup", &format!("{PHONE}Cause: 16\r\n")),
            event("Hangup", &format!("{TRUNK}Cause: 16\r\n")),
        ]
        .concat()
    }

    /// A block that cannot be read.
    pub(crate) const GARBLED: &str = "Ev\u{fffd}nt Newchannel\r\nnonsense\r\n\r\n";
}
