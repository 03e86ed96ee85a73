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
        if let Some(lines) = too_long(&text) {
            broken.push(format!(
                "{} has {lines} lines, more than {LONGEST}: split it by subject",
                source.display()
            ));
        }
    }
    Ok(broken)
}

/// How many lines `text` has, when they are too many for one who wrote them by hand.
fn too_long(text: &str) -> Option<usize> {
    let generated = text
        .lines()
        .take(5)
        .any(|line| line.contains("auto-generated") || line.contains("@generated"));
    let lines = text.lines().count();
    (lines > LONGEST && !generated).then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_hundred_lines_are_enough() {
        assert_eq!(too_long(&"line\n".repeat(600)), None);
        assert_eq!(too_long(&"line\n".repeat(601)), Some(601));
    }

    #[test]
    fn what_a_generator_wrote_may_be_long() {
        let text = "/** This file was auto-generated. */\n".to_owned() + &"line\n".repeat(900);
        assert_eq!(too_long(&text), None);
    }
}
