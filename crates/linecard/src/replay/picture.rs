//! A recording as a picture: who waited, rang, talked and held, second by second, what became of
//! each agent's part, and what is written of it. `docs/scenarios.md` is made of these.

mod svg;
mod timeline;
mod words;

use std::collections::HashMap;

use linecard_asterisk::replay::{Recording, watch};
use linecard_number::Extension;
use regex::Regex;

use timeline::Watcher;

/// Whose extensions they are.
pub(super) type Names = HashMap<Extension, String>;

/// Draws the calls in a recording, one below the other, as an SVG document. The same recording
/// always gives the same text.
pub(super) fn picture(
    recording: &Recording,
    own: &[Regex],
    trunk: &[Regex],
    names: &Names,
) -> String {
    let mut watcher = Watcher::default();
    watch(recording, own, trunk, &mut |at, seen| {
        watcher.see(at, seen);
    });
    svg::draw(&watcher.finish(), names)
}

#[cfg(test)]
mod tests {
    use linecard_asterisk::translate::pattern;

    use super::*;

    /// A caller in a queue of this name, who gives up while 101 rings.
    fn drawn(queue: &str, name: &str) -> String {
        let events = serde_json::json!([
            {"Event": "Newchannel", "Timestamp": "1795226278.0", "Channel": "PJSIP/trunk-00000008",
             "ChannelState": "4", "CallerIDNum": "31600000001", "Exten": "5551000",
             "Uniqueid": "1.8", "Linkedid": "1.8"},
            {"Event": "QueueCallerJoin", "Channel": "PJSIP/trunk-00000008", "Queue": queue,
             "Uniqueid": "1.8", "Linkedid": "1.8"},
            {"Event": "DialBegin", "Channel": "PJSIP/trunk-00000008", "Uniqueid": "1.8",
             "Linkedid": "1.8", "DestChannel": "PJSIP/101-00000009", "DestUniqueid": "1.9",
             "DestLinkedid": "1.8", "DestChannelState": "5"},
            {"Event": "HangupRequest", "Timestamp": "1795226280.5", "Uniqueid": "1.8"},
            {"Event": "Hangup", "Uniqueid": "1.9", "Cause": "16"},
            {"Event": "Hangup", "Uniqueid": "1.8", "Cause": "16"}
        ]);
        let recording = Recording::read(&events.to_string()).unwrap();
        let own = pattern(r"PJSIP/1\d\d").unwrap();
        let trunk = pattern("PJSIP/trunk").unwrap();
        let names = Names::from([("101".parse().unwrap(), name.to_owned())]);
        picture(&recording, &[own], &[trunk], &names)
    }

    #[test]
    fn a_picture_tells_who_waited_and_rang_and_what_is_written() {
        let picture = drawn("support", "Alice");
        for words in [
            "Inbound call, missed: waited 2.5 s",
            ">Queue<",
            ">support<",
            ">Alice<",
            ">missed, agent of record<",
            ">ring 2.5 s<",
            ">Missed Call<",
            ">hangs up<",
        ] {
            assert!(picture.contains(words), "{words}: {picture}");
        }
        assert!(!picture.contains(">talks<"));
    }

    #[test]
    fn a_name_is_never_markup_and_never_too_long() {
        let picture = drawn("<script>&", "Dr. Wilhelmina Featherstonehaugh");
        assert!(picture.contains("&lt;script&gt;&amp;"), "{picture}");
        assert!(picture.contains(">Dr. Wilhelmina …<"), "{picture}");
    }
}
