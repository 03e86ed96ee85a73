//! How long a million contacts out of a file take, and how long others wait for the database
//! meanwhile; then how long all of it takes to be backed up and restored.

mod backup;

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use clap::Args;
use linecard_clock::{SystemClock, SystemEntropy};
use linecard_flow::{Flow, ImportFolder, Parts};
use linecard_http::{HttpClient, HttpSettings};
use linecard_store::{AccountId, Import, ImportId, ImportState, Node, OnDuplicate, Store};

use crate::company;
use crate::figures::{Bench, Figure, percentile};

/// How long a piece of the file is, as the Console sends it.
const PIECE: usize = 4 * 1024 * 1024;
/// A bound on the file, which no run comes near.
const LONGEST: u64 = 1_000_000_000;
/// How often somebody else writes meanwhile: an outbox at work.
const OTHERS_EVERY: Duration = Duration::from_millis(10);
/// How often is looked how far it is.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// How long others write alone, to compare with.
const ALONE: Duration = Duration::from_secs(5);
/// A run that takes longer has failed.
const PATIENCE: Duration = Duration::from_mins(15);

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The address of an empty PostgreSQL database, to be measured too
    #[arg(long)]
    postgres: Option<String>,
    /// How many rows the file has
    #[arg(long, default_value_t = 1_000_000)]
    rows: usize,
    /// Take them out again too, which takes much longer
    #[arg(long)]
    undo: bool,
}

/// Measures, on PostgreSQL too where there is one.
pub(crate) async fn measure(arguments: &Arguments) -> anyhow::Result<Bench> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("contacts.csv");
    let bytes = write_table(&file, arguments.rows)?;
    let mut figures = vec![Figure::new("file_mb", megabytes(bytes), "MB")];
    let sqlite = format!("sqlite://{}", folder.path().join("import.db").display());
    let urls = [
        ("sqlite", Some(&sqlite)),
        ("postgres", arguments.postgres.as_ref()),
    ];
    for (name, url) in urls {
        if let Some(url) = url {
            figures.extend(import(name, url, folder.path(), &file, arguments).await?);
        }
    }
    Ok(Bench {
        bench: "import",
        figures,
    })
}

/// A table of people, each with two numbers, an e-mail address and a remark.
fn write_table(path: &Path, rows: usize) -> anyhow::Result<u64> {
    const FIRST: [&str; 8] = [
        "Ada", "Björn", "Chloé", "李", "Dmitri", "Émile", "王芳", "Zoë",
    ];
    const LAST: [&str; 7] = [
        "Lovelace",
        "Müller",
        "Nguyễn",
        "雷",
        "Öztürk",
        "Петров",
        "Smith",
    ];
    let mut file = std::io::BufWriter::new(File::create(path)?);
    let mut line = String::from("Name,Company,E-mail,Business,Mobile,Remark\n");
    for row in 0..rows {
        let (first, last) = (FIRST[row % FIRST.len()], LAST[row % LAST.len()]);
        // Spread, so that names and numbers do not come in the order of an index.
        let spread = row.wrapping_mul(7_919) % rows.max(1);
        writeln!(
            line,
            "{first} {last} {spread},\"Company {}, Inc.\",person{row}@example.com,\
             +1 415 {:03} {:04},+49 171 {spread:07},row {row}",
            spread % 50_000,
            200 + spread / 10_000 % 700,
            spread % 10_000,
        )?;
        file.write_all(line.as_bytes())?;
        line.clear();
    }
    file.flush()?;
    Ok(std::fs::metadata(path)?.len())
}

