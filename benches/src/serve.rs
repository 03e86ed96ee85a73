//! The `linecard serve` that is measured, in a process of its own.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use linecard_sandbox::salesforce::Sandbox;
use linecard_store::NewPhoneSystem;
use tempfile::TempDir;

use crate::company;
use crate::phone_system::SECRET;

/// A start takes a fraction of a second; one that takes this long has failed.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_millis(1);

/// A Linecard process; it ends with this.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    /// When it was started.
    pub(crate) started: Instant,
    port: u16,
}

impl Process {
    /// Starts `linecard serve` on `port` with all it keeps in `folder`.
    pub(crate) fn start(linecard: &Path, port: u16, folder: &Path) -> anyhow::Result<Self> {
        let started = Instant::now();
        let child = Command::new(linecard)
            .arg("serve")
            .env("LINECARD_SERVER_LISTEN", format!("127.0.0.1:{port}"))
            .env("LINECARD_SERVER_HOME", format!("http://127.0.0.1:{port}"))
            .env("LINECARD_STORE_URL", database(folder))
            .env("LINECARD_STORE_KEY_FILE", folder.join("linecard.key"))
            .env("LINECARD_NETWORK_ALLOW_PRIVATE", "true")
            .env("LINECARD_LOG_FILTER", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", linecard.display()))?;
        Ok(Self {
            child,
            started,
            port,
        })
    }

    /// Its process number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How long after its start it first said that it lives.
    pub(crate) fn lives_after(&self) -> anyhow::Result<Duration> {
        while !lives(self.port) {
            let waited = self.started.elapsed();
            ensure!(waited < PATIENCE, "linecard did not answer");
            thread::sleep(LOOK_AGAIN);
        }
        Ok(self.started.elapsed())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // What it keeps is deleted anyway.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address of the database in `folder`.
pub(crate) fn database(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("linecard.db").display())
}

/// A port that is free now.
pub(crate) fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

fn lives(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.write_all(
            b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.contains(" 200 "))
}

/// A Linecard that serves a company with a phone system and a CRM.
pub(crate) struct Serving {
    /// Where it listens on 127.0.0.1.
    pub(crate) port: u16,
    /// The CRM it is joined with.
    pub(crate) salesforce: Sandbox,
    _process: Process,
    _folder: TempDir,
}

impl Serving {
    /// Starts it, with an Asterisk at `ami_port`.
    pub(crate) async fn company(linecard: &Path, ami_port: u16) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = free_port()?;
        let salesforce = company::salesforce().await?;
        let store = company::store(&database(folder.path()), folder.path()).await?;
        let settings = [
            ("host", "127.0.0.1".to_owned()),
            ("port", ami_port.to_string()),
            ("username", "bench".to_owned()),
            ("own", r"PJSIP/1\d\d".to_owned()),
            ("trunk", "PJSIP/trunk".to_owned()),
        ];
        let phone_system = NewPhoneSystem {
            kind: "asterisk".to_owned(),
            name: "Asterisk".to_owned(),
            settings: settings
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
            secrets: [("secret".to_owned(), SECRET.to_owned())].into(),
        };
        let home = format!("http://127.0.0.1:{port}");
        company::furnish(&store, phone_system, &salesforce, &home).await?;
        store.close().await;
        let process = Process::start(linecard, port, folder.path())?;
        process.lives_after()?;
        Ok(Self {
            port,
            salesforce,
            _process: process,
            _folder: folder,
        })
    }
}
