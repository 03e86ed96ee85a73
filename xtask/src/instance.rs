//! Something that runs beside us until it is taken down: an Asterisk, a PostgreSQL.
//!
//! An instance has a name, a folder of its own and a process. The process carries the name in
//! its environment, so that a number reused by the operating system is never taken for it.

use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{command, places};

/// The variable that marks an instance's process.
pub(crate) const MARK: &str = "LINECARD_INSTANCE";

/// How often a condition of another process is looked at.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// One named thing that runs beside us.
#[derive(Debug, Clone)]
pub(crate) struct Instance {
    kind: &'static str,
    name: String,
}

impl Instance {
    /// An instance `name` of `kind`; the name becomes part of a path.
    pub(crate) fn new(kind: &'static str, name: &str) -> Result<Self> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if name.is_empty() || name.len() > 60 || !name.bytes().all(fits) {
            bail!("an instance's name is up to 60 letters, digits, - and _; not {name:?}");
        }
        Ok(Self {
            kind,
            name: name.to_owned(),
        })
    }

    /// The name the user gave.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The value of [`MARK`] in the process's environment.
    pub(crate) fn mark(&self) -> String {
        format!("{}-{}", self.kind, self.name)
    }

    /// The folder that holds everything of this instance.
    pub(crate) fn folder(&self) -> Result<PathBuf> {
        Ok(places::cache()?.join("instances").join(self.mark()))
    }

    /// Writes down what `up` told, for `down` and for others who ask.
    pub(crate) fn remember(&self, facts: &impl Serialize) -> Result<()> {
        let path = self.folder()?.join("up.json");
        fs::write(&path, serde_json::to_string(facts)?)
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// What `up` told, when it was brought up and not taken down since.
    pub(crate) fn recall<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        let path = self.folder()?.join("up.json");
        match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text)
                .map(Some)
                .with_context(|| format!("{} is damaged: delete its folder", path.display())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Whether process `pid` is this instance and alive.
    pub(crate) fn is_alive(&self, pid: u32) -> bool {
        let wanted = format!("{MARK}={}", self.mark());
        // Unreadable is as good as gone: a zombie, or another user's process under a reused number.
        fs::read(format!("/proc/{pid}/environ")).is_ok_and(|environ| {
            environ
                .split(|&byte| byte == 0)
                .any(|v| v == wanted.as_bytes())
        })
    }

    /// Asks process `pid` to end with `signal`, waits up to `patience`, then kills it.
    pub(crate) fn stop(&self, pid: u32, signal: &str, patience: Duration) -> Result<()> {
        for signal in [signal, "KILL"] {
            if !self.is_alive(pid) {
                return Ok(());
            }
            command::run(Command::new("kill").args(["-s", signal, &pid.to_string()]))?;
            let deadline = Instant::now() + patience;
            while self.is_alive(pid) && Instant::now() < deadline {
                thread::sleep(LOOK_AGAIN);
            }
        }
        if self.is_alive(pid) {
            bail!("process {pid} of {} cannot be ended", self.mark());
        }
        Ok(())
    }

    /// Deletes the instance's folder.
    pub(crate) fn forget(&self) -> Result<()> {
        let folder = self.folder()?;
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot delete {}", folder.display()))
            }
            _ => Ok(()),
        }
    }
}

/// Waits until whoever started us closes our standard input, or ends in any way.
pub(crate) fn wait_for_end_of_input() -> Result<()> {
    let mut rest = Vec::new();
    io::stdin()
        .read_to_end(&mut rest)
        .context("cannot read standard input")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::process::{Child, Stdio};

    use super::*;

    fn sleeper(mark: &str) -> Child {
        Command::new("sleep")
            .arg("600")
            .env(MARK, mark)
            .stdin(Stdio::null())
            .spawn()
            .unwrap()
    }

    #[test]
    fn a_name_cannot_leave_the_folder_of_instances() {
        for name in ["", "..", "../else", "a/b", "a b"] {
            assert!(Instance::new("asterisk", name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn a_reused_process_number_is_not_taken_for_the_instance() {
        let instance = Instance::new("asterisk", "mine").unwrap();
        let mut stranger = sleeper("asterisk-another");
        assert!(!instance.is_alive(stranger.id()));

        instance
            .stop(stranger.id(), "TERM", Duration::from_secs(1))
            .unwrap();
        assert_eq!(stranger.try_wait().unwrap(), None, "a stranger was ended");
        stranger.kill().unwrap();
        stranger.wait().unwrap();
    }

    #[test]
    fn its_own_process_is_stopped() {
        let instance = Instance::new("asterisk", "mine").unwrap();
        let mut own = sleeper("asterisk-mine");
        // The environment is there once the new program has taken over.
        while !instance.is_alive(own.id()) {
            thread::sleep(LOOK_AGAIN);
        }
        instance
            .stop(own.id(), "TERM", Duration::from_mins(1))
            .unwrap();
        assert!(!own.wait().unwrap().success());
    }
}
