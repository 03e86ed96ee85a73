//! Words as they are compared: small letters, without accents, each with its other spellings.
//!
//! People type what their keyboard has: `Muller` and `Mueller` for Müller, `Lodz` for Łódź, احمد
//! for أحمد. Names and questions are folded by the same rules, so what is folded alike is found.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

/// The most characters of a word that count.
const LONGEST_WORD: usize = 32;

/// A part of a name: a word, or one character of a script that is written without spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A word, in each of its spellings; there is at least one.
    Word(Vec<String>),
    /// A Chinese character, a kana, a Korean syllable.
    Character(char),
}

/// The parts of a text.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut word = String::new();
    for letter in text.nfkc() {
        if is_character(letter) {
            end_word(&mut parts, &mut word);
            parts.push(Part::Character(letter));
        } else if is_unwritten(letter) {
            // Stretches or joins letters, and changes no word.
        } else if letter.is_alphanumeric() || is_mark(letter) {
            word.push(letter);
        } else {
            end_word(&mut parts, &mut word);
        }
    }
    end_word(&mut parts, &mut word);
    parts
}

/// Whether it is written without spaces around words: Chinese, Japanese, Korean.
pub(super) fn is_character(letter: char) -> bool {
    matches!(letter,
        '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}')
}

/// Whether it belongs to the letter before it: an accent, a vowel, a joiner.
pub(super) fn is_mark(letter: char) -> bool {
    canonical_combining_class(letter) != 0 || is_unwritten(letter)
}

/// Tatweel, the joiners, and the marks of direction.
fn is_unwritten(letter: char) -> bool {
    matches!(letter, '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

fn end_word(parts: &mut Vec<Part>, word: &mut String) {
    if word.is_empty() {
        return;
    }
    let spellings = spellings(word);
    word.clear();
    let Some(first) = spellings.first() else {
        return;
    };
    // One name, written as one word or as two.
    if let Some(rest) = first.strip_prefix("عبد")
        && rest.starts_with("ال")
        && rest.chars().count() > 3
    {
        parts.push(Part::Word(vec!["عبد".to_owned()]));
        parts.push(Part::Word(with_article(rest.to_owned())));
        return;
    }
    parts.push(Part::Word(spellings));
}

/// The ways in which a word may be typed.
fn spellings(word: &str) -> Vec<String> {
    let (mut plain, mut long) = (String::new(), String::new());
    let letters = word.chars().flat_map(char::to_lowercase);
    for letter in letters.take(LONGEST_WORD) {
        if letter.is_ascii() {
            plain.push(letter);
            long.push(letter);
            continue;
        }
        let two = match letter {
            'ä' => Some(("a", "ae")),
            'ö' | 'ø' => Some(("o", "oe")),
            'ü' => Some(("u", "ue")),
            'å' => Some(("a", "aa")),
            'æ' => Some(("ae", "ae")),
            'œ' => Some(("oe", "oe")),
            'ß' => Some(("ss", "ss")),
            'þ' => Some(("th", "th")),
            _ => None,
        };
        if let Some((one, other)) = two {
            plain.push_str(one);
            long.push_str(other);
            continue;
        }
        for letter in letter
            .nfd()
            .filter(|it| canonical_combining_class(*it) == 0)
        {
            let letter = without_form(letter);
            plain.push(letter);
            long.push(letter);
        }
    }
    if plain.is_empty() {
        return Vec::new();
    }
    let mut all = with_article(plain);
    if !all.contains(&long) {
        all.push(long);
    }
    all
}

/// A word, and the same without the Arabic article.
fn with_article(word: String) -> Vec<String> {
    let bare = word.strip_prefix("ال").filter(|it| it.chars().count() > 2);
    match bare.map(str::to_owned) {
        Some(bare) => vec![word, bare],
        None => vec![word],
    }
}

/// A letter for its variants that no decomposition leads to.
fn without_form(letter: char) -> char {
    match letter {
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ħ' => 'h',
        'ŧ' => 't',
        'ŋ' => 'n',
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' | 'ہ' | 'ھ' => 'ه',
        'ک' => 'ك',
        '٠'..='٩' => digit(letter, '٠'),
        '۰'..='۹' => digit(letter, '۰'),
        other => other,
    }
}

/// The digits of a text, of whatever script.
pub(super) fn digits(text: &str) -> impl Iterator<Item = char> {
    let folded = text.nfkc().map(without_form);
    folded.filter(char::is_ascii_digit)
}

fn digit(letter: char, zero: char) -> char {
    char::from_digit(u32::from(letter) - u32::from(zero), 10).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let word = |part: Part| match part {
            Part::Word(spellings) => spellings.join("/"),
            Part::Character(letter) => letter.to_string(),
        };
        parts(text).into_iter().map(word).collect()
    }

    #[test]
    fn f14_a_word_is_typed_without_its_accents() {
        assert_eq!(words("José Łódź Straße"), ["jose", "lodz", "strasse"]);
        assert_eq!(
            words("Müller-Jørgensen"),
            ["muller/mueller", "jorgensen/joergensen"]
        );
        assert_eq!(words("Фёдор Чайковский"), ["федор", "чаиковскии"]);
        assert_eq!(words("İstanbul ＡＢＣ"), ["istanbul", "abc"]);
    }

    #[test]
    fn f14_an_arabic_word_is_typed_without_hamza_tatweel_and_article() {
        assert_eq!(words("أحمد إبـراهيم"), ["احمد", "ابراهيم"]);
        assert_eq!(words("فاطمة هدى"), ["فاطمه", "هدي"]);
        assert_eq!(words("الأحمد"), ["الاحمد/احمد"]);
        assert_eq!(words("عبدالله"), ["عبد", "الله"]);
        assert_eq!(words("٠١٢ ۳۴"), ["012", "34"]);
    }

    #[test]
    fn f14_characters_stand_for_themselves() {
        assert_eq!(words("王小明IT部"), ["王", "小", "明", "it", "部"]);
    }
}
