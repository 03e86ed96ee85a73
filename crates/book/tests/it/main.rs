//! What the phonebooks in memory know, asked from outside.

mod search;
