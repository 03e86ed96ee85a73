//! Pages of fifty.

use crate::bitrix24::asked::Param;

const SIZE: usize = 50;

/// Where a page starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// After so many records; the answer says how many there are in all.
    At(usize),
    /// At the beginning, without counting: `start=-1`.
    Uncounted,
}

impl Start {
    /// Reads `start`.
    pub(crate) fn read(params: &Param) -> Self {
        match params.named("start").and_then(Param::integer) {
            Some(negative) if negative < 0 => Self::Uncounted,
            Some(start) => Self::At(usize::try_from(start).unwrap_or(0)),
            None => Self::At(0),
        }
    }
}

/// One page.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    /// How many there are in all; not told where nothing was counted.
    pub(crate) total: Option<usize>,
    /// Where the next page starts.
    pub(crate) next: Option<usize>,
}

/// The page of `rows` that starts there.
pub(crate) fn page<T>(rows: impl Iterator<Item = T>, start: Start) -> Page<T> {
    match start {
        Start::Uncounted => Page {
            rows: rows.take(SIZE).collect(),
            total: None,
            next: None,
        },
        Start::At(skipped) => {
            let all: Vec<T> = rows.collect();
            let total = all.len();
            let next = skipped + SIZE;
            Page {
                rows: all.into_iter().skip(skipped).take(SIZE).collect(),
                total: Some(total),
                next: (next < total).then_some(next),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_fifty_and_says_where_the_next_one_starts() {
        let first = page(0..120, Start::At(0));
        assert_eq!(
            (first.rows.len(), first.total, first.next),
            (50, Some(120), Some(50))
        );
        let last = page(0..120, Start::At(100));
        assert_eq!(
            (last.rows.len(), last.total, last.next),
            (20, Some(120), None)
        );
        let uncounted = page(0..120, Start::Uncounted);
        assert_eq!(
            (uncounted.rows.len(), uncounted.total, uncounted.next),
            (50, None, None)
        );
    }
}
