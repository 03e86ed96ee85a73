//! How well the two sides of a call heard each other, judged from what a softphone measured.
//!
//! The score is the one of ITU-T G.107 (the E-model) with its default values, reduced to what packets
//! tell: how many were lost, and how late the others came. It says what the network did to the call,
//! not what a headset did.

use serde::{Deserialize, Serialize};

/// R of a call to which the network does nothing, with all values of G.107 at their defaults.
const UNTOUCHED: f64 = 93.2;
/// How well lost packets are concealed: of G.711 with concealment (G.113, table I.2). There is no
/// value for Opus, which conceals at least as well.
const CONCEALMENT: f64 = 25.1;
/// Delay up to here is not noticed, in milliseconds one way (G.107, 7.4).
const UNNOTICED_MS: f64 = 100.0;

/// What a softphone measured in a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundReport {
    /// As RTP names it: `opus`, `PCMU`.
    pub codec: String,
    /// What came from the far side.
    pub heard: Stream,
    /// What came there of the agent's own voice; `None`: the far side did not say (RFC 3550, 6.4).
    pub said: Option<Stream>,
    /// How long a packet takes to the phone system and back, in milliseconds; `None`: not known.
    pub round_trip_ms: Option<u32>,
    /// How long the softphone kept what it heard so that it could play it evenly, in milliseconds.
    pub buffer_ms: u32,
}

/// Sound in one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream {
    /// Packets that arrived.
    pub packets: u32,
    /// Packets that did not.
    pub lost: u32,
    /// How unevenly they arrived, in milliseconds (RFC 3550, 6.4.1).
    pub jitter_ms: u32,
}

/// How well one direction could be understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    /// How many of a hundred packets were lost.
    pub loss_percent: f64,
    /// The mean opinion that people would have: 1 (bad) to 4.4, the best over a phone line.
    pub score: f64,
    /// The same in one word.
    pub grade: Grade,
}

/// How satisfied people are with the sound, the worst first (ITU-T G.109).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Many are not: R below 70.
    Poor,
    /// Some are not: R below 80.
    Fair,
    /// Nearly all are.
    Good,
}

impl SoundReport {
    /// How well the agent could understand the far side.
    #[must_use]
    pub fn heard(&self) -> Rating {
        self.heard.rate(self.way_ms() + f64::from(self.buffer_ms))
    }

    /// How well the far side could understand the agent. How long its phone keeps the sound is not
    /// known: twice the jitter is usual.
    #[must_use]
    pub fn said(&self) -> Option<Rating> {
        let said = self.said?;
        Some(said.rate(self.way_ms() + 2.0 * f64::from(said.jitter_ms)))
    }

    fn way_ms(&self) -> f64 {
        f64::from(self.round_trip_ms.unwrap_or(0)) / 2.0
    }
}

impl Stream {
    fn rate(&self, delay_ms: f64) -> Rating {
        let sent = f64::from(self.packets) + f64::from(self.lost);
        let loss_percent = if self.packets == 0 {
            100.0
        } else {
            100.0 * f64::from(self.lost) / sent
        };
        let r = UNTOUCHED - impairment_by_delay(delay_ms) - impairment_by_loss(loss_percent);
        Rating {
            loss_percent,
            score: opinion(r),
            grade: Grade::of(r),
        }
    }
}

impl Grade {
    fn of(r: f64) -> Self {
        if r >= 80.0 {
            Self::Good
        } else if r >= 70.0 {
            Self::Fair
        } else {
            Self::Poor
        }
    }
}

/// Idd of G.107, equation 7-28.
fn impairment_by_delay(one_way_ms: f64) -> f64 {
    if one_way_ms <= UNNOTICED_MS {
        return 0.0;
    }
    let x = (one_way_ms / UNNOTICED_MS).log2();
    let term = |x: f64| (1.0 + x.powi(6)).powf(1.0 / 6.0);
    25.0 * (term(x) - 3.0 * term(x / 3.0) + 2.0)
}

/// Ie-eff of G.107, equation 7-29, of losses at random.
fn impairment_by_loss(loss_percent: f64) -> f64 {
    95.0 * loss_percent / (loss_percent + CONCEALMENT)
}

/// The mean opinion of R (G.107, annex B).
fn opinion(r: f64) -> f64 {
    let r = r.clamp(0.0, 100.0);
    (1.0 + 0.035 * r + r * (r - 60.0) * (100.0 - r) * 7e-6).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(packets: u32, lost: u32, round_trip_ms: u32) -> SoundReport {
        SoundReport {
            codec: "opus".to_owned(),
            heard: Stream {
                packets,
                lost,
                jitter_ms: 3,
            },
            said: None,
            round_trip_ms: Some(round_trip_ms),
            buffer_ms: 0,
        }
    }

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 0.01
    }

    #[test]
    fn what_the_network_leaves_alone_has_the_best_score_of_a_phone_line() {
        let rating = report(1_000, 0, 20).heard();
        assert!(near(rating.score, 4.41), "{rating:?}");
        assert_eq!(rating.grade, Grade::Good);
    }

    #[test]
    fn loss_and_delay_count_as_the_recommendation_says() {
        assert!(near(impairment_by_loss(1.0), 3.64));
        assert!(near(impairment_by_loss(5.0), 15.78));
        assert!(near(impairment_by_delay(100.0), 0.0));
        assert!(near(impairment_by_delay(200.0), 3.04));
        assert!(near(opinion(80.0), 4.02));
        assert!(near(opinion(70.0), 3.60));
    }

    #[test]
    fn the_more_is_lost_the_worse_it_is() {
        let grade = |lost| report(100 - lost, lost, 0).heard().grade;
        assert_eq!(
            [grade(0), grade(6), grade(12)],
            [Grade::Good, Grade::Fair, Grade::Poor]
        );
    }

    #[test]
    fn who_hears_nothing_understands_nothing() {
        let rating = report(0, 0, 0).heard();
        assert_eq!((rating.loss_percent, rating.grade), (100.0, Grade::Poor));
        assert!(rating.score < 1.5, "{rating:?}");
    }

    #[test]
    fn a_long_way_is_noticed_in_both_directions() {
        let mut far = report(1_000, 0, 700);
        far.said = Some(far.heard);
        assert_eq!(far.heard().grade, Grade::Fair);
        assert_eq!(far.said().unwrap().grade, Grade::Fair);
    }
}
