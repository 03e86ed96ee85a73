//! Drawing: a time axis, a row per party, bars, marks, and at the right what became of it.

use std::fmt::Write as _;

use jiff::Timestamp;
use linecard_number::Extension;

use super::Names;
use super::timeline::{Act, Bar, Doing, Mark, Party, Row, Story};
use super::words;

const WIDTH: f64 = 890.0;
const LABELS: f64 = 14.0;
const PLOT_FROM: f64 = 130.0;
const PLOT_TO: f64 = 510.0;
const OUTCOMES: f64 = 530.0;
const ENTRIES: f64 = 742.0;
const ROW: f64 = 36.0;
const BAR: f64 = 16.0;
const THIN: f64 = 6.0;

/// Colours that are told apart without colour vision too, on a light and on a dark page.
const STYLE: &str = "\
text{font:12px system-ui,sans-serif;fill:#1f2933}.b{font-weight:600}.d{fill:#5b6774}\
.bg{fill:#fff}.g{stroke:#d8dee5}.m{stroke:#1f2933;stroke-width:1.6;fill:none}\
.waits{fill:#bcc5ce}.rings{fill:#eda52b}.talks{fill:#2f9467}.holds{fill:url(#h)}\
.consults{fill:#3b72c4}.h{stroke:#2f9467;stroke-width:3}\
@media(prefers-color-scheme:dark){text{fill:#e6ebf0}.d{fill:#9aa7b4}.bg{fill:#161b21}\
.g{stroke:#36404a}.m{stroke:#e6ebf0}.waits{fill:#5c6772}.rings{fill:#d9942a}.talks{fill:#35a876}\
.h{stroke:#35a876}.consults{fill:#6a9ee8}}";

/// The whole document.
pub(super) fn draw(stories: &[Story], names: &Names) -> String {
    let mut body = String::new();
    let mut top = 8.0;
    let scale = Scale::of(stories);
    for story in stories {
        top = draw_story(&mut body, story, &scale, names, top);
    }
    top = draw_legend(&mut body, stories, top);
    let title = stories
        .iter()
        .map(|story| words::heading(&story.call))
        .collect::<Vec<_>>()
        .join("; ");
    let parts = stories
        .iter()
        .flat_map(|story| &story.call.legs)
        .map(|leg| {
            let (outcome, times) = words::outcome(leg);
            format!("{} {outcome} ({times})", leg.extension)
        })
        .collect::<Vec<_>>()
        .join("; ");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {top}\" \
         width=\"{WIDTH}\" height=\"{top}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n<style>{STYLE}</style>\n\
         <defs><pattern id=\"h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><path class=\"h\" d=\"M1.5 0V6\"/></pattern></defs>\n\
         <rect class=\"bg\" width=\"{WIDTH}\" height=\"{top}\" rx=\"6\"/>\n{body}</svg>\n",
        escape(&title),
        escape(&parts),
    )
}

/// From time to place.
struct Scale {
    start: Timestamp,
    seconds: f64,
    tick: u32,
}

impl Scale {
    /// One that shows all of these calls.
    fn of(stories: &[Story]) -> Self {
        let starts = stories.iter().map(|story| story.call.started);
        let start = starts.min().unwrap_or(Timestamp::UNIX_EPOCH);
        let ends = stories.iter().flat_map(|story| &story.rows);
        let seconds = ends
            .flat_map(|row| &row.bars)
            .map(|bar| words::since(start, bar.to))
            .fold(0.5, f64::max);
        let tick = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];
        let fits = |tick: &u32| seconds / f64::from(*tick) <= 10.0;
        Self {
            start,
            seconds,
            tick: tick.into_iter().find(fits).unwrap_or(7_200),
        }
    }

    fn x(&self, at: Timestamp) -> f64 {
        self.place(words::since(self.start, at))
    }

    fn place(&self, seconds: f64) -> f64 {
        PLOT_FROM + (PLOT_TO - PLOT_FROM) * seconds / self.seconds
    }

    fn ticks(&self) -> impl Iterator<Item = u32> {
        let last = self.seconds;
        (0..)
            .step_by(self.tick as usize)
            .take_while(move |tick| f64::from(*tick) <= last)
    }
}

