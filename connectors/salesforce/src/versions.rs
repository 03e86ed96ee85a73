//! Which version of the API to speak.

use serde::Deserialize;

/// The newest version that Linecard was tested with.
const NEWEST: u32 = 66;
/// The oldest version with everything that is asked for.
const OLDEST: u32 = 60;

/// One line of `GET /services/data`.
#[derive(Deserialize)]
pub(crate) struct Offered {
    #[serde(default)]
    version: String,
}

/// The newest version that both sides know: `66.0`.
pub(crate) fn newest(offered: &[Offered]) -> Option<String> {
    offered
        .iter()
        .filter_map(|line| line.version.strip_suffix(".0")?.parse().ok())
        .filter(|version| (OLDEST..=NEWEST).contains(version))
        .max()
        .map(|version: u32| format!("{version}.0"))
}

/// The versions that Linecard speaks, for a person.
pub(crate) fn spoken() -> String {
    format!("{OLDEST}.0–{NEWEST}.0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pick(versions: &[&str]) -> Option<String> {
        let offered: Vec<Offered> = versions
            .iter()
            .map(|version| Offered {
                version: (*version).to_owned(),
            })
            .collect();
        newest(&offered)
    }

    #[test]
    fn the_newest_tested_version_is_taken() {
        assert_eq!(
            pick(&["31.0", "64.0", "65.0", "66.0"]).as_deref(),
            Some("66.0")
        );
        assert_eq!(pick(&["64.0", "67.0", "70.0"]).as_deref(), Some("64.0"));
    }

    #[test]
    fn without_a_version_in_common_there_is_none() {
        assert_eq!(pick(&["31.0", "59.0"]), None);
        assert_eq!(pick(&["", "x", "-1.0", "66"]), None);
    }
}
