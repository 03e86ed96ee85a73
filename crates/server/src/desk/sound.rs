//! What Desk's softphone measured in a call, as Desk says it.

use linecard_rules::sound::{SoundReport, Stream};
use serde::Deserialize;
use utoipa::ToSchema;

/// The longest name of a codec, in characters: it comes from a browser.
const LONGEST_CODEC: usize = 32;

/// What Desk's softphone measured in a call.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub(crate) struct DeskSound {
    /// As RTP names it.
    codec: String,
    /// What came from the far side.
    heard: DeskStream,
    /// What came there of the agent's own voice; left out: the phone system did not say.
    #[serde(default)]
    said: Option<DeskStream>,
    /// How long a packet takes to the phone system and back, in milliseconds.
    #[serde(default)]
    round_trip_ms: Option<u32>,
    /// How long the browser kept what it heard so that it could play it evenly, in milliseconds.
    #[serde(default)]
    buffer_ms: u32,
}

/// Sound in one direction.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
pub(crate) struct DeskStream {
    /// Packets that arrived.
    packets: u32,
    /// Packets that did not.
    lost: u32,
    /// How unevenly they arrived, in milliseconds.
    jitter_ms: u32,
}

impl From<DeskSound> for SoundReport {
    fn from(sound: DeskSound) -> Self {
        Self {
            codec: sound.codec.chars().take(LONGEST_CODEC).collect(),
            heard: sound.heard.into(),
            said: sound.said.map(Stream::from),
            round_trip_ms: sound.round_trip_ms,
            buffer_ms: sound.buffer_ms,
        }
    }
}

impl From<DeskStream> for Stream {
    fn from(stream: DeskStream) -> Self {
        Self {
            packets: stream.packets,
            lost: stream.lost,
            jitter_ms: stream.jitter_ms,
        }
    }
}