/// One call; gives where the next thing may begin.
fn draw_story(out: &mut String, story: &Story, scale: &Scale, names: &Names, top: f64) -> f64 {
    let heading = words::heading(&story.call);
    text(out, LABELS, top + 18.0, "b", &heading);
    let axis = top + 40.0;
    let rows = axis + 8.0;
    let bottom = rows + ROW * rows_of(story);
    for tick in scale.ticks() {
        let x = scale.place(f64::from(tick));
        let _ = writeln!(
            out,
            "<path class=\"g\" d=\"M{x:.1} {rows:.0}V{bottom:.0}\"/><text class=\"d\" \
             x=\"{x:.1}\" y=\"{axis:.0}\" text-anchor=\"middle\">{tick} s</text>"
        );
    }
    text(out, OUTCOMES, axis, "d", "agent’s part");
    text(out, ENTRIES, axis, "d", "entry in the CRM");
    let mut middle = rows + ROW / 2.0;
    for row in &story.rows {
        draw_row(out, story, row, scale, names, middle);
        middle += ROW;
    }
    let y_of = |party: &Party| {
        let place = story.rows.iter().position(|row| row.party == *party)?;
        let place = u32::try_from(place).ok()?;
        Some(rows + ROW * (f64::from(place) + 0.5))
    };
    for mark in &story.marks {
        draw_mark(out, mark, scale, y_of);
    }
    bottom + 6.0
}

fn rows_of(story: &Story) -> f64 {
    u32::try_from(story.rows.len()).map_or(0.0, f64::from)
}

fn draw_row(out: &mut String, story: &Story, row: &Row, scale: &Scale, names: &Names, middle: f64) {
    let call = &story.call;
    let (who, below) = match &row.party {
        Party::Outside => ("Outside", call.outside().unwrap_or("withheld").to_owned()),
        Party::Target(number) => ("Outside", number.clone()),
        Party::Queue(name) => ("Queue", name.clone()),
        Party::Extension(extension) => match names.get(extension) {
            Some(name) => (name.as_str(), extension.to_string()),
            None => ("Extension", extension.to_string()),
        },
    };
    two_lines(out, LABELS, middle, "b", &cut(who), &cut(&below));
    for bar in &row.bars {
        draw_bar(out, bar, scale, middle);
    }
    let Party::Extension(extension) = &row.party else {
        return;
    };
    let Some(leg) = call.leg(extension) else {
        return;
    };
    let (outcome, times) = words::outcome(leg);
    let outcome = if is_of_record(story, extension) {
        format!("{outcome}, agent of record")
    } else {
        outcome
    };
    two_lines(out, OUTCOMES, middle, "b", &outcome, &times);
    let (entry, change) = words::entry(call, extension);
    two_lines(out, ENTRIES, middle, "", &entry, change);
}

fn is_of_record(story: &Story, extension: &Extension) -> bool {
    words::of_record(&story.call) == Some(extension)
}

fn draw_bar(out: &mut String, bar: &Bar, scale: &Scale, middle: f64) {
    let (from, to) = (scale.x(bar.from), scale.x(bar.to));
    rect(out, bar.doing, from, to - from, middle);
}

fn rect(out: &mut String, doing: Doing, x: f64, width: f64, middle: f64) {
    let height = if doing == Doing::Consults { THIN } else { BAR };
    let _ = writeln!(
        out,
        "<rect class=\"{}\" x=\"{x:.1}\" y=\"{:.0}\" width=\"{:.1}\" height=\"{height}\"/>",
        class(doing),
        middle - height / 2.0,
        // What lasted no time is still to be seen.
        width.max(2.0),
    );
}

fn draw_mark(out: &mut String, mark: &Mark, scale: &Scale, y_of: impl Fn(&Party) -> Option<f64>) {
    let Some(y) = y_of(&mark.who) else { return };
    let x = scale.x(mark.at);
    let (from, to) = match &mark.act {
        Act::HangsUp => return cross(out, x, y),
        Act::Parks => return park(out, x, y),
        Act::PassesOn(to) => (Some(y), to.as_ref().and_then(&y_of)),
        Act::PicksUp(from) => (y_of(from), Some(y)),
    };
    match (from, to) {
        (Some(from), Some(to)) => arrow(out, x, from, to),
        (Some(from), None) => arrow(out, x, from, from + ROW * 0.6),
        (None, _) => {}
    }
}

