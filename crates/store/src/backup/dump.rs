//! Writes the lines of a backup, as fast as they are taken.

use std::sync::Arc;

use futures_util::StreamExt as _;
use serde::Serialize;
use serde_json::Value as Json;
use tokio::sync::mpsc;

use super::BackupError;
use super::envelope::Piece;
use super::format::{ColumnMark, FORMAT, Header, Mark, TableMark, write};
use super::tables::{TABLES, Table};
use crate::database::{Column, Row, Value};
use crate::sealer::Place;
use crate::store::Shared;
use crate::unit::json;
use crate::{StoreError, UnitOfWork};

/// How many bytes go on together.
const PIECE: usize = 64 * 1024;

/// Sends every line, and then that this was all. Whoever takes them may be gone: then there is
/// nothing to do any more.
pub(super) async fn dump(
    unit: &mut UnitOfWork,
    pieces: mpsc::Sender<Piece>,
) -> Result<(), BackupError> {
    let shared = Arc::clone(unit.shared_arc());
    let mut lines = Lines {
        pieces,
        piece: Vec::with_capacity(PIECE),
        rows: 0,
    };
    let header = Header {
        format: FORMAT,
        schema: unit.transaction().schema().await?,
        made: unit.now(),
    };
    lines.mark(&Mark::Linecard(header)).await?;
    for table in &TABLES {
        let columns = unit.transaction().columns(table.name).await?;
        let columns = table.taken(columns);
        lines
            .mark(&Mark::Table(TableMark {
                name: table.name.to_owned(),
                columns: columns.iter().map(ColumnMark::from).collect(),
            }))
            .await?;
        let mut rows = unit.transaction().stream(table.name, &columns, table.order);
        while let Some(row) = rows.next().await {
            let row = cells(table, &columns, &row?, &shared)?;
            lines.row(&row).await?;
        }
    }
    let rows = lines.rows;
    lines.mark(&Mark::End { rows }).await?;
    lines.end().await
}

/// The values of a row, with its secrets opened.
fn cells(
    table: &Table,
    columns: &[Column],
    row: &Row,
    shared: &Shared,
) -> Result<Vec<Json>, StoreError> {
    let mut cells = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let mut value = row.value(place, column.kind)?;
        if let (Some(sealed), Value::Bytes(Some(bytes))) = (table.sealed(&column.name), &value) {
            let key = row.text(table.key)?;
            let at = Place {
                table: table.name,
                column: sealed,
                row: &key,
            };
            let opened = shared.sealer.open(at, bytes).ok_or(StoreError::Sealed {
                table: table.name,
                column: sealed,
            })?;
            value = Value::Bytes(Some(opened));
        }
        cells.push(write(value));
    }
    Ok(cells)
}

struct Lines {
    pieces: mpsc::Sender<Piece>,
    piece: Vec<u8>,
    rows: u64,
}

impl Lines {
    async fn mark(&mut self, mark: &Mark) -> Result<(), BackupError> {
        self.line(mark).await
    }

    async fn row(&mut self, row: &[Json]) -> Result<(), BackupError> {
        self.rows += 1;
        self.line(row).await
    }

    async fn line<T: Serialize + ?Sized>(&mut self, line: &T) -> Result<(), BackupError> {
        self.piece
            .extend_from_slice(json("backup", line)?.as_bytes());
        self.piece.push(b'\n');
        if self.piece.len() >= PIECE {
            let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
            self.send(Piece::Lines(piece)).await?;
        }
        Ok(())
    }

    async fn end(mut self) -> Result<(), BackupError> {
        let last = std::mem::take(&mut self.piece);
        self.send(Piece::Lines(last)).await?;
        self.send(Piece::End).await
    }

    async fn send(&self, piece: Piece) -> Result<(), BackupError> {
        let gone = |_| BackupError::Write(std::io::ErrorKind::BrokenPipe.into());
        self.pieces.send(piece).await.map_err(gone)
    }
}
