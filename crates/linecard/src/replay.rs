//! `linecard replay`: tells the calls in recorded AMI events.

mod picture;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use linecard_asterisk::replay::{CallLine, Recording, replay as calls_of};
use linecard_asterisk::translate::pattern;
use linecard_call::{Call, Leg};
use linecard_number::Extension;
use regex::Regex;

use picture::picture;

/// What `linecard replay` is told.
#[derive(Debug, Args)]
pub(crate) struct ReplayArguments {
    /// Recordings: each a JSON list of AMI events, as flat maps of header to value
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The company's phones: a regular expression on the whole of technology and endpoint
    #[arg(long, value_name = "PATTERN", default_value = r"PJSIP/1\d\d", value_parser = read_pattern)]
    own: Vec<Regex>,
    /// The lines to the outside: likewise
    #[arg(long, value_name = "PATTERN", default_value = "PJSIP/trunk", value_parser = read_pattern)]
    trunk: Vec<Regex>,
    /// One JSON object per call and line
    #[arg(long)]
    json: bool,
    /// Draws each file's calls into this folder, as a picture of the file's name (SVG)
    #[arg(long, value_name = "FOLDER")]
    pictures: Option<PathBuf>,
    /// Whose extension it is, for the pictures: 101=Alice
    #[arg(long = "name", value_name = "EXTENSION=NAME", value_parser = read_name)]
    names: Vec<(Extension, String)>,
}

/// Tells the calls of every file, each file by itself.
pub(crate) fn replay(arguments: &ReplayArguments) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let names = arguments.names.iter().cloned().collect();
    for file in &arguments.files {
        let recording = read(file)?;
        if let Some(folder) = &arguments.pictures {
            let drawn = picture(&recording, &arguments.own, &arguments.trunk, &names);
            write_picture(folder, file, &drawn)?;
        }
        let calls = calls_of(&recording, &arguments.own, &arguments.trunk);
        let written = if arguments.json {
            write_json(&mut out, &calls)
        } else {
            write_table(&mut out, file, &calls)
        };
        match written {
            // Who reads has seen enough: `linecard replay ... | head`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                return Ok(ExitCode::SUCCESS);
            }
            written => written.context("the calls could not be written")?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read_pattern(text: &str) -> Result<Regex, String> {
    // The error of the expression spans lines and points into what was added around it.
    pattern(text).map_err(|_| "it is no regular expression, such as PJSIP/1\\d\\d".to_owned())
}

fn read_name(text: &str) -> Result<(Extension, String), String> {
    let (extension, name) = text.split_once('=').ok_or("it is not like 101=Alice")?;
    let extension = extension
        .parse()
        .map_err(|_| format!("{extension} is no extension"))?;
    Ok((extension, name.to_owned()))
}

fn write_picture(folder: &Path, file: &Path, drawn: &str) -> anyhow::Result<()> {
    let name = file.file_stem().unwrap_or(file.as_os_str());
    let place = folder.join(name).with_extension("svg");
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    std::fs::write(&place, drawn).with_context(|| place.display().to_string())
}

fn read(file: &Path) -> anyhow::Result<Recording> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let text = String::from_utf8_lossy(&bytes);
    Recording::read(&text).with_context(|| file.display().to_string())
}

fn write_json(out: &mut impl Write, calls: &[Call]) -> io::Result<()> {
    for call in calls {
        serde_json::to_writer(&mut *out, &CallLine::from(call))?;
        writeln!(out)?;
    }
    out.flush()
}

fn write_table(out: &mut impl Write, file: &Path, calls: &[Call]) -> io::Result<()> {
    writeln!(out, "{}", file.display())?;
    for call in calls {
        let outcome = call.outcome.map_or("still alive".to_owned(), word);
        writeln!(
            out,
            "  {}  {} {outcome}, {} -> {}{}, talk {}{}",
            call.started.strftime("%F %T"),
            word(call.direction),
            call.from.as_deref().unwrap_or("withheld"),
            call.to.as_deref().unwrap_or("nobody"),
            call.queue
                .as_deref()
                .map(|queue| format!(", queue {queue}, waited {}", seconds(call.wait_ms)))
                .unwrap_or_default(),
            seconds(call.talk_ms),
            if call.estimated { ", estimated" } else { "" },
        )?;
        for leg in &call.legs {
            write_leg(out, leg)?;
        }
    }
    out.flush()
}

