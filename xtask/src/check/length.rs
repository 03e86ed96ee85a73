//! A file has one subject: past 600 lines it has several.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::places;

const LONGEST: usize = 600;

/// The files among `sources` that are too long; what a generator wrote does not count.
pub(super) fn broken(sources: &[PathBuf]) -> Result<Vec<String>> {
    let mut broken = Vec::new();
    for source in sources {
        let extension = source.extension().and_then(|name| name.to_str());
        if !matches!(extension, Some("rs" | "ts" | "tsx")) {
            continue;
        }
        let path = places::checkout().join(source);
        // Deleted, and git has not been told yet.
        if !path.is_file() {
            continue;
        }
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let lines = text.lines().count();
        if lines > LONGEST && !is_generated(&text) {
            broken.push(format!(
                "{} has {lines} lines, more than {LONGEST}: split it by subject",
                source.display()
            ));
        }
    }
    Ok(broken)
}

fn is_generated(text: &str) -> bool {
    text.lines()
        .take(5)
        .any(|line| line.contains("auto-generated") || line.contains("@generated"))
}
