//! The same people and questions in databases: SQLite's FTS5 with the beginnings of words, and a
//! table of trigrams for fragments of numbers; PostgreSQL's `pg_trgm` over one text.
//!
//! Both get the pinyin and the digits of a keypad as words, for neither knows them, and both may
//! give any 300 of all that match: ranking would be the program's.

use std::str::FromStr as _;
use std::time::Instant;

use linecard_book::Contact;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};

use super::ASKED_OF_DATABASES;
use super::people::People;
use super::questions::{Kind, keypad, spoken};

/// How many people are written with one statement.
const AT_ONCE: usize = 5_000;

/// What a database is given of a contact.
struct Texts {
    words: String,
    digits: String,
}

impl Texts {
    fn of(contact: &Contact) -> Self {
        let mut words = contact.name.to_lowercase();
        if let Some(sounds) = spoken(contact) {
            let initials: String = sounds.iter().filter_map(|it| it.chars().next()).collect();
            let whole = sounds.concat();
            for more in [&whole, &initials, &sounds.join(" ")] {
                words.push(' ');
                words.push_str(more);
            }
        }
        if words.is_ascii() {
            words = format!("{words} {}", keypad(&words));
        }
        if let Some(company) = &contact.company {
            words.push(' ');
            words.push_str(&company.to_lowercase());
        }
        let numbers = contact.numbers.iter().filter_map(|it| it.e164.as_ref());
        let digits: Vec<&str> = numbers.map(linecard_number::E164::digits).collect();
        Self {
            words,
            digits: digits.join(" "),
        }
    }
}

/// How many milliseconds FTS5 took for each question, the shortest first.
pub(super) async fn sqlite(url: &str, contacts: usize, kinds: &[Kind]) -> anyhow::Result<Vec<f64>> {
    let options = SqliteConnectOptions::from_str(url)?.create_if_missing(true);
    let mut connection = options.connect().await?;
    for sql in [
        "PRAGMA synchronous = OFF",
        "PRAGMA cache_size = -500000",
        "CREATE VIRTUAL TABLE people USING fts5(words, prefix = '1 2 3', detail = 'none')",
        "CREATE VIRTUAL TABLE numbers USING fts5(digits, tokenize = 'trigram', detail = 'none')",
    ] {
        connection.execute(sql).await?;
    }
    let mut people = People::new(contacts).map(|it| Texts::of(&it)).peekable();
    while people.peek().is_some() {
        let some: Vec<_> = people.by_ref().take(AT_ONCE).collect();
        let texts = |of: fn(&Texts) -> &str| {
            serde_json::to_string(&some.iter().map(of).collect::<Vec<_>>())
        };
        let mut transaction = connection.begin().await?;
        let sql = "INSERT INTO people (words) SELECT value FROM json_each($1)";
        let words = sqlx::query(sql).bind(texts(|it| &it.words)?);
        words.execute(&mut *transaction).await?;
        let sql = "INSERT INTO numbers (digits) SELECT value FROM json_each($1)";
        let digits = sqlx::query(sql).bind(texts(|it| &it.digits)?);
        digits.execute(&mut *transaction).await?;
        transaction.commit().await?;
    }
    let mut took = Vec::new();
    for text in kinds
        .iter()
        .flat_map(|it| it.texts.iter().take(ASKED_OF_DATABASES))
    {
        let begun = Instant::now();
        let sql = "SELECT rowid FROM people WHERE people MATCH $1 LIMIT 300";
        let words = text.split_whitespace().map(|word| format!("\"{word}\"*"));
        let words: Vec<_> = words.collect();
        let found = sqlx::query(sql).bind(words.join(" "));
        std::hint::black_box(found.fetch_all(&mut connection).await?);
        if is_fragment(text) {
            let sql = "SELECT rowid FROM numbers WHERE digits LIKE $1 LIMIT 300";
            let found = sqlx::query(sql).bind(format!("%{text}%"));
            std::hint::black_box(found.fetch_all(&mut connection).await?);
        }
        took.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    connection.close().await?;
    Ok(sorted(took))
}

/// The same of `pg_trgm`.
pub(super) async fn postgres(
    url: &str,
    contacts: usize,
    kinds: &[Kind],
) -> anyhow::Result<Vec<f64>> {
    let mut connection = PgConnectOptions::from_str(url)?.connect().await?;
    for sql in [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "SET maintenance_work_mem = '1GB'",
        "CREATE UNLOGGED TABLE people (line TEXT NOT NULL)",
    ] {
        connection.execute(sql).await?;
    }
    let mut people = People::new(contacts).map(|it| Texts::of(&it)).peekable();
    while people.peek().is_some() {
        let some = people.by_ref().take(AT_ONCE);
        let lines: Vec<String> = some
            .map(|it| format!("{} {}", it.words, it.digits))
            .collect();
        let sql = "INSERT INTO people SELECT unnest($1::text[])";
        sqlx::query(sql)
            .bind(lines)
            .execute(&mut connection)
            .await?;
    }
    for sql in [
        "CREATE INDEX people_by_trigram ON people USING gin (line gin_trgm_ops)",
        "ANALYZE people",
    ] {
        connection.execute(sql).await?;
    }
    let mut took = Vec::new();
    for text in kinds
        .iter()
        .flat_map(|it| it.texts.iter().take(ASKED_OF_DATABASES))
    {
        let patterns: Vec<String> = (text.split_whitespace())
            .map(|word| {
                let begins = if is_fragment(word) { "" } else { " " };
                format!("%{begins}{word}%")
            })
            .collect();
        let begun = Instant::now();
        // A space before the text lets its first word be found like the others.
        let sql = "SELECT line FROM people WHERE ' ' || line LIKE ALL ($1) AND line LIKE ALL ($2) \
                   LIMIT 300";
        let words: Vec<String> = text
            .split_whitespace()
            .map(|it| format!("%{it}%"))
            .collect();
        let found = sqlx::query(sql).bind(patterns).bind(words);
        std::hint::black_box(found.fetch_all(&mut connection).await?);
        took.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    connection.execute("DROP TABLE people").await?;
    connection.close().await?;
    Ok(sorted(took))
}

fn is_fragment(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn sorted(mut took: Vec<f64>) -> Vec<f64> {
    took.sort_by(f64::total_cmp);
    took
}