fn write_leg(out: &mut impl Write, leg: &Leg) -> io::Result<()> {
    writeln!(
        out,
        "      {:<6} {:<6} {:<11} ring {:>6}  talk {:>6}  hold {:>6}",
        leg.extension.as_str(),
        word(leg.role),
        leg.outcome.map_or_else(|| word(leg.state), word),
        seconds(leg.ring_ms),
        seconds(leg.talk_ms),
        seconds(leg.hold_ms),
    )
}

/// The word that the JSON form has for it.
fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn seconds(millis: u64) -> String {
    format!("{}.{} s", millis / 1000, millis % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(json: bool, events: &str) -> anyhow::Result<String> {
        let recording = Recording::read(events)?;
        let calls = calls_of(
            &recording,
            &[pattern(r"PJSIP/1\d\d")?],
            &[pattern("PJSIP/trunk")?],
        );
        let mut out = Vec::new();
        if json {
            write_json(&mut out, &calls)?;
        } else {
            write_table(&mut out, Path::new("a.json"), &calls)?;
        }
        Ok(String::from_utf8(out)?)
    }

    const GIVEN_UP: &str = r#"[
        {"Event":"Newchannel","Timestamp":"1795226278.0","Channel":"PJSIP/trunk-00000008","ChannelState":"4",
         "CallerIDNum":"31600000001","Exten":"5551000","Uniqueid":"1.8","Linkedid":"1.8"},
        {"Event":"DialBegin","Timestamp":"1795226278.0","Channel":"PJSIP/trunk-00000008","Uniqueid":"1.8","Linkedid":"1.8",
         "DestChannel":"PJSIP/101-00000009","DestUniqueid":"1.9","DestLinkedid":"1.8","DestChannelState":"5"},
        {"Event":"DialEnd","Timestamp":"1795226280.5","Channel":"PJSIP/trunk-00000008","Uniqueid":"1.8","Linkedid":"1.8",
         "DestChannel":"PJSIP/101-00000009","DestUniqueid":"1.9","DialStatus":"CANCEL"},
        {"Event":"Hangup","Timestamp":"1795226280.5","Uniqueid":"1.9","Cause":"16"},
        {"Event":"Hangup","Timestamp":"1795226280.5","Uniqueid":"1.8","Cause":"16"}]"#;

    #[test]
    fn a_call_is_one_line_with_every_field_of_the_contract() {
        assert_eq!(
            told(true, GIVEN_UP).unwrap(),
            "{\"id\":\"1.8\",\"direction\":\"inbound\",\"outcome\":\"missed\",\"from\":\"31600000001\",\
             \"to\":\"101\",\"did\":\"5551000\",\"dialled\":null,\"queue\":null,\"tags\":[],\
             \"started\":\"2026-11-21T01:57:58Z\",\"answered\":null,\"ended\":\"2026-11-21T01:58:00.5Z\",\
             \"wait_ms\":2500,\"talk_ms\":0,\"hold_ms\":0,\"estimated\":false,\
             \"legs\":[{\"extension\":\"101\",\"role\":\"agent\",\"outcome\":\"missed\",\
             \"ring_ms\":2500,\"talk_ms\":0,\"hold_ms\":0}]}\n"
        );
    }

    #[test]
    fn without_json_a_call_is_read_at_a_glance() {
        let table = told(false, GIVEN_UP).unwrap();
        assert!(
            table.contains("inbound missed, 31600000001 -> 101, talk 0.0 s"),
            "{table}"
        );
        assert!(
            table.contains("101    agent  missed      ring  2.5 s"),
            "{table}"
        );
    }

    #[test]
    fn a_bad_file_is_named_with_the_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bad.json");
        std::fs::write(&file, "[{\"Event\": \"Hangup\"}, 3]").unwrap();
        let error = format!("{:#}", read(&file).unwrap_err());
        assert!(
            error.ends_with("bad.json: event 2: not a map of headers"),
            "{error}"
        );
        let error = format!("{:#}", read(&folder.path().join("none.json")).unwrap_err());
        assert!(error.contains("none.json: No such file"), "{error}");
    }
}
