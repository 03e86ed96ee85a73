//! What is sent to Asterisk.

/// Asterisk reads lines of at most 1,024 bytes; just over that the rest is taken for a new
/// message. So a line with its line break stays under 1,000.
const LONGEST_LINE: usize = 998;

/// An action to send: `Action: Ping`. Values are cleaned on the way in, so that no value can
/// become a second header or a second action.
#[derive(Clone)]
pub struct Action {
    name: &'static str,
    lines: Vec<u8>,
}

impl Action {
    /// An action by its AMI name.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            lines: Vec::new(),
        }
    }

    /// Adds a header. CR, LF and NUL are taken out of `value`, and what does not fit into one
    /// AMI line is cut off.
    #[must_use]
    pub fn header(mut self, key: &'static str, value: &str) -> Self {
        push_line(&mut self.lines, key, value);
        self
    }

    /// The AMI name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Writes the whole action, with `id` as its `ActionID`, behind what `out` holds.
    pub fn write(&self, id: &str, out: &mut Vec<u8>) {
        push_line(out, "Action", self.name);
        push_line(out, "ActionID", id);
        out.extend_from_slice(&self.lines);
        out.extend_from_slice(b"\r\n");
    }
}

impl std::fmt::Debug for Action {
    /// Shows the name only: a header may be a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Action").field(&self.name).finish()
    }
}

fn push_line(out: &mut Vec<u8>, key: &str, value: &str) {
    let mut room = LONGEST_LINE.saturating_sub(key.len() + 2);
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b": ");
    for letter in value
        .chars()
        .filter(|letter| !matches!(letter, '\r' | '\n' | '\0'))
    {
        let Some(left) = room.checked_sub(letter.len_utf8()) else {
            break;
        };
        room = left;
        out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(action: &Action) -> String {
        let mut out = Vec::new();
        action.write("lc-1", &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_action_ends_with_an_empty_line() {
        let hangup = Action::new("Hangup").header("Channel", "PJSIP/101-00000001");
        assert_eq!(
            written(&hangup),
            "Action: Hangup\r\nActionID: lc-1\r\nChannel: PJSIP/101-00000001\r\n\r\n"
        );
    }

    #[test]
    fn a_value_cannot_become_a_second_header() {
        let text = written(&Action::new("Hangup").header("Channel", "x\r\nAction: Originate\n\0"));
        assert!(text.contains("Channel: xAction: Originate\r\n"));
        assert_eq!(text.matches("\r\n").count(), 4);
    }

    #[test]
    fn no_line_reaches_the_limit_at_which_asterisk_loses_its_place() {
        let text = written(&Action::new("Originate").header("Variable", &"名".repeat(2_000)));
        assert!(text.split("\r\n").all(|line| line.len() < 1_000));
    }
}
