//! How the sound of a call was at one extension, as the softphone there measured it.

use linecard_rules::sound::{Grade, Rating, SoundReport, Stream};
use serde::Serialize;
use utoipa::ToSchema;

/// How the sound of a call was at one extension.
#[derive(Serialize, ToSchema)]
pub(super) struct CallSound {
    /// In one word: that of the direction that was worse.
    grade: SoundGrade,
    /// As RTP names it.
    codec: String,
    /// How well the agent could understand the far side.
    heard: SoundDirection,
    /// How well the far side could understand the agent; `null`: the phone system did not say.
    #[schema(required)]
    said: Option<SoundDirection>,
    /// How long a packet took to the phone system and back, in milliseconds; `null`: not known.
    #[schema(required)]
    round_trip_ms: Option<u32>,
}

/// One direction of it.
#[derive(Serialize, ToSchema)]
struct SoundDirection {
    /// The mean opinion that people would have, from 1 (bad) to 4.4, the best over a phone line:
    /// ITU-T G.107, to one place.
    score: f64,
    /// How many of a hundred packets were lost, to one place.
    loss_percent: f64,
    /// How unevenly they arrived, in milliseconds.
    jitter_ms: u32,
}

/// How satisfied people are with it (ITU-T G.109).
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SoundGrade {
    /// Nearly all are.
    Good,
    /// Some are not.
    Fair,
    /// Many are not.
    Poor,
}

impl CallSound {
    pub(super) fn of(report: &SoundReport) -> Self {
        let (heard, said) = (report.heard(), report.said());
        let worse = said.map_or(heard.grade, |said| said.grade.min(heard.grade));
        Self {
            grade: worse.into(),
            codec: report.codec.clone(),
            heard: SoundDirection::of(heard, report.heard),
            said: said
                .zip(report.said)
                .map(|(rating, stream)| SoundDirection::of(rating, stream)),
            round_trip_ms: report.round_trip_ms,
        }
    }
}

impl SoundDirection {
    fn of(rating: Rating, stream: Stream) -> Self {
        let to_one_place = |number: f64| (number * 10.0).round() / 10.0;
        Self {
            score: to_one_place(rating.score),
            loss_percent: to_one_place(rating.loss_percent),
            jitter_ms: stream.jitter_ms,
        }
    }
}

impl From<Grade> for SoundGrade {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Good => Self::Good,
            Grade::Fair => Self::Fair,
            Grade::Poor => Self::Poor,
        }
    }
}
