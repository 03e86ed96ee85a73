//! In which language a command speaks.

use clap::ValueEnum;

/// The languages that Linecard speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English
    #[value(name = "en")]
    English,
    /// 简体中文
    #[value(name = "zh-CN", alias = "zh")]
    Chinese,
}

impl Language {
    /// The language of the terminal, by what `LC_ALL`, `LC_MESSAGES` and `LANG` say, in this
    /// order (POSIX).
    pub(crate) fn of_terminal(variable: impl Fn(&str) -> Option<String>) -> Self {
        let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|value| !value.is_empty());
        match said {
            Some(value) if value.starts_with("zh") => Self::Chinese,
            _ => Self::English,
        }
    }

    /// The one of the two texts that is in this language.
    pub(crate) fn choose<T>(self, english: T, chinese: T) -> T {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_says_something_counts() {
        let of = |all: &'static str, lang: &'static str| {
            Language::of_terminal(move |name| match name {
                "LC_ALL" => Some(all.to_owned()),
                "LANG" => Some(lang.to_owned()),
                _ => None,
            })
        };
        assert_eq!(of("", "zh_CN.UTF-8"), Language::Chinese);
        assert_eq!(of("C", "zh_CN.UTF-8"), Language::English);
        assert_eq!(of("", ""), Language::English);
    }
}
