//! The ways around a network that softphones are told of, out of the configuration.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use linecard_server::{IceSettings, IceUrl, TurnSettings};

use crate::config::SoftphoneConfig;

/// A pass may count for a working day and its night, and no longer: whoever leaves takes it along.
const LONGEST_MINUTES: u64 = 24 * 60;

/// Reads the addresses, and the secret from its file.
pub(crate) fn settings(config: &SoftphoneConfig) -> anyhow::Result<IceSettings> {
    let stun = urls("stun", &config.stun, false)?;
    let turn = urls("turn", &config.turn, true)?;
    if turn.is_empty() {
        return Ok(IceSettings { stun, turn: None });
    }
    let path = &config.turn_secret_file;
    anyhow::ensure!(
        !path.as_os_str().is_empty(),
        "softphone.turn names a TURN server: name the file with its secret in \
         softphone.turn_secret_file"
    );
    let minutes = config.turn_minutes;
    anyhow::ensure!(
        (1..=LONGEST_MINUTES).contains(&minutes),
        "softphone.turn_minutes is {minutes}: it must be between 1 and {LONGEST_MINUTES}"
    );
    let secret = secret(path)?;
    let turn = TurnSettings::new(turn, &secret, Duration::from_mins(minutes))
        .with_context(|| format!("softphone.turn_secret_file, {}", path.display()))?;
    Ok(IceSettings {
        stun,
        turn: Some(turn),
    })
}

fn urls(key: &str, texts: &[String], turn: bool) -> anyhow::Result<Vec<IceUrl>> {
    let read = |text: &String| {
        let url: IceUrl = text.parse().with_context(|| format!("softphone.{key}"))?;
        anyhow::ensure!(
            url.is_turn() == turn,
            "softphone.{key}: {url} belongs under softphone.{}",
            if turn { "stun" } else { "turn" }
        );
        Ok(url)
    };
    texts.iter().map(read).collect()
}

fn secret(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read softphone.turn_secret_file, {}", path.display()))?;
    // An editor ends a file with a new line.
    Ok(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(turn: &str, secret: &str) -> (tempfile::TempDir, SoftphoneConfig) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("turn.secret");
        std::fs::write(&file, secret).unwrap();
        let config = SoftphoneConfig {
            stun: vec!["stun:turn.example.com:3478".to_owned()],
            turn: vec![turn.to_owned()],
            turn_secret_file: file,
            turn_minutes: 60,
        };
        (folder, config)
    }

    fn refusal(config: &SoftphoneConfig) -> String {
        format!("{:#}", settings(config).unwrap_err())
    }

    #[test]
    fn nothing_set_up_is_nothing_told() {
        let none = settings(&SoftphoneConfig::default()).unwrap();
        assert!(none.stun.is_empty() && none.turn.is_none());
    }

    #[test]
    fn servers_with_a_secret_in_a_file_are_taken() {
        let (_folder, config) = config("turn:turn.example.com:3478", "north star lead me home\n");
        let read = settings(&config).unwrap();
        assert!(read.stun.len() == 1 && read.turn.is_some());
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_key() {
        let (_folder, good) = config("turn:turn.example.com", "north star lead me home");
        let no_file = SoftphoneConfig {
            turn_secret_file: "".into(),
            ..good.clone()
        };
        assert!(refusal(&no_file).contains("softphone.turn_secret_file"));
        let gone = SoftphoneConfig {
            turn_secret_file: "/nowhere/turn.secret".into(),
            ..good.clone()
        };
        assert!(refusal(&gone).contains("/nowhere/turn.secret"));
        for minutes in [0, 1441] {
            let long = SoftphoneConfig {
                turn_minutes: minutes,
                ..good.clone()
            };
            assert!(refusal(&long).contains("softphone.turn_minutes"));
        }
        let (_folder, short) = config("turn:turn.example.com", "short");
        let short = refusal(&short);
        assert!(
            short.contains("16 characters") && !short.contains("short\n"),
            "{short}"
        );
        let (_folder, stun) = config("stun:turn.example.com", "north star lead me home");
        assert!(refusal(&stun).contains("softphone.stun"));
        let (_folder, none) = config("turn.example.com", "north star lead me home");
        assert!(refusal(&none).contains("\"turn.example.com\""));
    }
}
