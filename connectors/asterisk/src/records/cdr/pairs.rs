//! The rows, and what they tell about each other.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::records::row::Row;

/// Times are whole seconds: what happened at one moment may be written one second apart.
pub(super) const ROUNDING: SignedDuration = SignedDuration::from_secs(1);
/// A row that says it lasted longer is not believed.
const LONGEST: SignedDuration = SignedDuration::from_hours(31 * 24);
/// More local pairs than one behind the other are rare; rows that go in circles are an error.
const MOST_PAIRS: usize = 8;

/// One row: two channels, or one that reached nobody.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    pub(super) row: &'a Row,
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    /// When the calling channel was up, if it ever was.
    up: Option<Timestamp>,
    pub(super) disposition: Disposition,
    /// Another phone took the call from the called one.
    picked_up: bool,
}

/// What became of the called side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disposition {
    Answered,
    NoAnswer,
    Busy,
    Failed,
}

impl<'a> Pair<'a> {
    pub(super) fn read(row: &'a Row) -> Option<Self> {
        let seconds = |column| {
            let seconds: f64 = row.get(column).parse().ok()?;
            SignedDuration::try_from_secs_f64(seconds)
                .ok()
                .filter(|length| (SignedDuration::ZERO..=LONGEST).contains(length))
        };
        let (duration, billed) = (seconds("duration")?, seconds("billsec")?);
        let disposition = match row.get("disposition") {
            // An unanswered queue call is called answered, with no time.
            "ANSWERED" if billed.is_zero() && row.get("lastapp") == "Queue" => {
                Disposition::NoAnswer
            }
            "ANSWERED" => Disposition::Answered,
            "BUSY" => Disposition::Busy,
            "FAILED" | "CONGESTION" => Disposition::Failed,
            _ => Disposition::NoAnswer,
        };
        let end = row.at.checked_add(duration).ok()?;
        let was_up = disposition == Disposition::Answered || !billed.is_zero();
        if row.get("uniqueid").is_empty() || row.get("channel").is_empty() {
            return None;
        }
        Some(Self {
            row,
            start: row.at,
            end,
            up: was_up.then(|| (end - billed).max(row.at)),
            disposition,
            picked_up: false,
        })
    }

    pub(super) fn called(&self) -> &'a str {
        self.row.get("dstchannel")
    }

    /// The calling channel's Uniqueid.
    pub(super) fn id(&self) -> &'a str {
        self.row.get("uniqueid")
    }

    /// The name of the call; without a column for it, joined later by what the channels share.
    pub(super) fn call(&self) -> &'a str {
        match self.row.get("linkedid") {
            "" => self.row.get("uniqueid"),
            call => call,
        }
    }

    /// Whether the calling channel was up before it called, which hides the answer.
    pub(super) fn hides_answer(&self) -> bool {
        self.up == Some(self.start)
    }

    /// Whether the rings of both lasted, in part, at the same time.
    fn overlaps(&self, other: &Self) -> bool {
        other.start < self.end && self.start < other.end + ROUNDING
    }
}

