//! `linecard companion`: opens the callers' pages on an agent's desktop until it is told to end.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use linecard_companion::{Companion, Error, Folder, Parts, Proxies};
use tokio::signal::unix::{SignalKind, signal};

use crate::language::Language;
use crate::parts;

/// The exit status that says: it does no good to start again, a person has to sign in.
const SIGNED_OUT: u8 = 3;

/// Where to sign in.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct CompanionArguments {
    /// Your company's Linecard, as in the address bar of Desk; needed until you are signed in
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// The language it speaks; the terminal's if it is not given
    #[arg(long, value_enum)]
    language: Option<Language>,
    #[command(subcommand)]
    deed: Option<Deed>,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Take back what this computer may
    SignOut,
}

pub(crate) async fn companion(arguments: CompanionArguments) -> anyhow::Result<ExitCode> {
    let terminal = || Language::of_terminal(|name| std::env::var(name).ok());
    let language = arguments.language.unwrap_or_else(terminal);
    let language = language.choose(
        linecard_companion::Language::English,
        linecard_companion::Language::Chinese,
    );
    let folder = Folder::of_person(|name| std::env::var(name).ok(), std::env::home_dir());
    let folder =
        folder.ok_or_else(|| anyhow::anyhow!("Neither XDG_STATE_HOME nor HOME is set."))?;
    let (clock, entropy) = parts::clock_and_entropy();
    let parts = Parts {
        folder,
        language,
        tell: Arc::new(tell),
        proxies: Proxies::of(|name| std::env::var(name).ok()),
        clock,
        entropy,
    };
    let ended = match arguments.deed {
        Some(Deed::SignOut) => Companion::sign_out(parts).await,
        None => run(parts, arguments.server.as_deref()).await?,
    };
    Ok(match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            crate::eprint(&error.told(language));
            match error {
                Error::SignedOut(_) => ExitCode::from(SIGNED_OUT),
                _ => ExitCode::FAILURE,
            }
        }
    })
}

/// Ctrl-C and the end of the person's session are no failure.
async fn run(parts: Parts, server: Option<&str>) -> anyhow::Result<Result<(), Error>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut told = std::pin::pin!(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    });
    let companion = tokio::select! {
        started = Companion::start(parts, server) => started,
        () = &mut told => return Ok(Ok(())),
    };
    Ok(match companion {
        Ok(companion) => companion.run(told).await,
        Err(error) => Err(error),
    })
}

fn tell(words: &str) {
    // Who started it may have closed its output since: that is no reason to open no more pages.
    let _ = writeln!(std::io::stdout(), "{words}");
}
