//! How calls are placed through this Asterisk's dial plan.

use std::time::Duration;

use linecard_pbx::{DialTarget, PbxSettings, SettingError};

/// Where FreePBX has its phones dial; other phone systems name theirs.
const DEFAULT_CONTEXT: &str = "from-internal";
/// As long as a desk phone usually rings.
const DEFAULT_RING: Duration = Duration::from_secs(30);

/// How calls are placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialling {
    /// The context in which the agents' phones dial: what may be called is what it allows.
    pub context: String,
    /// The context that rings all devices of an extension; `None` rings one of them.
    pub ring_context: Option<String>,
    /// What is dialled before an outside number: `9`.
    pub outside_prefix: String,
    /// How outside numbers are written.
    pub form: NumberForm,
    /// How long the agent's phone rings.
    pub ring: Duration,
}

/// How the dial plan wants outside numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NumberForm {
    /// As people of the country dial them: `4155550134`, `01131612345678`.
    #[default]
    Local,
    /// With the country code, without `+`: `14155550134`.
    International,
    /// With the country code and `+`: `+14155550134`.
    E164,
}

impl Dialling {
    /// Reads the settings `dial_context` (`from-internal` when absent), `ring_context`,
    /// `outside_prefix`, `number_form` (`local` when absent, `international`, `e164`) and
    /// `ring_seconds` (30 when absent, 5 to 120).
    pub fn read(settings: &PbxSettings) -> Result<Self, SettingError> {
        Ok(Self {
            context: context(settings, "dial_context")?.unwrap_or_else(|| DEFAULT_CONTEXT.into()),
            ring_context: context(settings, "ring_context")?,
            outside_prefix: prefix(settings)?,
            form: form(settings)?,
            ring: ring(settings)?,
        })
    }

    /// What is dialled to reach `to`. Keys of a phone only, so that a number can neither reach
    /// another part of the dial plan nor bring an instruction along.
    #[must_use]
    pub fn digits(&self, to: &DialTarget) -> String {
        let (prefix, number) = match to {
            DialTarget::Extension(extension) => ("", extension.as_str()),
            DialTarget::Outside { number, local } => {
                let written = match self.form {
                    NumberForm::Local => local.as_str(),
                    NumberForm::International => number.digits(),
                    NumberForm::E164 => number.as_str(),
                };
                (self.outside_prefix.as_str(), written)
            }
        };
        prefix
            .chars()
            .chain(number.chars())
            .filter(is_key)
            .collect()
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that a filter over letters has"
)]
fn is_key(letter: &char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '+' | '*' | '#')
}

fn error(field: &'static str, words: impl Into<String>) -> SettingError {
    SettingError {
        field,
        words: words.into(),
    }
}

fn context(settings: &PbxSettings, field: &'static str) -> Result<Option<String>, SettingError> {
    let Some(name) = settings
        .get(field)
        .map(str::trim)
        .filter(|it| !it.is_empty())
    else {
        return Ok(None);
    };
    let fits = name.len() <= 79
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    if fits {
        Ok(Some(name.to_owned()))
    } else {
        Err(error(
            field,
            "is no name of a context: letters, digits, - _ and . make one, at most 79",
        ))
    }
}

fn prefix(settings: &PbxSettings) -> Result<String, SettingError> {
    let prefix = settings.get("outside_prefix").unwrap_or_default().trim();
    if prefix.len() <= 10 && prefix.chars().all(|letter| is_key(&letter)) {
        Ok(prefix.to_owned())
    } else {
        Err(error("outside_prefix", "is not up to ten keys of a phone"))
    }
}

fn form(settings: &PbxSettings) -> Result<NumberForm, SettingError> {
    match settings.get("number_form") {
        None | Some("local") => Ok(NumberForm::Local),
        Some("international") => Ok(NumberForm::International),
        Some("e164") => Ok(NumberForm::E164),
        Some(_) => Err(error(
            "number_form",
            "is neither local, international nor e164",
        )),
    }
}

fn ring(settings: &PbxSettings) -> Result<Duration, SettingError> {
    let Some(text) = settings.get("ring_seconds") else {
        return Ok(DEFAULT_RING);
    };
    match text.trim().parse() {
        Ok(seconds) if (5..=120).contains(&seconds) => Ok(Duration::from_secs(seconds)),
        _ => Err(error("ring_seconds", "is not a number from 5 to 120")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(changes: &[(&str, &str)]) -> Result<Dialling, SettingError> {
        Dialling::read(&PbxSettings(
            changes
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        ))
    }

    fn outside() -> DialTarget {
        DialTarget::Outside {
            number: "+31612345678".parse().unwrap(),
            local: "01131612345678".to_owned(),
        }
    }

    #[test]
    fn c2_an_outside_number_is_written_as_the_dial_plan_wants_it() {
        for (form, dialled) in [
            ("local", "901131612345678"),
            ("international", "931612345678"),
            ("e164", "9+31612345678"),
        ] {
            let dialling = read(&[("outside_prefix", "9"), ("number_form", form)]).unwrap();
            assert_eq!(dialling.digits(&outside()), dialled, "{form}");
        }
    }

    #[test]
    fn c2_an_extension_is_dialled_without_the_outside_prefix() {
        let dialling = read(&[("outside_prefix", "9")]).unwrap();
        let bob = DialTarget::Extension("102".parse().unwrap());
        assert_eq!(dialling.digits(&bob), "102");
    }

    #[test]
    fn a_number_holds_keys_of_a_phone_only_whatever_came_in() {
        let hostile = DialTarget::Outside {
            number: "+31612345678".parse().unwrap(),
            local: "0613,1|System(x)&Local/1@x\r\nAction: Ping".to_owned(),
        };
        assert_eq!(read(&[]).unwrap().digits(&hostile), "061311");
    }

    #[test]
    fn what_is_left_out_is_as_freepbx_has_it() {
        let dialling = read(&[]).unwrap();
        assert_eq!(dialling.context, "from-internal");
        assert_eq!(dialling.ring, Duration::from_secs(30));
        assert_eq!(dialling.ring_context, None);
    }

    #[test]
    fn a_wrong_value_is_named_by_its_field() {
        for (field, value) in [
            ("dial_context", "internal,1"),
            ("dial_context", "a\r\nApplication: System"),
            ("ring_context", "x/n"),
            ("outside_prefix", "9,"),
            ("number_form", "short"),
            ("ring_seconds", "1"),
            ("ring_seconds", "many"),
        ] {
            let wrong = read(&[(field, value)]).err().map(|error| error.field);
            assert_eq!(wrong, Some(field), "{value:?}");
        }
    }
}
