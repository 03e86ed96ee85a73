//! What a file's bytes mean as text.
//!
//! A file in UTF-16 is written anew as UTF-8 before anything else ([`Normaliser`]): everything after
//! that can look for line ends and quotes in the bytes. What is then not UTF-8 is in one of the
//! encodings of older programs, and nothing in the file says which: [`Survey`] guesses by what stands
//! in it. Rows may differ, because people copy one file behind another: [`Reading`] looks at each.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes a guess is made from.
const ENOUGH: usize = 256 * 1024;

/// The encodings that a person can choose among, by the names that the standard gives them
/// (encoding.spec.whatwg.org).
pub const CHOICES: [&str; 8] = [
    "UTF-8",
    "gb18030",
    "windows-1252",
    "Big5",
    "windows-1251",
    "windows-1250",
    "Shift_JIS",
    "EUC-KR",
];

/// An encoding that is not UTF-8, or UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(&'static Encoding);

impl TextEncoding {
    /// The encoding of this name; `None`: none of [`CHOICES`].
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let known = CHOICES
            .iter()
            .any(|choice| choice.eq_ignore_ascii_case(name));
        Encoding::for_label(name.as_bytes())
            .filter(|_| known)
            .map(Self)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The text; `None`: these bytes are no text in it.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        let text = self
            .0
            .decode_without_bom_handling_and_without_replacement(bytes)?;
        // Every byte is a character of windows-1252, but these stand in no text.
        let is_control = |it| ('\u{80}'..'\u{a0}').contains(&it);
        let is_text = !(self.0.is_single_byte() && text.chars().any(is_control));
        is_text.then_some(text)
    }
}

/// Writes UTF-16 anew as UTF-8 and drops a byte order mark; anything else passes as it is.
pub struct Normaliser {
    begun: Vec<u8>,
    decoder: Option<Decoder>,
    is_decided: bool,
}

/// How many bytes it looks at before it decides.
const LOOKED_AT: usize = 1024;

impl Default for Normaliser {
    fn default() -> Self {
        Self::new()
    }
}

impl Normaliser {
    /// At the beginning of a file.
    #[must_use]
    pub fn new() -> Self {
        Self {
            begun: Vec::new(),
            decoder: None,
            is_decided: false,
        }
    }

    /// Takes the next bytes and adds what they become to `out`. `last`: there are no more.
    pub fn push(&mut self, bytes: &[u8], last: bool, out: &mut Vec<u8>) {
        if self.is_decided {
            return self.pass(bytes, last, out);
        }
        self.begun.extend_from_slice(bytes);
        if self.begun.len() < LOOKED_AT && !last {
            return;
        }
        self.is_decided = true;
        let begun = std::mem::take(&mut self.begun);
        let (wide, mark) = match Encoding::for_bom(&begun) {
            Some((encoding, mark)) => (Some(encoding).filter(|it| *it != UTF_8), mark),
            None => (wide_without_mark(&begun), 0),
        };
        self.decoder = wide.map(Encoding::new_decoder_without_bom_handling);
        self.pass(begun.get(mark..).unwrap_or_default(), last, out);
    }

    fn pass(&mut self, bytes: &[u8], last: bool, out: &mut Vec<u8>) {
        let Some(decoder) = &mut self.decoder else {
            out.extend_from_slice(bytes);
            return;
        };
        let most = decoder.max_utf8_buffer_length(bytes.len());
        let mut text = String::with_capacity(most.unwrap_or(bytes.len().saturating_mul(3)));
        let (_, _, _) = decoder.decode_to_string(bytes, &mut text, last);
        out.extend_from_slice(text.as_bytes());
    }
}

/// UTF-16 without a mark: every second byte of Western text is zero.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let some = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let zeros = |from: usize| {
        some.iter()
            .skip(from)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), some.len() / 2);
    if half < 2 {
        None
    } else if odd * 4 > half * 3 && even * 8 < half {
        Some(UTF_16LE)
    } else if even * 4 > half * 3 && odd * 8 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Looks through a file's lines and guesses what those are that are not UTF-8.
pub struct Survey {
    line: Vec<u8>,
    detector: EncodingDetector,
    seen: usize,
    other_lines: u64,
}

/// How much of a line is looked at.
const LOOKED_AT_OF_LINE: usize = 16 * 1024;

impl Default for Survey {
    fn default() -> Self {
        Self::new()
    }
}

impl Survey {
    /// At the beginning of a file.
    #[must_use]
    pub fn new() -> Self {
        Self {
            line: Vec::new(),
            detector: detector(),
            seen: 0,
            other_lines: 0,
        }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            let free = LOOKED_AT_OF_LINE.saturating_sub(self.line.len());
            self.line
                .extend_from_slice(part.get(..free).unwrap_or(part));
            if part.ends_with(b"\n") {
                self.look();
            }
        }
    }

    fn look(&mut self) {
        let line = std::mem::take(&mut self.line);
        // A line that was cut may end in the middle of a character.
        let broken = std::str::from_utf8(&line)
            .is_err_and(|error| error.error_len().is_some() || line.len() < LOOKED_AT_OF_LINE);
        if broken {
            self.other_lines += 1;
            if self.seen < ENOUGH {
                self.seen += line.len();
                self.detector.feed(&line, false);
            }
        }
        self.line = line;
        self.line.clear();
    }

    /// The guess: what the lines that are not UTF-8 are in; `None`: all are UTF-8.
    #[must_use]
    pub fn finish(mut self) -> Option<TextEncoding> {
        self.look();
        if self.other_lines == 0 {
            return None;
        }
        self.detector.feed(b"", true);
        Some(guessed(&self.detector))
    }
}

