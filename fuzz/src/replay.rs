//! Replaying a recording: any text is refused with words, or told as calls.

use std::sync::LazyLock;

use linecard_asterisk::replay::{CallLine, Recording, replay};
use linecard_asterisk::translate::{Translator, pattern};
use linecard_call::Call;

use crate::promises::one_leg_each;

/// Reads `data` as a file that somebody calls a recording.
///
/// # Panics
///
/// Where something that must hold does not.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let recording = match Recording::read(text) {
        Ok(recording) => recording,
        Err(error) => {
            assert!(!error.to_string().is_empty(), "refused without words");
            return;
        }
    };
    let told = calls(&recording);
    for call in &told {
        one_leg_each(call);
        assert!(serde_json::to_string(&CallLine::from(call)).is_ok());
    }
    assert!(told.is_sorted_by_key(|call| call.started), "out of order");
    calls(&recording.only(Translator::wants));
}

fn calls(recording: &Recording) -> Vec<Call> {
    // To read a pattern takes longer than to follow a call.
    static PATTERNS: LazyLock<[Vec<regex::Regex>; 2]> = LazyLock::new(|| {
        [r"PJSIP/1\d\d", "PJSIP/trunk"].map(|text| pattern(text).into_iter().collect())
    });
    let [own, trunk] = &*PATTERNS;
    replay(recording, own, trunk)
}
