//! One connection of a dial plan, sans-IO.

use std::collections::VecDeque;

use super::Request;

/// The longest line taken, in bytes; Asterisk's own are far below.
const LONGEST_LINE: usize = 2_048;
/// The most lines taken. Asterisk writes about 25, and one for each argument of `AGI()`.
const MOST_LINES: usize = 200;

/// Why a connection is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A line is too long.
    #[error("a line of more than {LONGEST_LINE} bytes")]
    LongLine,
    /// There are too many lines.
    #[error("more than {MOST_LINES} lines")]
    ManyLines,
    /// Asterisk refused a command, or the caller hung up.
    #[error("the dial plan does not take the answer")]
    Refused,
}

#[derive(Debug, PartialEq, Eq)]
enum Stage {
    /// Asterisk tells what it knows, up to an empty line.
    Hearing,
    /// The question is there.
    Asked,
    /// A command is out; its answer is awaited.
    Telling,
    Over,
}

/// One connection: the question in, the variables out.
#[derive(Debug)]
pub struct Conversation {
    buffer: Vec<u8>,
    lines: usize,
    request: Request,
    stage: Stage,
    commands: VecDeque<String>,
    outgoing: Vec<u8>,
}

impl Default for Conversation {
    fn default() -> Self {
        Self {
            buffer: Vec::new(),
            lines: 0,
            request: Request::default(),
            stage: Stage::Hearing,
            commands: VecDeque::new(),
            outgoing: Vec::new(),
        }
    }
}

impl Conversation {
    /// Takes in bytes from Asterisk.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.buffer.extend_from_slice(bytes);
        while let Some(end) = memchr::memchr(b'\n', &self.buffer) {
            if end > LONGEST_LINE {
                return Err(Fault::LongLine);
            }
            let line: Vec<u8> = self.buffer.drain(..=end).collect();
            self.lines += 1;
            if self.lines > MOST_LINES {
                return Err(Fault::ManyLines);
            }
            let line = String::from_utf8_lossy(&line);
            self.line(line.trim_end_matches(['\r', '\n']))?;
        }
        if self.buffer.len() > LONGEST_LINE {
            return Err(Fault::LongLine);
        }
        Ok(())
    }

    fn line(&mut self, line: &str) -> Result<(), Fault> {
        match self.stage {
            Stage::Hearing if line.is_empty() => self.stage = Stage::Asked,
            Stage::Hearing => {
                if let Some((name, value)) = line.split_once(':') {
                    self.request.take(name, value.trim());
                }
            }
            Stage::Telling if line.starts_with("200") => self.next(),
            Stage::Telling => return Err(Fault::Refused),
            // The caller may hang up meanwhile: `HANGUP`.
            Stage::Asked | Stage::Over => {}
        }
        Ok(())
    }

    /// The question, once all of it is there.
    #[must_use]
    pub fn request(&self) -> Option<&Request> {
        (self.stage == Stage::Asked).then_some(&self.request)
    }

    /// Answers the question by setting channel variables, one after the other. Only letters,
    /// digits and what numbers and names are written with get into a value: whatever a dial plan
    /// does with it, it stays a value.
    pub fn answer(&mut self, variables: &[(&str, &str)]) {
        let command = |(name, value): &(&str, &str)| {
            let value: String = value.chars().filter(|letter| is_plain(*letter)).collect();
            format!("SET VARIABLE {name} \"{value}\"\n")
        };
        self.commands = variables.iter().map(command).collect();
        self.next();
    }

    fn next(&mut self) {
        self.stage = match self.commands.pop_front() {
            Some(command) => {
                self.outgoing.extend_from_slice(command.as_bytes());
                Stage::Telling
            }
            None => Stage::Over,
        };
    }

    /// Takes the bytes to send.
    pub fn take_outgoing(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.outgoing)
    }

    /// Whether everything is said and was taken.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.stage == Stage::Over
    }
}

/// Nothing that means something to a dial plan or to AGI: no quotes, commas, brackets, `$`, `\`.
fn is_plain(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, ' ' | '+' | '-' | '_' | '.' | '*' | '#')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const QUESTION: &[u8] = b"agi_network: yes\nagi_network_script: owner?default=100\n\
        agi_callerid: 14155550134\nagi_callingpres: 0\nagi_arg_1: x\n\n";

    fn said(conversation: &mut Conversation) -> String {
        String::from_utf8(conversation.take_outgoing()).unwrap()
    }

    #[test]
    fn a_question_is_answered_command_by_command() {
        let mut conversation = Conversation::default();
        for byte in QUESTION {
            assert_eq!(conversation.request(), None);
            conversation.receive(&[*byte]).unwrap();
        }
        assert_eq!(conversation.request().unwrap().caller(), "14155550134");
        conversation.answer(&[("LINECARD_OWNER", "101"), ("LINECARD_REASON", "owner")]);
        assert_eq!(
            said(&mut conversation),
            "SET VARIABLE LINECARD_OWNER \"101\"\n"
        );
        conversation.receive(b"200 result=1\n").unwrap();
        assert_eq!(
            said(&mut conversation),
            "SET VARIABLE LINECARD_REASON \"owner\"\n"
        );
        assert!(!conversation.is_over());
        conversation.receive(b"200 result=1\n").unwrap();
        assert!(conversation.is_over());
    }

    #[test]
    fn no_value_can_become_another_command_or_a_part_of_the_dial_plan() {
        let mut conversation = Conversation::default();
        conversation.receive(QUESTION).unwrap();
        let hostile = "O'Brien\"\nEXEC System \"x\"\r${SHELL(x)},1)\\ 王伟";
        conversation.answer(&[("NAME", hostile)]);
        assert_eq!(
            said(&mut conversation),
            "SET VARIABLE NAME \"OBrienEXEC System xSHELLx1 王伟\"\n"
        );
    }

    #[test]
    fn a_refusal_or_a_hangup_in_the_middle_ends_it() {
        for line in ["510 Invalid or unknown command\n", "HANGUP\n"] {
            let mut conversation = Conversation::default();
            conversation.receive(QUESTION).unwrap();
            conversation.answer(&[("A", "1"), ("B", "2")]);
            assert_eq!(conversation.receive(line.as_bytes()), Err(Fault::Refused));
        }
    }

    #[test]
    fn what_never_ends_is_cut_off() {
        let mut long = Conversation::default();
        let fault = (0..10_000).find_map(|_| long.receive(&[b'a'; 100]).err());
        assert_eq!(fault, Some(Fault::LongLine));
        assert!(long.buffer.len() <= LONGEST_LINE + 100);
        let mut many = Conversation::default();
        let fault = (0..10_000).find_map(|_| many.receive(b"agi_arg_1: a\n").err());
        assert_eq!(fault, Some(Fault::ManyLines));
    }

    proptest! {
        #[test]
        fn any_bytes_do_no_harm(bytes: Vec<u8>) {
            let mut conversation = Conversation::default();
            let _ = conversation.receive(&bytes);
            conversation.answer(&[("A", "1")]);
            let _ = conversation.receive(&bytes);
        }
    }
}
