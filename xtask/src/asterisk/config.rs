//! Writes the phone system: the files of `xtask/asterisk/` with ports and secrets filled in.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::ports::{DEVICES, Ports};

/// The files with something to say, by name.
const FILES: [(&str, &str); 20] = [
    (
        "asterisk.conf",
        include_str!("../../asterisk/asterisk.conf"),
    ),
    ("cdr.conf", include_str!("../../asterisk/cdr.conf")),
    (
        "cdr_sqlite3_custom.conf",
        include_str!("../../asterisk/cdr_sqlite3_custom.conf"),
    ),
    ("cel.conf", include_str!("../../asterisk/cel.conf")),
    (
        "cel_custom.conf",
        include_str!("../../asterisk/cel_custom.conf"),
    ),
    (
        "cel_sqlite3_custom.conf",
        include_str!("../../asterisk/cel_sqlite3_custom.conf"),
    ),
    (
        "confbridge.conf",
        include_str!("../../asterisk/confbridge.conf"),
    ),
    (
        "extensions.conf",
        include_str!("../../asterisk/extensions.conf"),
    ),
    (
        "features.conf",
        include_str!("../../asterisk/features.conf"),
    ),
    (
        "followme.conf",
        include_str!("../../asterisk/followme.conf"),
    ),
    ("http.conf", include_str!("../../asterisk/http.conf")),
    ("logger.conf", include_str!("../../asterisk/logger.conf")),
    ("manager.conf", include_str!("../../asterisk/manager.conf")),
    ("modules.conf", include_str!("../../asterisk/modules.conf")),
    (
        "musiconhold.conf",
        include_str!("../../asterisk/musiconhold.conf"),
    ),
    ("pjsip.conf", include_str!("../../asterisk/pjsip.conf")),
    ("queues.conf", include_str!("../../asterisk/queues.conf")),
    (
        "res_parking.conf",
        include_str!("../../asterisk/res_parking.conf"),
    ),
    ("rtp.conf", include_str!("../../asterisk/rtp.conf")),
    (
        "voicemail.conf",
        include_str!("../../asterisk/voicemail.conf"),
    ),
];

/// Files that modules miss when they are not there, though they need nothing in them.
const EMPTY: [&str; 7] = [
    "acl.conf",
    "ccss.conf",
    "indications.conf",
    "pjproject.conf",
    "queuerules.conf",
    "stasis.conf",
    "udptl.conf",
];

/// The folders beside `etc` that Asterisk writes to.
const FOLDERS: [&str; 7] = [
    "etc",
    "lib",
    "log/cdr-csv",
    "log/cel-custom",
    "moh",
    "run",
    "spool",
];

/// What the files leave open.
pub(super) struct Values<'a> {
    /// Prefix of Asterisk's call ids.
    pub(super) system_name: &'a str,
    /// Where the suite keeps Asterisk's modules, seen from inside its tree.
    pub(super) modules: &'a str,
    /// The instance's ports.
    pub(super) ports: Ports,
    /// The secret of the AMI user `linecard`.
    pub(super) ami_secret: &'a str,
    /// The password of the phones in the browser.
    pub(super) browser_secret: &'a str,
    /// Who has a phone.
    pub(super) people: People,
}

/// Who has a phone.
#[derive(Debug, Clone, Copy)]
pub(super) struct People {
    /// How many extensions there are in all; never fewer than `EXTENSIONS`.
    pub(super) extensions: u16,
    /// Which of those with a desk phone have a softphone, too; `None`: nobody.
    pub(super) softphones: Option<Softphones>,
}

/// Softphones beside the desk phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Softphones {
    /// Each desk phone from 101 to 178 has one in a browser: 101-web.
    Browser,
    /// 102 has one that scripts play: 102-web.
    Scripted,
}

/// The extensions of the files as they are: 101 to 106, 201 and 202.
pub(super) const EXTENSIONS: u16 = 8;

/// The first of the desk phones in the files.
const FIRST_DESK: u16 = 101;

/// The first number after those of the files.
const FIRST_MORE: u16 = 107;

/// Writes the instance's folders and configuration under `folder`.
pub(super) fn write(folder: &Path, values: &Values<'_>) -> Result<()> {
    for name in FOLDERS {
        fs::create_dir_all(folder.join(name))
            .with_context(|| format!("cannot make {}/{name}", folder.display()))?;
    }
    for (name, template) in FILES {
        let softphones = softphones(name, values.people);
        let text = fill(&(template.to_owned() + &softphones), values)?
            + &more(name, values.people.extensions);
        save(&folder.join("etc").join(name), text.as_bytes())?;
    }
    for name in EMPTY {
        save(&folder.join("etc").join(name), b"")?;
    }
    // µ-law silence.
    save(&folder.join("moh/silence.ulaw"), &vec![0xff; 40_000])
}

fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn fill(template: &str, values: &Values<'_>) -> Result<String> {
    let ports = values.ports;
    let (rtp_from, rtp_to) = ports.rtp();
    let mut text = template
        .replace("{{system_name}}", values.system_name)
        .replace("{{modules}}", values.modules)
        .replace("{{ami_secret}}", values.ami_secret)
        .replace("{{browser_secret}}", values.browser_secret)
        .replace("{{ami_port}}", &ports.ami().to_string())
        .replace("{{http_port}}", &ports.http().to_string())
        .replace("{{sip_port}}", &ports.sip().to_string())
        .replace("{{trunk_port}}", &ports.trunk().to_string())
        .replace("{{rtp_from}}", &rtp_from.to_string())
        .replace("{{rtp_to}}", &rtp_to.to_string());
    for device in DEVICES {
        if let Some(port) = ports.phone(device) {
            text = text.replace(&format!("{{{{phone_{device}}}}}"), &port.to_string());
        }
    }
    if let Some(line) = text.lines().find(|line| line.contains("{{")) {
        bail!("a configuration file has a placeholder that nobody fills: {line}");
    }
    Ok(text)
}