fn detector() -> EncodingDetector {
    EncodingDetector::new(Iso2022JpDetection::Deny)
}

fn guessed(detector: &EncodingDetector) -> TextEncoding {
    let guess = detector.guess(None, Utf8Detection::Deny);
    TextEncoding(if guess == GBK { GB18030 } else { guess })
}

/// How the bytes of a row are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// What a person has chosen; it is then the only one.
    pub chosen: Option<TextEncoding>,
    /// What the rows that are not UTF-8 seem to be in.
    pub guessed: Option<TextEncoding>,
}

impl Reading {
    /// What the row is in.
    #[must_use]
    pub fn of(&self, row: &[u8]) -> TextEncoding {
        if let Some(chosen) = self.chosen {
            return chosen;
        }
        if std::str::from_utf8(row).is_ok() {
            return TextEncoding(UTF_8);
        }
        let of_file = self.guessed.unwrap_or(TextEncoding(WINDOWS_1252));
        let mut detector = detector();
        detector.feed(row, true);
        let of_row = guessed(&detector);
        // A single row tells little. It is believed where the file's encoding cannot be, and where
        // the two are as different as Chinese and German are.
        let is_other = of_file.0.is_single_byte() != of_row.0.is_single_byte();
        if of_file.decode(row).is_none() || (is_other && of_row.decode(row).is_some()) {
            of_row
        } else {
            of_file
        }
    }

    /// The text as well as it can be read, for people to look at.
    #[must_use]
    pub fn lossy(&self, bytes: &[u8]) -> String {
        // A cut in the middle of a character does not make it another encoding.
        let utf8 = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let encoding = if bytes.len() - utf8 < 4 {
            TextEncoding(UTF_8)
        } else {
            self.of(bytes)
        };
        let (text, _) = encoding.0.decode_without_bom_handling(bytes);
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn normalised(bytes: &[u8], chunk: usize) -> Vec<u8> {
        let (mut normaliser, mut out) = (Normaliser::new(), Vec::new());
        for part in bytes.chunks(chunk) {
            normaliser.push(part, false, &mut out);
        }
        normaliser.push(b"", true, &mut out);
        out
    }

    fn wide(text: &str, mark: bool, big: bool) -> Vec<u8> {
        let units = mark
            .then_some(0xfeff)
            .into_iter()
            .chain(text.encode_utf16());
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    fn in_encoding(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        encoding.encode(text).0.into_owned()
    }

    fn survey(bytes: &[u8]) -> Option<TextEncoding> {
        let mut survey = Survey::new();
        survey.push(bytes);
        survey.finish()
    }

    #[test]
    fn utf_16_becomes_utf_8_with_and_without_a_mark() {
        let text = "name,phone\nM\u{fc}ller,030 123\n\u{674e}\u{96f7},010 123\n";
        for chunk in [1, 3, 4096] {
            for (mark, big) in [(true, true), (true, false), (false, true), (false, false)] {
                assert_eq!(normalised(&wide(text, mark, big), chunk), text.as_bytes());
            }
            let marked = format!("\u{feff}{text}");
            assert_eq!(normalised(marked.as_bytes(), chunk), text.as_bytes());
            assert_eq!(normalised(text.as_bytes(), chunk), text.as_bytes());
        }
    }

    #[test]
    fn what_is_not_utf_8_is_guessed() {
        let german = "Name;Telefon\nMüller;030\nJörg Straße;040\nGünther Weiß;030\n";
        let chinese = "姓名,电话\n李雷,010\n韩梅梅,021\n上海贸易公司,021\n";
        assert_eq!(survey(german.as_bytes()), None);
        let guess = survey(&in_encoding(german, WINDOWS_1252)).unwrap();
        assert_eq!(guess.name(), "windows-1252");
        let guess = survey(&in_encoding(chinese, GB18030)).unwrap();
        assert_eq!(guess.name(), "gb18030");
    }

    #[test]
    fn rows_of_one_file_may_differ() {
        let rows = [
            ("李雷,北京贸易公司,010 12345678", GB18030),
            ("Müller,Bäckerei Müller,030 123", WINDOWS_1252),
            ("Jürgen,Grün & Söhne,040 5", UTF_8),
            ("韩梅梅,上海,021 555", GB18030),
        ];
        let bytes: Vec<Vec<u8>> = rows
            .iter()
            .map(|(text, encoding)| in_encoding(text, encoding))
            .collect();
        let reading = Reading {
            chosen: None,
            guessed: survey(&bytes.join(&b'\n')),
        };
        for (row, (text, _)) in bytes.iter().zip(rows) {
            let encoding = reading.of(row);
            assert_eq!(encoding.decode(row).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_chosen_encoding_is_the_only_one() {
        let reading = Reading {
            chosen: TextEncoding::named("utf-8"),
            guessed: None,
        };
        let row = in_encoding("Müller", WINDOWS_1252);
        assert_eq!(reading.of(&row).decode(&row), None);
        assert_eq!(TextEncoding::named("utf-16"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_looked_at(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let reading = Reading { chosen: None, guessed: survey(&bytes) };
            let _ = reading.of(&bytes).decode(&bytes);
            let _ = reading.lossy(&bytes);
            prop_assert_eq!(normalised(&bytes, 7), normalised(&bytes, 600));
        }
    }
}
