//! What a bench has to say, as one line of JSON.

use std::borrow::Cow;

use serde::Serialize;

/// The figures of one bench.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Bench {
    /// Its name: `tracker`.
    pub(crate) bench: &'static str,
    /// What it measured.
    pub(crate) figures: Vec<Figure>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Figure {
    /// Its name, which stays: `events_per_cpu_second`.
    pub(crate) name: Cow<'static, str>,
    /// How much.
    pub(crate) value: f64,
    /// Of what: `1/s`, `ms`, `MB`.
    pub(crate) unit: &'static str,
    /// What the peer, or the bare machine, reached in the same run; `None` when there is
    /// nothing to compare with.
    pub(crate) baseline: Option<f64>,
}

impl Figure {
    /// A figure with nothing to compare it with.
    pub(crate) fn new(name: impl Into<Cow<'static, str>>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value: rounded(value),
            unit,
            baseline: None,
        }
    }

    /// The same beside `baseline`.
    pub(crate) fn beside(self, baseline: Option<f64>) -> Self {
        Self {
            baseline: baseline.map(rounded),
            ..self
        }
    }
}

impl Bench {
    /// Writes the line to standard output.
    #[expect(clippy::print_stdout, reason = "this line is what a bench is run for")]
    pub(crate) fn tell(&self) -> serde_json::Result<()> {
        println!("{}", serde_json::to_string(self)?);
        Ok(())
    }
}

/// The value in `sorted` that `share` (0 to 1) of all are not above; 0 when there is none.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list of some thousand measurements"
)]
pub(crate) fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = (share * sorted.len() as f64).ceil() as usize;
    let place = place.clamp(1, sorted.len().max(1)) - 1;
    sorted.get(place).copied().unwrap_or_default()
}

/// More digits than these are noise.
fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let measured: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!(percentile(&measured, 0.5).to_bits(), 100_f64.to_bits());
        assert_eq!(percentile(&measured, 0.99).to_bits(), 198_f64.to_bits());
        assert_eq!(percentile(&[7.0], 0.99).to_bits(), 7_f64.to_bits());
        assert_eq!(percentile(&[], 0.5).to_bits(), 0_f64.to_bits());
    }

    #[test]
    fn a_bench_is_told_as_the_house_has_agreed() {
        let bench = Bench {
            bench: "tracker",
            figures: vec![Figure::new("events_per_cpu_second", 1.0, "1/s")],
        };
        assert_eq!(
            serde_json::to_string(&bench).unwrap(),
            r#"{"bench":"tracker","figures":[{"name":"events_per_cpu_second","value":1.0,"unit":"1/s","baseline":null}]}"#
        );
    }
}
