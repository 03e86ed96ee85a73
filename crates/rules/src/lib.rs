//! The decisions: pure functions from a call, the settings and what is known to actions.
