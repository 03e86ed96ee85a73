//! A Linecard process that can be killed and started again on what it kept.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Stdio};

use linecard_tests::linecard;
use tempfile::TempDir;

pub(crate) struct Linecard {
    process: Child,
    port: u16,
    agi_port: u16,
    folder: TempDir,
    /// The link of the first start.
    pub(crate) set_up_link: String,
}

impl Linecard {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (port, agi_port) = (free_port(), free_port());
        let (process, said) = run(port, agi_port, &folder);
        let set_up_link = said
            .iter()
            .find_map(|line| line.strip_prefix("Set Linecard up at "))
            .unwrap()
            .to_owned();
        Self {
            process,
            port,
            agi_port,
            folder,
            set_up_link,
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where dial plans ask: host and port.
    pub(crate) fn agi(&self) -> String {
        format!("127.0.0.1:{}", self.agi_port)
    }

    /// SIGKILL: no chance to put anything in order.
    pub(crate) fn is_killed(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub(crate) fn starts_again(&mut self) {
        (self.process, _) = run(self.port, self.agi_port, &self.folder);
    }
}

impl Drop for Linecard {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Free a moment ago; nothing else on this machine asks for one in between.
fn free_port() -> u16 {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    free.local_addr().unwrap().port()
}

/// Starts the process and reads what it says until it runs.
fn run(port: u16, agi_port: u16, folder: &TempDir) -> (Child, Vec<String>) {
    let home = format!("http://127.0.0.1:{port}");
    let database = folder.path().join("linecard.db");
    let mut process = linecard(&["serve"])
        .env("LINECARD_SERVER_LISTEN", format!("127.0.0.1:{port}"))
        .env("LINECARD_AGI_LISTEN", format!("127.0.0.1:{agi_port}"))
        .env("LINECARD_SERVER_HOME", &home)
        .env(
            "LINECARD_STORE_URL",
            format!("sqlite://{}", database.display()),
        )
        .env(
            "LINECARD_STORE_KEY_FILE",
            folder.path().join("linecard.key"),
        )
        .env("LINECARD_IMPORTS_FOLDER", folder.path().join("imports"))
        .env("LINECARD_NETWORK_ALLOW_PRIVATE", "true")
        .env("LINECARD_LOG_FILTER", "warn")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = Vec::new();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    for line in lines {
        let line = line.unwrap();
        let runs = line.starts_with("Linecard runs");
        said.push(line);
        if runs {
            return (process, said);
        }
    }
    panic!("Linecard ended: {:?}", process.wait());
}
