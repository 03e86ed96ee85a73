//! What a scenario must tell, and the comparison with the calls that were told.
//!
//! Each scenario has a file of its own beside the recordings of Asterisk
//! (`connectors/asterisk/tests/recordings/expected/`). The tests that replay the recordings and
//! those that play the scenario with scripted phones on a live Asterisk read the same file:
//!
//! ```
//! let expected = linecard_expected::Expected::read(r#"
//!     story = "5551000; 101 answers; the caller hangs up."
//!     [[call]]
//!     direction = "inbound"
//!     outcome = "answered"
//!     from = "31600000001"
//!     talk = 2.0
//!     leg = [{ extension = "101", outcome = "answered", ring = 1.0, talk = 2.0 }]
//! "#).expect("it is well formed");
//! let calls = []; // what was told
//! assert_eq!(expected.differences(&calls, linecard_expected::TOLERANCE).len(), 1);
//! ```

mod compare;

use linecard_call::{Direction, LegOutcome, LegRole, Outcome};
use linecard_number::Extension;
use serde::Deserialize;

/// How far a time of a recording may be off, in seconds: the two versions of Asterisk and two
/// runs differ by so much.
pub const TOLERANCE: f64 = 0.3;

/// The outcome of one scenario.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// What happens, in a sentence or two.
    pub story: String,
    /// The calls in the order in which they began.
    #[serde(rename = "call", default)]
    pub calls: Vec<ExpectedCall>,
}

/// One call as it must be told. What may be absent is then not compared, but for `from`, `queue`
/// and `tags`. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedCall {
    /// Who called whom.
    pub direction: Direction,
    /// How it ended.
    pub outcome: Outcome,
    /// The call's own id, where whoever began it chose it.
    pub id: Option<String>,
    /// The calling side; absent, it must be withheld.
    pub from: Option<String>,
    /// The caller's name.
    pub name: Option<String>,
    /// The called side.
    pub to: Option<String>,
    /// The company's number that was called.
    pub did: Option<String>,
    /// The digits an extension dialled.
    pub dialled: Option<String>,
    /// The queue; absent, there must be none.
    pub queue: Option<String>,
    /// The labels of the dial plan, all of them.
    #[serde(default)]
    pub tags: Vec<String>,
    /// How long the outside party was connected with anyone.
    #[serde(default)]
    pub talk: f64,
    /// How much of that was on hold.
    #[serde(default)]
    pub held: f64,
    /// How long the outside party waited for an agent.
    pub waited: Option<f64>,
    /// From the start to the end.
    pub lasted: Option<f64>,
    /// All legs, in any order.
    #[serde(rename = "leg", default)]
    pub legs: Vec<ExpectedLeg>,
}

/// One extension's part as it must be told. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedLeg {
    /// Whose part it is.
    pub extension: Extension,
    /// Which side it was on; the called one unless said.
    #[serde(default = "agent")]
    pub role: LegRole,
    /// What became of it.
    pub outcome: LegOutcome,
    /// From its first ring to the answer or the end of that ring.
    #[serde(default)]
    pub ring: f64,
    /// Connected with the other party.
    #[serde(default)]
    pub talk: f64,
}

fn agent() -> LegRole {
    LegRole::Agent
}

impl Expected {
    /// Reads a scenario's file.
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
