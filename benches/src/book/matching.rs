//! Who calls, over millions of numbers, in memory: how soon it is told, also while contacts change,
//! how long the index is built, and what it takes up.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use anyhow::ensure;
use linecard_book::matching::{Builder, Index};
use linecard_book::{Contact, ContactKey, Number, PhonebookKey, Slot};
use linecard_number::E164;
use uuid::Uuid;

use super::numbers;
use crate::cpu;
use crate::figures::{Figure, percentile};

/// How many numbers each contact has.
const OF_EACH: u64 = 2;
/// How many callers are asked for.
const ASKED: u64 = 1_000_000;
/// Every so many is a stranger.
const STRANGERS: u64 = 10;
/// How many contacts are made at once, so that making them is not counted.
const MADE_AT_ONCE: u64 = 10_000;
/// How many contacts a second change while callers are asked for.
const CHANGES: Duration = Duration::from_micros(100);
/// As much as is kept of a CRM's record: three ids and two times.
const RECORD: [u8; 72] = [7; 72];

/// Measures over so many numbers.
pub(super) fn measure(count: u64) -> anyhow::Result<Vec<Figure>> {
    let before = cpu::resident_mb(std::process::id())?;
    let (index, took) = build(count)?;
    let resident = cpu::resident_mb(std::process::id())? - before;
    let seconds = took.as_secs_f64();
    let bytes = real(index.heap_bytes() as u64);

    let callers = callers(count)?;
    let known = callers.iter().filter(|it| !index.matches(it).is_empty());
    let known = u64::try_from(known.count())?;
    ensure!(
        known == ASKED - ASKED / STRANGERS,
        "{known} callers are known"
    );
    let index = RwLock::new(index);
    let quiet = ask(&index, &callers);
    let stop = AtomicBool::new(false);
    let (busy, changes) = std::thread::scope(|scope| {
        let changing = scope.spawn(|| change(&index, count, &stop));
        let busy = ask(&index, &callers);
        stop.store(true, Ordering::Relaxed);
        (busy, changing.join())
    });
    let changes = changes.map_err(|_| anyhow::anyhow!("changing contacts broke off"))??;
    Ok(vec![
        Figure::new("match_p99_us_10m", percentile(&quiet, 0.99), "us"),
        Figure::new("match_p50_us_10m", percentile(&quiet, 0.5), "us"),
        Figure::new("match_p99_us_10m_changing", percentile(&busy, 0.99), "us"),
        Figure::new("changes_meanwhile", real(changes), "1"),
        Figure::new("bytes_per_number", bytes / real(count), "B"),
        Figure::new("memory_mb_10m", bytes / 1e6, "MB").beside(Some(resident)),
        Figure::new("build_numbers_per_second", real(count) / seconds, "1/s"),
        Figure::new("build_seconds_10m", seconds, "s"),
    ])
}

/// The index, and how long it took without making what goes into it.
fn build(count: u64) -> anyhow::Result<(Index, Duration)> {
    let (mut builder, mut took) = (Builder::default(), Duration::ZERO);
    let contacts = count / OF_EACH;
    for first in (0..contacts).step_by(usize::try_from(MADE_AT_ONCE)?) {
        let some = first..contacts.min(first + MADE_AT_ONCE);
        let some: Vec<_> = some.map(contact).collect::<Result<_, _>>()?;
        let begun = Instant::now();
        for contact in &some {
            builder.push(contact, &RECORD);
        }
        took += begun.elapsed();
    }
    let begun = Instant::now();
    let index = builder.finish();
    Ok((index, took + begun.elapsed()))
}

/// What a CRM's contact is like.
pub(super) fn contact(of: u64) -> anyhow::Result<Contact> {
    let slots = [Slot::Business, Slot::Mobile];
    let numbers = slots.into_iter().enumerate().map(|(place, slot)| {
        let e164 = numbers::number(of * OF_EACH + place as u64)?;
        Ok(Number {
            slot,
            written: as_written(&e164),
            e164: Some(e164),
        })
    });
    Ok(Contact {
        key: ContactKey(Uuid::from_u128(u128::from(of) << 80 | 0x7000 << 64)),
        phonebook: PhonebookKey(Uuid::from_u128(u128::from(of % 5))),
        name: format!("Contact Number {of}"),
        company: Some(format!("Company {} Ltd.", of % 100_000)),
        numbers: numbers.collect::<anyhow::Result<_>>()?,
    })
}

/// As it stands in a CRM, in groups.
fn as_written(number: &E164) -> String {
    let (first, rest) = number.digits().split_at(number.digits().len() / 2);
    format!("+{first} {rest}")
}

fn callers(count: u64) -> anyhow::Result<Vec<E164>> {
    let caller = |asked: u64| {
        let known = numbers::spread(asked) % count;
        let stranger = asked.is_multiple_of(STRANGERS);
        numbers::number(if stranger { count + known } else { known })
    };
    (0..ASKED).map(caller).collect()
}

/// How many microseconds each answer took, the shortest first.
fn ask(index: &RwLock<Index>, callers: &[E164]) -> Vec<f64> {
    let mut took: Vec<f64> = callers
        .iter()
        .map(|caller| {
            let begun = Instant::now();
            let index = index.read().unwrap_or_else(PoisonError::into_inner);
            let found = index.matches(caller);
            drop(index);
            std::hint::black_box(found);
            begun.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took
}

/// Changes contacts all over the book, and merges the changes; tells how many.
fn change(index: &RwLock<Index>, count: u64, stop: &AtomicBool) -> anyhow::Result<u64> {
    let write = || index.write().unwrap_or_else(PoisonError::into_inner);
    let mut changed = 0;
    while !stop.load(Ordering::Relaxed) {
        let mut contact = contact(numbers::spread(changed) % (count / OF_EACH))?;
        contact.name.push_str(" II");
        write().put(&contact, &RECORD);
        changed += 1;
        let merge = if write().wants_merge() {
            write().begin_merge()
        } else {
            None
        };
        if let Some(merge) = merge {
            let merged = merge.run();
            write().end_merge(merged);
        }
        std::thread::sleep(CHANGES);
    }
    Ok(changed)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}
