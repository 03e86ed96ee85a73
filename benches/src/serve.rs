//! The `linecard serve` that is measured, in a process of its own.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use linecard_sandbox::salesforce::Sandbox;
use linecard_store::{NewPhoneSystem, Store};
use tempfile::TempDir;

use crate::company::{self, Size};

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
        Self::start_for(serve(linecard), port, "", folder)
    }

    /// The same with a command of one's own.
    pub(crate) fn run(serve: Command, port: u16, folder: &Path) -> anyhow::Result<Self> {
        Self::start_for(serve, port, "", folder)
    }

    /// The same, with dial plans allowed to ask at the address `agi`; empty for none.
    fn start_for(mut serve: Command, port: u16, agi: &str, folder: &Path) -> anyhow::Result<Self> {
        let started = Instant::now();
        let child = serve
            .env("LINECARD_SERVER_LISTEN", format!("127.0.0.1:{port}"))
            .env("LINECARD_SERVER_HOME", format!("http://127.0.0.1:{port}"))
            .env("LINECARD_STORE_URL", database(folder))
            .env("LINECARD_STORE_KEY_FILE", folder.join("linecard.key"))
            .env("LINECARD_AGI_LISTEN", agi)
            .env("LINECARD_NETWORK_ALLOW_PRIVATE", "true")
            .env("LINECARD_LOG_FILTER", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", serve.get_program().display()))?;
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

fn serve(linecard: &Path) -> Command {
    let mut serve = Command::new(linecard);
    serve.arg("serve");
    serve
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
    get(port, "/health/live").is_ok_and(|answer| answer.contains(" 200 "))
}

fn get(port: u16, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: linecard_session={}\r\n\
         Connection: close\r\n\r\n",
        company::admins_session()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// A Linecard that serves a company with a phone system and a CRM.
pub(crate) struct Serving {
    /// Where it listens on 127.0.0.1.
    pub(crate) port: u16,
    /// Where dial plans ask, on 127.0.0.1.
    pub(crate) agi_port: u16,
    /// The CRM it is joined with.
    pub(crate) salesforce: Sandbox,
    /// The process.
    pub(crate) process: Process,
    folder: TempDir,
}

/// The Asterisk that it is joined to, on 127.0.0.1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manager<'a> {
    /// AMI's port.
    pub(crate) port: u16,
    /// The manager user.
    pub(crate) username: &'a str,
    /// Its secret.
    pub(crate) secret: &'a str,
}

impl Serving {
    /// Starts it, joined to that Asterisk.
    pub(crate) async fn company(
        linecard: &Path,
        size: Size,
        manager: Manager<'_>,
    ) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = free_port()?;
        let salesforce = company::salesforce(size).await?;
        let store = company::store(&database(folder.path()), folder.path()).await?;
        let settings = [
            ("host", "127.0.0.1".to_owned()),
            ("port", manager.port.to_string()),
            ("username", manager.username.to_owned()),
            ("own", size.own.to_owned()),
            ("trunk", "PJSIP/trunk".to_owned()),
        ];
        let phone_system = NewPhoneSystem {
            kind: "asterisk".to_owned(),
            name: "Asterisk".to_owned(),
            settings: settings
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
            secrets: [("secret".to_owned(), manager.secret.to_owned())].into(),
        };
        let home = format!("http://127.0.0.1:{port}");
        company::furnish(&store, size, phone_system, &salesforce, &home).await?;
        store.close().await;
        let agi_port = free_port()?;
        let agi = format!("127.0.0.1:{agi_port}");
        let process = Process::start_for(serve(linecard), port, &agi, folder.path())?;
        process.lives_after()?;
        Ok(Self {
            port,
            agi_port,
            salesforce,
            process,
            folder,
        })
    }

    /// Its store, to look at from beside it.
    pub(crate) async fn store(&self) -> anyhow::Result<Store> {
        company::store(&database(self.folder.path()), self.folder.path()).await
    }

    /// What it says of `name` under `/metrics`, of the first where there are several.
    pub(crate) fn gauge(&self, name: &str) -> anyhow::Result<f64> {
        let answer = get(self.port, "/metrics")?;
        let mut lines = answer.lines();
        let line = lines.find(|line| line.starts_with(name));
        let value = line.and_then(|line| line.rsplit(' ').next());
        let value = value.with_context(|| format!("/metrics does not tell {name}"))?;
        Ok(value.trim().parse()?)
    }
}
