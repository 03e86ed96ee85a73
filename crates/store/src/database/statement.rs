//! A statement that is put together, where what it asks for varies.

use super::Value;

/// Texts that stand in this program, with a placeholder for each value: nothing else becomes SQL.
#[derive(Debug)]
pub(crate) struct Statement {
    sql: String,
    values: Vec<Value>,
}

impl Statement {
    pub(crate) fn new(sql: &'static str) -> Self {
        Self {
            sql: sql.to_owned(),
            values: Vec::new(),
        }
    }

    /// Goes on with a text.
    pub(crate) fn sql(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// Goes on with a value.
    pub(crate) fn value(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.sql.push('$');
        self.sql.push_str(&self.values.len().to_string());
        self
    }

    /// The same, answered with the way in which the database would find it.
    #[cfg(test)]
    pub(crate) fn explained(mut self) -> Self {
        self.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        self
    }

    pub(super) fn into_parts(self) -> (String, Vec<Value>) {
        (self.sql, self.values)
    }
}
