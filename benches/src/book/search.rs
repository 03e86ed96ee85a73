//! Whom an agent means, over a million contacts: how long an answer takes, for each kind of
//! question, beside databases that search the same texts.

mod databases;
mod people;
mod questions;

use std::fs;
use std::time::Instant;

use anyhow::Context as _;
use linecard_book::Contact;
use linecard_book::search::{Index, Query, Visible};

use super::matching::real;
use crate::cpu;
use crate::figures::{Figure, percentile};
use people::People;
use questions::Kind;

/// How many questions of each kind are asked, and how many of the databases.
const ASKED: usize = 300;
const ASKED_OF_DATABASES: usize = 40;
/// Every so many of the people are asked for.
const EVERY: usize = 97;
/// How many are shown.
const SHOWN: usize = 10;

/// Measures over so many contacts.
pub(super) async fn measure(
    contacts: usize,
    sqlite: &str,
    postgres: Option<&str>,
) -> anyhow::Result<Vec<Figure>> {
    let sample: Vec<Contact> = People::new(contacts).step_by(EVERY).collect();
    let kinds = questions::all(&sample, ASKED);
    let (mut figures, ours) = tokio::task::block_in_place(|| in_memory(contacts, &kinds))?;
    let fts5 = databases::sqlite(sqlite, contacts, &kinds).await?;
    let trigrams = match postgres {
        Some(url) => Some(databases::postgres(url, contacts, &kinds).await?),
        None => None,
    };
    let p99 = Figure::new("search_p99_ms_1m", percentile(&ours, 0.99), "ms");
    figures.push(p99.beside(Some(percentile(&fts5, 0.99))));
    let of = |name: &'static str, took: &[f64]| Figure::new(name, percentile(took, 0.99), "ms");
    figures.push(of("search_p99_ms_1m_fts5", &fts5));
    figures.extend(trigrams.map(|took| of("search_p99_ms_1m_pg_trgm", &took)));
    Ok(figures)
}

fn in_memory(contacts: usize, kinds: &[Kind]) -> anyhow::Result<(Vec<Figure>, Vec<f64>)> {
    let before = cpu::resident_mb(std::process::id())?;
    let mut index = Index::new();
    let mut building = 0.0;
    for contact in People::new(contacts) {
        let begun = Instant::now();
        index.put(&contact);
        building += begun.elapsed().as_secs_f64();
    }
    let held = cpu::resident_mb(std::process::id())? - before;
    let count = real(contacts as u64);
    let mut figures = vec![
        Figure::new("search_bytes_per_contact", held * 1e6 / count, "B"),
        Figure::new("search_build_contacts_per_second", count / building, "1/s"),
    ];
    let (mut all, mut all_cpu) = (Vec::new(), Vec::new());
    for kind in kinds {
        let (mut took, mut on_cpu) = (Vec::new(), Vec::new());
        for text in &kind.texts {
            let (begun, cpu) = (Instant::now(), on_cpu_ms()?);
            let found = index.search(&Query {
                text,
                numbers: &[],
                visible: &Visible::All,
                recent: &[],
                masked: false,
                limit: SHOWN,
            });
            std::hint::black_box(found);
            took.push(begun.elapsed().as_secs_f64() * 1e3);
            on_cpu.push(on_cpu_ms()? - cpu);
        }
        all.extend_from_slice(&took);
        all_cpu.extend_from_slice(&on_cpu);
        took.sort_by(f64::total_cmp);
        let name = format!("search_p99_ms_1m_{}", kind.name);
        let p50 = percentile(&took, 0.5);
        figures.push(Figure::new(name, percentile(&took, 0.99), "ms").beside(Some(p50)));
    }
    all.sort_by(f64::total_cmp);
    all_cpu.sort_by(f64::total_cmp);
    figures.push(Figure::new("search_p50_ms_1m", percentile(&all, 0.5), "ms"));
    let cpu = Figure::new("search_p99_cpu_ms_1m", percentile(&all_cpu, 0.99), "ms");
    figures.push(cpu);
    Ok((figures, all))
}

/// How long this thread has had a processor, in ms: what else the machine does costs time, but not
/// this.
fn on_cpu_ms() -> anyhow::Result<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = told.split(' ').next().context("schedstat is empty")?;
    let nanoseconds: u64 = nanoseconds.parse()?;
    Ok(real(nanoseconds) / 1e6)
}
