//! What a phone system is.
//!
//! A connector fills [`Pbx`]: it reports what happens ([`Report`]s, turned into calls by
//! [`linecard_call::Tracker`]) and carries out commands. Everything behind this trait works the
//! same for Asterisk, the demo, and any phone system to come.

mod device;
mod dial;
mod kind;
mod link;
mod pick_up;
mod queue_pause;
mod records;
mod report;
mod simulation;
mod softphone;

pub use device::{Device, Whose};
pub use dial::{Dial, DialFailure, DialTarget};
pub use kind::{PbxKind, PbxSettings, SettingError};
pub use link::{Abilities, CommandError, Pbx};
pub use pick_up::PickUpFailure;
pub use queue_pause::QueuePause;
pub use records::{Past, Recorded, RecordsError};
pub use report::{LinkState, Problem, ProblemKind, Report, Reports};
pub use simulation::{SampleCaller, SimulatedCall, Simulation, Target, TargetKind};
pub use softphone::Softphone;