async fn import(
    name: &str,
    url: &str,
    folder: &Path,
    file: &Path,
    arguments: &Arguments,
) -> anyhow::Result<Vec<Figure>> {
    let store = company::store(url, folder).await?;
    let webhooks = HttpClient::new(HttpSettings::default())?;
    let flow = Flow::start(Parts {
        store: store.clone(),
        node: Node::named("bench"),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        phone_systems: Vec::new(),
        connectors: Vec::new(),
        disks: Arc::new(linecard_flow::SystemDisks),
        import_folder: ImportFolder {
            path: folder.join("imports"),
            longest: LONGEST,
        },
        webhooks,
    })
    .await?;
    let alone = others(store.clone(), Arc::new(AtomicBool::new(false)), Some(ALONE)).await?;

    let begun = Instant::now();
    let id = upload(&flow, file).await?;
    let uploaded = begun.elapsed();
    let mut plan = flow.imports().preview(id, None).await?.plan;
    plan.on_duplicate = OnDuplicate::Skip;
    let done = Arc::new(AtomicBool::new(false));
    let waits = tokio::spawn(others(store, Arc::clone(&done), None));
    let begun = Instant::now();
    flow.imports().start(id, &plan).await?;
    let file_bytes = std::fs::metadata(file)?.len();
    until(&flow, id, |it| it.progress.next.byte >= file_bytes).await?;
    let rows_took = begun.elapsed();
    let import = until(&flow, id, |it| it.state.is_ended()).await?;
    let took = begun.elapsed();
    done.store(true, Ordering::Relaxed);
    let waits = waits.await??;
    let taken = import.progress.added;
    ensure!(
        import.state == ImportState::Done && usize::try_from(taken)? == arguments.rows,
        "{import:?}"
    );

    let figure = |figure: &str, value, unit| Figure::new(format!("{figure}_{name}"), value, unit);
    let mut figures = vec![
        figure("upload_s", uploaded.as_secs_f64(), "s"),
        figure("import_s", took.as_secs_f64(), "s"),
        // Of that; the rest is the listing.
        figure("import_rows_s", rows_took.as_secs_f64(), "s"),
        figure("other_write_p50_ms", percentile(&waits, 0.5), "ms")
            .beside(Some(percentile(&alone, 0.5))),
        figure("other_write_p99_ms", percentile(&waits, 0.99), "ms")
            .beside(Some(percentile(&alone, 0.99))),
        figure("other_write_max_ms", percentile(&waits, 1.0), "ms")
            .beside(Some(percentile(&alone, 1.0))),
    ];
    figures.extend(backup::back_up_and_restore(name, flow.store(), folder).await?);
    if arguments.undo {
        let begun = Instant::now();
        flow.imports().undo(id).await?;
        let undone = until(&flow, id, |it| it.state.is_ended()).await?;
        ensure!(undone.undone == taken, "{undone:?}");
        figures.push(figure("undo_s", begun.elapsed().as_secs_f64(), "s"));
    }
    flow.stop().await;
    Ok(figures)
}

/// Sends a file as the Console does.
async fn upload(flow: &Flow, file: &Path) -> anyhow::Result<ImportId> {
    let mut unit = flow.store().begin().await?;
    let phonebook = unit.phonebooks().create("Customers").await?;
    let phonebook = phonebook.context("there is a phonebook of that name")?.id;
    unit.commit().await?;
    let account = AccountId::new(flow.entropy().as_ref(), flow.clock().now());
    let bytes = std::fs::read(file)?;
    let imports = flow.imports();
    let length = u64::try_from(bytes.len())?;
    let import = imports
        .announce(account, phonebook, "contacts.csv", length)
        .await?;
    let mut from = 0;
    for piece in bytes.chunks(PIECE) {
        from = imports
            .receive(import.id, from, piece.to_vec())
            .await?
            .received;
    }
    Ok(import.id)
}

/// The import, once it is so.
async fn until(
    flow: &Flow,
    id: ImportId,
    is_so: impl Fn(&Import) -> bool,
) -> anyhow::Result<Import> {
    let begun = Instant::now();
    loop {
        let import = flow.imports().get(id).await?;
        if is_so(&import) {
            return Ok(import);
        }
        ensure!(begun.elapsed() < PATIENCE, "it takes too long: {import:?}");
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Writes a little again and again, as the outbox does; tells how many milliseconds each took, in
/// their order by size.
async fn others(
    store: Store,
    done: Arc<AtomicBool>,
    within: Option<Duration>,
) -> anyhow::Result<Vec<f64>> {
    let (started, mut waits) = (Instant::now(), Vec::new());
    while !done.load(Ordering::Relaxed) && within.is_none_or(|within| started.elapsed() < within) {
        let begun = Instant::now();
        let mut unit = store.begin().await?;
        unit.settings().put("bench", &waits.len()).await?;
        unit.commit().await?;
        waits.push(begun.elapsed().as_secs_f64() * 1_000.0);
        tokio::time::sleep(OTHERS_EVERY).await;
    }
    waits.sort_by(f64::total_cmp);
    Ok(waits)
}

fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1_000).unwrap_or(u32::MAX)) / 1_000.0
}
