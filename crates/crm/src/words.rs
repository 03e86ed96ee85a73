//! What was said about a failure: the other side's own words, and what Linecard knows about it. A
//! sentence of Linecard's own is advice alone, so that it is read in the reader's language.

use std::fmt;
use std::ops::Deref;

use crate::{Advice, AdviceCode};

/// What was said about a failure. Reads as the other side's words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The other side's own words: the CRM's, the network's. Empty where it said nothing.
    pub text: String,
    /// What Linecard knows about it.
    pub advice: Option<Advice>,
}

impl Words {
    /// With what Linecard knows about it.
    #[must_use]
    pub fn advising(self, advice: impl Into<Advice>) -> Self {
        Self {
            advice: Some(advice.into()),
            ..self
        }
    }

    /// Whether nothing was said: neither words nor advice.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.text.is_empty() && self.advice.is_none()
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self { text, advice: None }
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Advice> for Words {
    fn from(advice: Advice) -> Self {
        Self::default().advising(advice)
    }
}

impl From<AdviceCode> for Words {
    fn from(code: AdviceCode) -> Self {
        Self::default().advising(code)
    }
}

impl PartialEq<str> for Words {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for Words {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

/// For the log: both.
impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.advice {
            Some(advice) if self.text.is_empty() => write!(f, "{advice}"),
            Some(advice) => write!(f, "{}; {advice}", self.text),
            None => f.write_str(&self.text),
        }
    }
}
