//! Asterisk's files: a minimal Debian tree with the `asterisk` package, made once and cached.
//!
//! Debian 12 has no Asterisk. Its unstable suite (sid) has 22, Debian 11 (bullseye) has 16; each
//! installs into a folder of its own. Nothing is ever mounted where others can see it: mounts
//! are made in a private mount namespace and are gone with the process that made them, so that
//! deleting a tree can never reach the machine's own devices.

use std::fmt;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::{command, places};

/// A Debian suite that has Asterisk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Suite {
    /// Unstable: Asterisk 22.
    Sid,
    /// Debian 11: Asterisk 16.
    Bullseye,
}

impl Suite {
    /// The Asterisk one expects in it.
    fn asterisk(self) -> &'static str {
        match self {
            Self::Sid => "22",
            Self::Bullseye => "16",
        }
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sid => "sid",
            Self::Bullseye => "bullseye",
        })
    }
}

/// Asterisk's files of one suite.
#[derive(Debug)]
pub(super) struct Tree {
    /// Where they came from.
    pub(super) suite: Suite,
    /// The root of the tree.
    pub(super) root: PathBuf,
}

impl Tree {
    /// Where the suite keeps Asterisk's modules, seen from inside the tree.
    pub(super) fn modules(&self) -> Result<String> {
        let library = self.root.join("usr/lib");
        let folders = fs::read_dir(&library)
            .with_context(|| format!("cannot read {}", library.display()))?
            .filter_map(Result::ok)
            .map(|entry| format!("/usr/lib/{}/asterisk/modules", entry.file_name().display()));
        std::iter::once("/usr/lib/asterisk/modules".to_owned())
            .chain(folders)
            .find(|path| self.root.join(path.trim_start_matches('/')).is_dir())
            .with_context(|| format!("{} has no Asterisk: delete it", self.root.display()))
    }
}

/// The tree of `suite`, or of the best suite that can be had.
pub(super) fn ready(suite: Option<Suite>) -> Result<Tree> {
    if let Some(suite) = suite {
        return of(suite);
    }
    let newest = match of(Suite::Sid) {
        Ok(tree) => return Ok(tree),
        Err(error) => error,
    };
    eprintln!("==================================================================");
    eprintln!("Asterisk 22 cannot be had; going on with the old Asterisk 16.");
    eprintln!("What is tested now is NOT what most people run. The reason:");
    eprintln!("{newest:#}");
    eprintln!("==================================================================");
    of(Suite::Bullseye).with_context(|| {
        format!(
            "no Asterisk can be had: neither 22 from Debian sid ({newest:#}) nor 16 from bullseye"
        )
    })
}

/// The tree of `suite`, made now when it is not in the cache.
fn of(suite: Suite) -> Result<Tree> {
    let cache = places::cache()?;
    let tree = Tree {
        suite,
        root: cache.join(format!("asterisk-{suite}")),
    };
    if !tree.root.is_dir() {
        // One makes it, the others wait and find it made.
        let path = cache.join(format!("asterisk-{suite}.lock"));
        let lock =
            File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
        lock.lock()
            .with_context(|| format!("cannot lock {}", path.display()))?;
        if !tree.root.is_dir() {
            make(&tree)?;
        }
    }
    Ok(tree)
}

fn make(tree: &Tree) -> Result<()> {
    let Tree { suite, root } = tree;
    let mirror = mirror()?;
    eprintln!(
        "Getting Asterisk {} from Debian {suite}: about a minute and 500 MB in {}",
        suite.asterisk(),
        root.display()
    );
    let partial = root.with_extension("partial");
    if partial.exists() {
        command::run(
            command::as_root("rm")?
                .args(["-rf", "--one-file-system"])
                .arg(&partial),
        )?;
    }
    let log_path = root.with_extension("log");
    let log =
        File::create(&log_path).with_context(|| format!("cannot make {}", log_path.display()))?;
    let mut debootstrap = command::as_root("unshare")?;
    debootstrap
        .args(["--mount", "--", "debootstrap", "--variant=minbase"])
        .arg("--include=asterisk")
        .arg(suite.to_string())
        .arg(&partial)
        .arg(&mirror)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    command::run(&mut debootstrap).with_context(|| {
        format!(
            "Debian {suite} with asterisk did not install (scripts/prepare installs debootstrap); \
             what it said is in {}",
            log_path.display()
        )
    })?;
    command::run(command::as_root("mv")?.arg(&partial).arg(root))
}

/// Debian's mirror, as this machine's own apt has it.
fn mirror() -> Result<String> {
    if let Some(site) = known_mirror()? {
        return Ok(site);
    }
    // A fresh image has no package lists; without them apt does not tell whose a source is.
    eprintln!("apt knows no Debian mirror yet: updating its lists ...");
    command::run(command::as_root("apt-get")?.args(["update", "-qq"]))?;
    known_mirror()?.context("apt has no source of Debian's own packages in its configuration")
}

fn known_mirror() -> Result<Option<String>> {
    let targets = command::output(Command::new("apt-get").args([
        "indextargets",
        "--format",
        "$(CREATED_BY) $(LABEL) $(SITE)",
    ]))
    .context("apt could not be asked for its mirror: this needs Debian")?;
    let mut lines = targets.lines();
    let site = lines.find_map(|line| line.strip_prefix("Packages Debian "));
    Ok(site.map(|site| site.trim().to_owned()))
}
