//! How well a contact fits a whole question.

use super::fit;
use super::line::{Line, Units};
use super::question::{Form, Question, Word};

/// What a contact got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Score {
    /// More is better.
    pub(super) points: i32,
    /// The place of the number whose digits were typed.
    pub(super) number: Option<usize>,
}

/// Every word of the name was typed, and nothing is left.
const COMPLETE: i32 = 10;
/// What each word costs that nobody typed, for a few of them.
const LEFT_OVER: i32 = 2;

impl Question {
    /// `None`: the contact is not meant.
    pub(super) fn score(&self, line: &Line) -> Option<Score> {
        let units = line.units();
        let readings = self.readings.iter();
        let scores = readings.filter_map(|words| score(words, line, &units, self.masked));
        scores.max_by_key(|score| score.points)
    }
}

fn score(words: &[Word], line: &Line, units: &Units<'_>, masked: bool) -> Option<Score> {
    let (mut used, mut points, mut number) = (0_u64, 0, None);
    for word in words {
        let mut best: Option<(i32, u64, Option<usize>)> = None;
        for form in &word.forms {
            let found = match form {
                Form::Word(letters, alphabet) => fit::best(letters, *alphabet, units, used, masked)
                    .map(|fit| (fit.points, mask(fit.first, fit.end), None)),
                Form::Number(digits) => of_number(digits, line),
            };
            if let Some(found) = found
                && best.is_none_or(|best| best.0 < found.0)
            {
                best = Some(found);
            }
        }
        let (more, covered, at) = best?;
        points += more;
        used |= covered;
        number = number.or(at);
    }
    let count = i32::try_from(words.len()).unwrap_or(i32::MAX).max(1);
    let names = units.of_name();
    let left = names.saturating_sub((used & mask(0, names)).count_ones() as usize);
    let whole = match left {
        0 if names > 0 => COMPLETE,
        left => -LEFT_OVER * i32::try_from(left.min(4)).unwrap_or(4),
    };
    Some(Score {
        points: points / count + if number.is_none() { whole } else { 0 },
        number,
    })
}

type Found = (i32, u64, Option<usize>);

/// The whole number, its beginning with or without the country, its end, or somewhere in it.
fn of_number(digits: &str, line: &Line) -> Option<Found> {
    let mut best: Option<Found> = None;
    for (place, ways) in line.numbers().enumerate() {
        for number in ways {
            let mut fragments = number.as_bytes().windows(digits.len().max(1));
            let Some(at) = fragments.position(|fragment| fragment == digits.as_bytes()) else {
                continue;
            };
            let points = match at {
                0 if digits.len() == number.len() => 100,
                0 => 85,
                1..=3 if at + digits.len() == number.len() => 95,
                1..=3 => 80,
                _ if number.ends_with(digits) => 75,
                _ => 60,
            };
            if best.is_none_or(|best| best.0 < points) {
                best = Some((points, 0, Some(place)));
            }
        }
    }
    best
}

/// The bits of the units from `first` up to `end`.
fn mask(first: usize, end: usize) -> u64 {
    let up_to = |end: usize| match end {
        0..=63 => (1_u64 << end) - 1,
        _ => u64::MAX,
    };
    up_to(end) & !up_to(first)
}
