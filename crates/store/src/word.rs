//! Enums that are stored as a word.

/// A stored word is none that this program knows.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a word for it")]
pub struct WordError(pub(crate) String);

/// `words!(Role { Admin = "admin", .. })`: how each variant is stored.
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// The word under which it is stored.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::word::WordError;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    other => Err($crate::word::WordError(other.to_owned())),
                }
            }
        }
    };
}
pub(crate) use words;
