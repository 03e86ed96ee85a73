//! What is kept: one unit of work, SQLite and PostgreSQL behind the same repositories.