/// What the file `name` has besides when there are more extensions than those of the files: desk
/// phones that nobody has plugged in, each with a mailbox that says whose it is.
fn more(name: &str, extensions: u16) -> String {
    let phone = |number: u16| {
        format!(
            "\n[{number}](desk)\naors = {number}\ncallerid = Person {number} <{number}>\n\
             [{number}]\ntype = aor\nmax_contacts = 1\n"
        )
    };
    let mailbox = |number| format!("{number} => 1234,Person {number},person{number}@example.com\n");
    let numbers = (FIRST_MORE..).take(usize::from(extensions.saturating_sub(EXTENSIONS)));
    let entries: Vec<String> = match name {
        "pjsip.conf" => numbers.map(phone).collect(),
        "voicemail.conf" => numbers.map(mailbox).collect(),
        _ => Vec::new(),
    };
    entries.concat()
}

/// What the file `name` has besides when people have softphones, still with its placeholders. Of
/// those in a browser an endpoint for each desk phone, as docs/asterisk.md describes them, and both
/// ring when colleagues call.
fn softphones(name: &str, people: People) -> String {
    match (name, people.softphones) {
        ("pjsip.conf", Some(Softphones::Browser)) => softphone_endpoints(people),
        ("pjsip.conf", Some(Softphones::Scripted)) => SCRIPTED_SOFTPHONE.to_owned(),
        ("extensions.conf", Some(Softphones::Browser)) => BOTH_DEVICES.to_owned(),
        _ => String::new(),
    }
}

/// The softphone of 102 as scripts play it: no number rings it, only Linecard does.
const SCRIPTED_SOFTPHONE: &str = "
[102-web](desk)
aors = 102-web
callerid = <102>
[102-web]
type = aor
contact = sip:102-web@127.0.0.1:{{phone_102-web}}
";

/// Of two patterns Asterisk takes the one that says more of the first keys.
const BOTH_DEVICES: &str = "
[internal](+)
exten => _10X,1,Dial(PJSIP/${EXTEN}&PJSIP/${EXTEN}-web,20,tTkKb(softphone^s^1))
 same => n,Hangup()
";

fn softphone_endpoints(people: People) -> String {
    let more = FIRST_MORE..FIRST_MORE + people.extensions.saturating_sub(EXTENSIONS);
    let softphone = |number: u16| {
        format!(
            "\n[{number}-web](browser)\nauth = {number}-web\naors = {number}-web\n\
             callerid = <{number}>\n[{number}-web](browser-login)\nusername = {number}-web\n\
             [{number}-web](browser-address)\n"
        )
    };
    (FIRST_DESK..FIRST_MORE)
        .chain(more)
        .map(softphone)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values<'static> {
        Values {
            system_name: "test",
            modules: "/usr/lib/asterisk/modules",
            ports: Ports::at(12_000),
            ami_secret: "s3cret",
            browser_secret: "other",
            people: NOBODY_MORE,
        }
    }

    const NOBODY_MORE: People = People {
        extensions: EXTENSIONS,
        softphones: None,
    };

    #[test]
    fn every_placeholder_is_filled() {
        for (name, template) in FILES {
            assert!(fill(template, &values()).is_ok(), "{name}");
        }
    }

    #[test]
    fn more_extensions_have_a_phone_and_a_mailbox_each() {
        for name in ["pjsip.conf", "voicemail.conf"] {
            assert_eq!(more(name, EXTENSIONS), "", "{name}");
        }
        let phones = more("pjsip.conf", 80);
        assert_eq!(phones.matches("](desk)").count(), 72);
        assert!(phones.contains("[178](desk)"), "the 80th is 178");
        assert_eq!(more("voicemail.conf", 80).lines().count(), 72);
    }

    #[test]
    fn who_has_a_desk_phone_may_have_a_softphone_too() {
        let people = People {
            extensions: 80,
            softphones: Some(Softphones::Browser),
        };
        let text = fill(&softphones("pjsip.conf", people), &values()).unwrap();
        assert_eq!(text.matches("](browser)").count(), 78);
        for number in [101, 106, 107, 178] {
            assert!(
                text.contains(&format!("[{number}-web](browser)")),
                "{number}"
            );
        }
        assert_eq!(softphones("voicemail.conf", people), "");
        assert_eq!(softphones("pjsip.conf", NOBODY_MORE), "");
    }

    #[test]
    fn a_softphone_for_scripts_is_rung_by_no_number() {
        let people = People {
            softphones: Some(Softphones::Scripted),
            ..NOBODY_MORE
        };
        let text = fill(&softphones("pjsip.conf", people), &values()).unwrap();
        assert_eq!(text.matches("](desk)").count(), 1);
        assert!(text.contains("[102-web](desk)"));
        assert_eq!(softphones("extensions.conf", people), "");
    }

    #[test]
    fn a_placeholder_that_nobody_fills_is_named() {
        let error = fill("port = {{prot}}", &values()).unwrap_err();
        assert!(error.to_string().contains("{{prot}}"));
    }

    #[test]
    fn asterisk_listens_on_loopback_only() {
        for (name, template) in FILES {
            let text = fill(template, &values()).unwrap();
            let mut binds = text
                .lines()
                .filter(|line| line.starts_with("bind =") || line.starts_with("bindaddr ="));
            assert!(binds.all(|line| line.contains("= 127.0.0.1")), "{name}");
        }
    }
}
