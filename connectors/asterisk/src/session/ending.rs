//! Why a session ended, and what Asterisk's refusals mean.

use linecard_pbx::{LinkState, Problem, ProblemKind};

/// Why a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// What is wrong.
    pub problem: Problem,
    /// Whether a person must mend it; otherwise it is worth another try soon.
    pub needs_person: bool,
}

impl Ending {
    /// An ending that trying again may mend.
    pub(crate) fn passing(kind: ProblemKind, words: impl Into<String>) -> Self {
        Self {
            problem: Problem {
                kind,
                words: words.into(),
            },
            needs_person: false,
        }
    }

    /// An ending that a person must mend.
    pub(crate) fn lasting(kind: ProblemKind, words: impl Into<String>) -> Self {
        Self {
            needs_person: true,
            ..Self::passing(kind, words)
        }
    }

    /// What a refused login means, by Asterisk's own words (`manager.c`). Words that are not
    /// known are no reason to give the secret up for wrong.
    pub(super) fn of_login(words: &str) -> Self {
        let lower = words.to_ascii_lowercase();
        if lower.contains("authentication failed") {
            Self::lasting(ProblemKind::WrongSecret, words)
        } else if lower.contains("shutting down") {
            Self::passing(ProblemKind::Restarting, words)
        } else if lower.contains("permission denied") || lower.contains("already in use") {
            // "Login Already In Use": the user may not sign in twice (allowmultiplelogin=no).
            Self::lasting(ProblemKind::MissingRight, words)
        } else {
            Self::passing(ProblemKind::Lost, words)
        }
    }
}

impl From<Ending> for LinkState {
    fn from(ending: Ending) -> Self {
        if ending.needs_person {
            Self::NeedsPerson(ending.problem)
        } else {
            Self::Down(ending.problem)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_logins_are_told_apart() {
        for (words, kind, needs_person) in [
            ("Authentication failed", ProblemKind::WrongSecret, true),
            ("Permission denied", ProblemKind::MissingRight, true),
            ("Login Already In Use", ProblemKind::MissingRight, true),
            ("Asterisk is shutting down", ProblemKind::Restarting, false),
            ("Something new", ProblemKind::Lost, false),
        ] {
            let ending = Ending::of_login(words);
            assert_eq!(
                (ending.problem.kind, ending.needs_person),
                (kind, needs_person),
                "{words}"
            );
            assert_eq!(ending.problem.words, words);
        }
    }
}
