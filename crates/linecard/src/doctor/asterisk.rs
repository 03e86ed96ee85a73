//! `linecard doctor asterisk`: one sign-in, its findings, and the next call told live.

use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use linecard_asterisk::doctor::{Level, findings};
use linecard_asterisk::{AsteriskLink, AsteriskSettings};
use linecard_pbx::PbxSettings;

use super::teller::Teller;
use super::watch::watch;
use crate::language::Language;
use crate::parts;

/// The secret, where no file is named.
const SECRET_VARIABLE: &str = "ASTERISK_SECRET";
/// A secret is a line; a file much longer is another one.
const LONGEST_SECRET: u64 = 4_096;

/// How to reach the Asterisk, and how to tell what is found.
#[derive(Debug, Args)]
pub(crate) struct AsteriskArguments {
    /// Name or address of the phone system
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// The manager interface's port; without it 5038, with TLS 5039
    #[arg(long)]
    port: Option<u16>,
    /// Connect with TLS, to a certificate from an authority that this machine trusts
    #[arg(long)]
    tls: bool,
    /// Connect with TLS, to the certificate with this SHA-256 fingerprint and no other
    #[arg(long, value_name = "FINGERPRINT")]
    tls_fingerprint: Option<String>,
    /// The manager user
    #[arg(long, default_value = "linecard")]
    username: String,
    /// The file with the user's secret, `-` for standard input; without it the environment
    /// variable `ASTERISK_SECRET` counts
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// The company's phones: regular expressions, parted by spaces, on the whole of technology
    /// and endpoint
    #[arg(long, value_name = "PATTERN", default_value = r"PJSIP/\d+")]
    own: String,
    /// The lines to the outside: likewise
    #[arg(long, value_name = "PATTERN", default_value = "PJSIP/trunk")]
    trunk: String,
    /// Do not wait for a call
    #[arg(long)]
    no_watch: bool,
    /// JSON, one object a line: the findings, then each change of the call
    #[arg(long)]
    json: bool,
    /// The language; without it the terminal's
    #[arg(long)]
    language: Option<Language>,
}

/// Examines; fails when something is missing, so that scripts can tell.
pub(super) async fn examine(arguments: AsteriskArguments) -> anyhow::Result<ExitCode> {
    let settings = AsteriskSettings::read(&settings(&arguments)?)
        .map_err(|error| anyhow::anyhow!("--{}: {}", error.field, error.words))?;
    let (clock, entropy) = parts::clock_and_entropy();
    let teller = Teller {
        language: arguments
            .language
            .unwrap_or_else(|| Language::of_terminal(|name| std::env::var(name).ok())),
        json: arguments.json,
    };
    let link = Arc::new(AsteriskLink::new(
        settings,
        Arc::clone(&clock),
        Arc::clone(&entropy),
    ));
    let evidence = match link
        .examine(&format!("linecard-doctor-{}", entropy.token()))
        .await
    {
        Ok(evidence) => evidence,
        Err(problem) => {
            teller.problem(&problem)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut found = findings(&evidence);
    teller.findings(&found)?;
    if !arguments.no_watch {
        let later = watch(link, &*clock, &teller).await?;
        teller.findings(&later)?;
        found.extend(later);
    }
    let missing = found
        .iter()
        .any(|finding| finding.level() == Level::Missing);
    Ok(if missing {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn settings(arguments: &AsteriskArguments) -> anyhow::Result<PbxSettings> {
    let encrypted = arguments.tls || arguments.tls_fingerprint.is_some();
    let settings = [
        ("host", arguments.host.clone()),
        (
            "port",
            arguments
                .port
                .map_or_else(String::new, |port| port.to_string()),
        ),
        ("tls", if encrypted { "on" } else { "off" }.to_owned()),
        (
            "tls_fingerprint",
            arguments.tls_fingerprint.clone().unwrap_or_default(),
        ),
        ("username", arguments.username.clone()),
        ("secret", secret(arguments)?),
        ("own", arguments.own.clone()),
        ("trunk", arguments.trunk.clone()),
    ];
    let named = settings.map(|(name, value)| (name.to_owned(), value));
    Ok(PbxSettings(named.into()))
}

/// Never an argument: every user of the machine sees those.
fn secret(arguments: &AsteriskArguments) -> anyhow::Result<String> {
    let Some(path) = &arguments.secret_file else {
        return std::env::var(SECRET_VARIABLE).map_err(|_| {
            anyhow::anyhow!(
                "the manager user's secret is wanted: name its file with --secret-file, or set \
                 {SECRET_VARIABLE}"
            )
        });
    };
    let mut secret = String::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin()
            .take(LONGEST_SECRET)
            .read_to_string(&mut secret)
    } else {
        std::fs::File::open(path)
            .and_then(|file| file.take(LONGEST_SECRET).read_to_string(&mut secret))
    };
    read.with_context(|| format!("cannot read the secret from {}", path.display()))?;
    Ok(secret.trim_end_matches(['\r', '\n']).to_owned())
}
