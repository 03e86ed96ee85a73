//! The demo phone system: a simulation behind the same trait as a real one.
