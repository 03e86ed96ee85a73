//! How soon a dial plan is told whose caller it is, over `FastAGI`.
//!
//! Measured is the release build of `linecard serve`, from the connection to the answer, as a
//! dial plan waits for it. The stand-in Salesforce is this process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use linecard_sandbox::salesforce::{Fault, FaultKind};

use crate::company::{self, AGENTS, CONTACTS, SMALL};
use crate::exchange::Exchange;
use crate::figures::{Bench, Figure, percentile};
use crate::phone_system::SECRET;
use crate::serve::{Manager, Serving};

/// Questions about people whom Linecard knows from an earlier one.
const KNOWN: usize = 5_000;
/// Questions about numbers that are new, while the CRM answers nothing.
const UNKNOWN: usize = 200;
/// How long a CRM that hangs takes for an answer, in milliseconds.
const HANGS: u64 = 3_600_000;

/// Measures the `linecard` given.
pub(crate) async fn measure(linecard: &Path) -> anyhow::Result<Bench> {
    let mut exchange = Exchange::open(SMALL)?;
    let manager = Manager {
        port: exchange.port,
        username: "bench",
        secret: SECRET,
    };
    let serving = Serving::company(linecard, SMALL, manager).await?;
    tokio::task::block_in_place(|| exchange.answer())?;
    let ask = |caller| tokio::task::block_in_place(|| ask(serving.agi_port, caller));
    for contact in 0..CONTACTS {
        ask(contact)?;
    }
    // What the CRM tells late is known for the next question.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let known = times((0..KNOWN).map(|question| {
        let contact = question % CONTACTS;
        let (owner, took) = ask(contact)?;
        let right = company::extension(contact % AGENTS)?.to_string();
        ensure!(owner == right, "{owner:?} was told, not {right}");
        Ok(took)
    }))?;
    serving
        .salesforce
        .add_fault(Fault::new(FaultKind::Delay, u32::MAX).lasting(HANGS));
    let unknown = times((0..UNKNOWN).map(|question| Ok(ask(CONTACTS + question)?.1)))?;
    Ok(Bench {
        bench: "route",
        figures: vec![
            Figure::new("p50_ms_known", percentile(&known, 0.5), "ms"),
            Figure::new("p99_ms_known", percentile(&known, 0.99), "ms"),
            Figure::new("p99_ms_with_crm_hanging", percentile(&unknown, 0.99), "ms"),
            Figure::new(
                "longest_ms_with_crm_hanging",
                percentile(&unknown, 1.0),
                "ms",
            ),
        ],
    })
}

/// In milliseconds, sorted.
fn times(took: impl Iterator<Item = anyhow::Result<Duration>>) -> anyhow::Result<Vec<f64>> {
    let took = took.map(|took| took.map(|took| took.as_secs_f64() * 1_000.0));
    let mut took = took.collect::<anyhow::Result<Vec<_>>>()?;
    took.sort_by(f64::total_cmp);
    Ok(took)
}

/// Asks as Asterisk does; tells the owner's extension, empty for nobody's, and how long it took.
fn ask(port: u16, caller: usize) -> anyhow::Result<(String, Duration)> {
    let begun = Instant::now();
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_nodelay(true)?;
    let number = company::number(caller);
    let question = format!(
        "agi_network: yes\nagi_network_script: owner?default=100\nagi_callerid: {number}\n\n"
    );
    stream.write_all(question.as_bytes())?;
    let answers = BufReader::new(stream.try_clone()?).lines();
    let mut owner = None;
    for answer in answers {
        let answer = answer?;
        let told = answer.strip_prefix("SET VARIABLE LINECARD_OWNER ");
        owner = owner.or_else(|| told.map(|told| told.trim_matches('"').to_owned()));
        stream.write_all(b"200 result=1\n")?;
    }
    let owner = owner.context("the dial plan was not answered")?;
    Ok((owner, begun.elapsed()))
}