fn cross(out: &mut String, x: f64, y: f64) {
    let (left, right) = (x - 4.0, x + 4.0);
    let (high, low) = (y - 4.0, y + 4.0);
    let _ = writeln!(
        out,
        "<path class=\"m\" d=\"M{left:.1} {high:.0}L{right:.1} {low:.0}M{left:.1} {low:.0}\
         L{right:.1} {high:.0}\"/>"
    );
}

/// An arrow to a base line.
fn park(out: &mut String, x: f64, y: f64) {
    let to = y + 14.0;
    arrow(out, x, y, to);
    let _ = writeln!(
        out,
        "<path class=\"m\" d=\"M{:.1} {:.0}H{:.1}\"/>",
        x - 5.0,
        to + 2.0,
        x + 5.0,
    );
}

fn arrow(out: &mut String, x: f64, from: f64, to: f64) {
    let back = if to > from { -5.0 } else { 5.0 };
    let _ = writeln!(
        out,
        "<path class=\"m\" d=\"M{x:.1} {from:.0}V{to:.0}M{:.1} {:.0}L{x:.1} {to:.0}L{:.1} {:.0}\"/>",
        x - 4.0,
        to + back,
        x + 4.0,
        to + back,
    );
}

/// What the colours and marks mean; only those that occur.
fn draw_legend(out: &mut String, stories: &[Story], top: f64) -> f64 {
    let middle = top + 12.0;
    let mut doings: Vec<Doing> = stories
        .iter()
        .flat_map(|story| &story.rows)
        .flat_map(|row| &row.bars)
        .map(|bar| bar.doing)
        .collect();
    doings.sort();
    doings.dedup();
    let mut x = PLOT_FROM;
    for doing in doings {
        rect(out, doing, x, 16.0, middle);
        x = legend_word(out, x, middle, class_word(doing));
    }
    let has = |is: fn(&Act) -> bool| {
        let mut marks = stories.iter().flat_map(|story| &story.marks);
        marks.any(|mark| is(&mark.act))
    };
    for (occurs, word) in [
        (has(|act| matches!(act, Act::PassesOn(_))), "passed on"),
        (has(|act| matches!(act, Act::PicksUp(_))), "picked up"),
    ] {
        if occurs {
            arrow(out, x + 8.0, middle - 8.0, middle + 8.0);
            x = legend_word(out, x, middle, word);
        }
    }
    if has(|act| *act == Act::Parks) {
        park(out, x + 8.0, middle - 8.0);
        x = legend_word(out, x, middle, "parked");
    }
    if has(|act| *act == Act::HangsUp) {
        cross(out, x + 8.0, middle);
        legend_word(out, x, middle, "hangs up");
    }
    top + 28.0
}

fn legend_word(out: &mut String, x: f64, middle: f64, word: &str) -> f64 {
    text(out, x + 22.0, middle + 4.0, "d", word);
    x + 22.0 + 7.0 * u32::try_from(word.len()).map_or(0.0, f64::from) + 14.0
}

fn class(doing: Doing) -> &'static str {
    match doing {
        Doing::Waits => "waits",
        Doing::Rings => "rings",
        Doing::Talks => "talks",
        Doing::Holds => "holds",
        Doing::Consults => "consults",
    }
}

fn class_word(doing: Doing) -> &'static str {
    match doing {
        Doing::Holds => "on hold",
        doing => class(doing),
    }
}

fn two_lines(out: &mut String, x: f64, middle: f64, class: &str, upper: &str, lower: &str) {
    if lower.is_empty() {
        text(out, x, middle + 4.0, class, upper);
    } else {
        text(out, x, middle - 3.0, class, upper);
        text(out, x, middle + 12.0, "d", lower);
    }
}

fn text(out: &mut String, x: f64, y: f64, class: &str, words: &str) {
    let class = if class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{class}\"")
    };
    let _ = writeln!(
        out,
        "<text{class} x=\"{x}\" y=\"{y:.0}\">{}</text>",
        escape(words)
    );
}

/// What fits beside a row.
fn cut(text: &str) -> String {
    const MOST: usize = 16;
    let mut letters = text.chars();
    let mut fits: String = letters.by_ref().take(MOST).collect();
    if letters.next().is_some() {
        fits.pop();
        fits.push('…');
    }
    fits
}

/// Names and numbers are data: never markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
