//! Plays an Asterisk that is busier than any: the recordings, round after round, as fast as the
//! client takes them.
#![expect(
    clippy::print_stdout,
    reason = "the program that started it reads these lines"
)]

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::thread;

use crate::feed::{Listening, Sent};
use crate::mix::Mix;
use crate::phone_system::Client;
use anyhow::ensure;
use clap::Args;

/// What to send.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// How many rounds of the recordings to send
    #[arg(long)]
    rounds: u64,
    /// The client's action after whose answer it begins
    #[arg(long)]
    after: String,
}

/// Serves one client.
pub(crate) fn feed(arguments: &Arguments) -> anyhow::Result<()> {
    let Arguments { rounds, after } = arguments;
    let mut mix = Mix::recorded()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    println!("{}", serde_json::to_string(&Listening { port })?);

    let mut client = Client::greet(listener.accept()?.0)?;
    ensure!(client.answer_until(after)?, "the client left early");
    let mut stream = client.stream()?;
    // Pings are not answered: there is always something else to hear.
    let mut actions = stream.try_clone()?;
    thread::spawn(move || {
        let mut unread = [0; 4_096];
        while actions.read(&mut unread).is_ok_and(|length| length > 0) {}
    });
    let mut bytes = 0;
    for round in 0..*rounds {
        let round = mix.round(round);
        stream.write_all(round)?;
        bytes += u64::try_from(round.len())?;
    }
    stream.shutdown(std::net::Shutdown::Write)?;
    let events = *rounds * mix.events();
    println!("{}", serde_json::to_string(&Sent { events, bytes })?);
    Ok(())
}
