//! As much of Asterisk's side of AMI as a client needs to sign in and resync.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::{Mutex, PoisonError};

/// The secret of the one manager user. It opens nothing but a bench on loopback.
pub(crate) const SECRET: &str = "bench";

/// One client's connection, with the banner sent.
#[derive(Debug)]
pub(crate) struct Client {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

impl Client {
    /// Greets.
    pub(crate) fn greet(stream: TcpStream) -> io::Result<Self> {
        let mut writer = stream.try_clone()?;
        writer.write_all(b"Asterisk Call Manager/11.0.0\r\n")?;
        Ok(Self {
            reader: BufReader::new(stream),
            writer,
        })
    }

    /// Answers actions until the first one called `last` is answered; `false` when the client
    /// left before.
    pub(crate) fn answer_until(&mut self, last: &str) -> io::Result<bool> {
        while let Some(action) = self.action()? {
            let answer = answer(&action);
            self.writer.write_all(answer.as_bytes())?;
            if action.name == last {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Answers whatever else is asked until the client leaves. Answers go out by `stream`, by which
    /// events go out, too.
    pub(crate) fn answer_on(mut self, stream: &Mutex<TcpStream>) -> io::Result<()> {
        while let Some(action) = self.action()? {
            let answer = answer(&action);
            let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
            stream.write_all(answer.as_bytes())?;
        }
        Ok(())
    }

    /// The stream to write events to.
    pub(crate) fn stream(&self) -> io::Result<TcpStream> {
        self.writer.try_clone()
    }

    fn action(&mut self) -> io::Result<Option<Action>> {
        let mut action = Action::default();
        let mut line = String::new();
        while self.reader.read_line(&mut line)? > 0 {
            let read = line.trim_end();
            if read.is_empty() && !action.name.is_empty() {
                return Ok(Some(action));
            }
            if let Some((key, value)) = read.split_once(':') {
                match key.to_ascii_lowercase().as_str() {
                    "action" => value.trim().clone_into(&mut action.name),
                    "actionid" => value.trim().clone_into(&mut action.id),
                    _ => {}
                }
            }
            line.clear();
        }
        Ok(None)
    }
}

#[derive(Debug, Default)]
struct Action {
    name: String,
    id: String,
}

fn answer(action: &Action) -> String {
    let Action { name, id } = action;
    let success = |rest: &str| format!("Response: Success\r\nActionID: {id}\r\n{rest}\r\n");
    match name.as_str() {
        "Login" => {
            let welcome = success("Message: Authentication accepted\r\n");
            format!(
                "{welcome}Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 162\r\n\
                 LastReload: 162\r\nStatus: Fully Booted\r\n\r\n"
            )
        }
        "CoreSettings" => success("AMIversion: 11.0.0\r\nAsteriskVersion: 22.10.1\r\n"),
        "CoreStatus" => success("CoreStartupDate: 2026-11-21\r\nCoreStartupTime: 01:55:15\r\n"),
        "Status" | "QueueStatus" => {
            let begun = success("EventList: start\r\nMessage: List will follow\r\n");
            format!(
                "{begun}Event: {name}Complete\r\nActionID: {id}\r\nEventList: Complete\r\n\
                 ListItems: 0\r\n\r\n"
            )
        }
        "Ping" => success("Ping: Pong\r\n"),
        _ => {
            format!("Response: Error\r\nActionID: {id}\r\nMessage: Invalid/unknown command\r\n\r\n")
        }
    }
}
