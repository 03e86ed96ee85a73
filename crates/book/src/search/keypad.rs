//! Letters as they are typed on a keypad of digits (ITU-T E.161).

/// The digit under which `letter` is typed; digits stand for themselves. Only the letters a to z
/// are on the keys.
pub(super) fn digit(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        'w'..='z' => '9',
        '0'..='9' => letter,
        _ => return None,
    })
}

/// In what a word was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// Its letters.
    Letters,
    /// The digits of a keypad.
    Keypad,
}

impl Alphabet {
    /// `letter` of a name as it is typed.
    pub(super) fn typed(self, letter: char) -> Option<char> {
        match self {
            Self::Letters => Some(letter),
            Self::Keypad => digit(letter),
        }
    }
}
