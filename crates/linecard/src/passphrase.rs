//! The passphrase of a backup: asked at the terminal, or read from a file. Never an argument, which
//! everybody on the machine could read.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::language::Language;

/// Where the passphrase comes from.
#[derive(Debug, Args)]
pub(crate) struct PassphraseArguments {
    /// A file whose first line is the passphrase; asked at the terminal without
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl PassphraseArguments {
    /// The passphrase; a new one is asked for twice.
    pub(crate) fn read(&self, language: Language, is_new: bool) -> anyhow::Result<String> {
        if let Some(path) = &self.passphrase_file {
            return first_line(path);
        }
        let asked = rpassword::prompt_password(language.choose("Passphrase: ", "密码短语："))?;
        if is_new {
            let again = language.choose("The same again: ", "再次输入：");
            anyhow::ensure!(
                rpassword::prompt_password(again)? == asked,
                language.choose(
                    "the two passphrases differ: begin again",
                    "两次输入的密码短语不同：请重新开始",
                )
            );
        }
        Ok(asked)
    }
}

fn first_line(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| anyhow::anyhow!("cannot read {}: {error}", path.display()))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