/// All rows, by their beginning.
#[derive(Debug)]
pub(super) struct Pairs<'a> {
    pub(super) all: Vec<Pair<'a>>,
    /// Places in `all`, by the calling channel's Uniqueid, by its name, and by the name of the
    /// called one.
    by_id: HashMap<&'a str, Vec<usize>>,
    by_name: HashMap<&'a str, Vec<usize>>,
    by_called: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Pairs<'a> {
    pub(super) fn read(rows: &'a [Row]) -> Self {
        let mut all: Vec<Pair<'_>> = rows.iter().filter_map(Pair::read).collect();
        // A file has them in the order of their ends. Whoever calls through a local pair is
        // there before the pair.
        all.sort_by_key(|pair| (pair.start, pair.row.get("channel").starts_with("Local/")));
        let mut by_id: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut by_called: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, pair) in all.iter().enumerate() {
            by_id.entry(pair.id()).or_default().push(place);
            let name = pair.row.get("channel");
            by_name.entry(name).or_default().push(place);
            by_called.entry(pair.called()).or_default().push(place);
        }
        let mut pairs = Self {
            all,
            by_id,
            by_name,
            by_called,
        };
        let all = pairs.all.iter();
        let picked_up: Vec<_> = all.map(|pair| pairs.is_picked_up(pair)).collect();
        for (pair, is_picked_up) in pairs.all.iter_mut().zip(picked_up) {
            if is_picked_up {
                pair.picked_up = true;
                (pair.disposition, pair.up) = (Disposition::NoAnswer, None);
            }
        }
        for place in 0..pairs.all.len() {
            pairs.stay_with(place);
        }
        pairs
    }

    /// Whoever calls through a local pair stays until the talk behind it is over: lengths are cut
    /// to whole seconds, each from a beginning of its own.
    fn stay_with(&mut self, place: usize) {
        let Some(inner) = self.all.get(place) else {
            return;
        };
        let end = inner.end;
        let half = inner.row.get("channel").strip_suffix(";2");
        let one = half.map(|half| format!("{half};1"));
        let outer = one.and_then(|one| self.by_called.get(one.as_str()));
        for outer in outer.into_iter().flatten() {
            if let Some(outer) = self.all.get_mut(*outer)
                && (outer.end..=outer.end + ROUNDING).contains(&end)
            {
                outer.end = end;
            }
        }
    }

    /// Whether another phone took the call from this one, which rang. Asterisk may call that
    /// answered, with no time, and goes on with the other phone in the next row.
    fn is_picked_up(&self, pair: &Pair<'a>) -> bool {
        let answered_at_its_end = pair.start < pair.end && pair.up == Some(pair.end);
        answered_at_its_end
            && pair.disposition == Disposition::Answered
            && self.rivals(pair).any(|other| {
                other.disposition == Disposition::Answered
                    && (pair.end..=pair.end + ROUNDING).contains(&other.start)
            })
    }

    fn at<'p>(&'p self, places: Option<&'p Vec<usize>>) -> impl Iterator<Item = &'p Pair<'a>> {
        let places = places.into_iter().flatten();
        places.filter_map(|place| self.all.get(*place))
    }

    /// The rows of other phones that the same channel called.
    pub(super) fn rivals<'p>(&'p self, pair: &'p Pair<'a>) -> impl Iterator<Item = &'p Pair<'a>> {
        self.at(self.by_id.get(pair.id()))
            .filter(|other| other.called() != pair.called())
    }

    /// When the called side answered. Where that is hidden: when the rings of the others were
    /// cut short, or else at the start.
    pub(super) fn answered(&self, pair: &Pair<'a>) -> Timestamp {
        if !pair.hides_answer() {
            return pair.up.unwrap_or(pair.start);
        }
        self.rivals(pair)
            .filter(|rival| rival.disposition == Disposition::NoAnswer && pair.overlaps(rival))
            .map(|rival| rival.end)
            .filter(|end| pair.start < *end && *end < pair.end)
            .min()
            .unwrap_or(pair.start)
    }

    /// Whether another phone took the call while this one rang, or while the local pair by which
    /// it was rung did.
    pub(super) fn lost_to_another(&self, pair: &Pair<'a>) -> bool {
        let mut outer = Some(pair);
        for _ in 0..MOST_PAIRS {
            let Some(pair) = outer else { return false };
            if self.lost_itself(pair) {
                return true;
            }
            outer = self.through_pair(pair).next();
        }
        false
    }

    fn lost_itself(&self, pair: &Pair<'a>) -> bool {
        let mut winners = self
            .rivals(pair)
            .filter(|rival| rival.disposition == Disposition::Answered);
        pair.picked_up
            || winners.any(|rival| {
                let answered = self.answered(rival);
                (rival.start <= pair.start || rival.start < pair.end)
                    && pair.start <= answered
                    && answered <= pair.end + ROUNDING
            })
    }

    /// The rows by which the local pair was called whose half `;2` calls here.
    fn through_pair<'p>(&'p self, pair: &'p Pair<'a>) -> impl Iterator<Item = &'p Pair<'a>> {
        let half = pair.row.get("channel").strip_suffix(";2");
        let one = half.map(|half| format!("{half};1"));
        self.at(one.and_then(|one| self.by_called.get(one.as_str())))
            .filter(|outer| outer.start <= pair.start + ROUNDING)
            .filter(|outer| pair.start <= outer.end + ROUNDING)
    }

    /// The Uniqueid of the channel that `pair` called, which is known when it called somebody
    /// itself later.
    pub(super) fn id_of_called(&self, pair: &Pair<'a>) -> Option<&'a str> {
        self.at(self.by_name.get(pair.called()))
            .find(|own| own.start + ROUNDING >= pair.start && own.start <= pair.end + ROUNDING)
            .map(Pair::id)
    }
}
