//! How connectors speak HTTP: OAuth, time-outs, size limits, address guard.
