//! Writes the seeds: `seeds RECORDINGS OUT`. `cargo xtask fuzz` calls this.

use std::path::Path;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [recordings, out] = arguments.as_slice() else {
        bail!("two folders are wanted: the recordings, and where the seeds go");
    };
    linecard_fuzz::seeds::write(Path::new(recordings), Path::new(out))
}
