//! Reads a query.
//!
//! `AND` and `OR` may not be mixed without parentheses, and neither may `NOT` and the two: the
//! vendor refuses that, so a connector that relied on a precedence would fail there.

use super::bind::Binder;
use super::error::QueryError;
use super::lexer::{Token, TokenKind, lex};
use super::query::{Comparison, Filter, Literal, Operator, Order, Path, Query, Select};
use crate::salesforce::sobjects::schema::Object;

/// Deeper parentheses than anybody writes; a limit keeps the stack safe.
const DEEPEST: usize = 50;

/// Reads a whole query.
pub(crate) fn parse(text: &str) -> Result<Query, QueryError> {
    let chars: Vec<char> = text.chars().collect();
    let query = lex(&chars, 0).and_then(|tokens| {
        let mut parser = Parser::new(tokens, chars.len());
        let query = parser.query()?;
        parser.end()?;
        Ok(query)
    });
    query.map_err(|error| error.in_text(text))
}

/// Walks over tokens. SOSL uses it for the parts that it shares with SOQL.
pub(crate) struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    end: usize,
    depth: usize,
}

impl Parser {
    /// A parser of these tokens of a text of so many characters.
    pub(crate) fn new(tokens: Vec<Token>, end: usize) -> Self {
        Self {
            tokens: tokens.into_iter().peekable(),
            end,
            depth: 0,
        }
    }

    fn query(&mut self) -> Result<Query, QueryError> {
        if !self.keyword("SELECT") {
            return Err(self.unexpected());
        }
        let names = self.select_list()?;
        if !self.keyword("FROM") {
            return Err(self.unexpected());
        }
        let object = self.object()?;
        let select = match names {
            None => Select::Count,
            Some(names) => Select::Fields(paths(Binder { object }, &names)?),
        };
        let filter = self.filter(object)?;
        let order = self.order(object)?;
        let limit = self.count_after("LIMIT")?;
        let offset = self.count_after("OFFSET")?.unwrap_or(0);
        Ok(Query {
            select,
            object,
            filter,
            order,
            limit,
            offset,
        })
    }

    /// `None` for `COUNT()`.
    fn select_list(&mut self) -> Result<Option<Vec<Token>>, QueryError> {
        let first = self.name()?;
        if self.sign("(") {
            let counts = matches!(&first.kind, TokenKind::Word(word)
                if word.eq_ignore_ascii_case("COUNT"));
            if counts && self.sign(")") {
                return Ok(None);
            }
            return Err(self.unexpected());
        }
        let mut names = vec![first];
        while self.sign(",") {
            names.push(self.name()?);
        }
        Ok(Some(names))
    }

    /// The object's name.
    pub(crate) fn object(&mut self) -> Result<Object, QueryError> {
        let name = self.name()?;
        let TokenKind::Word(word) = &name.kind else {
            return Err(self.unexpected());
        };
        Object::named(word).ok_or_else(|| {
            let message = format!(
                "sObject type '{word}' is not supported. If you are attempting to use a custom \
                 object, be sure to append the '__c' after the entity name. Please reference your \
                 WSDL or the describe call for the appropriate names."
            );
            QueryError::new("INVALID_TYPE", message).at(name.at)
        })
    }

    /// A list of fields.
    pub(crate) fn fields(&mut self, object: Object) -> Result<Vec<Path>, QueryError> {
        let mut names = vec![self.name()?];
        while self.sign(",") {
            names.push(self.name()?);
        }
        paths(Binder { object }, &names)
    }

    /// `WHERE …`, if it comes.
    pub(crate) fn filter(&mut self, object: Object) -> Result<Option<Filter>, QueryError> {
        if !self.keyword("WHERE") {
            return Ok(None);
        }
        self.condition(Binder { object }).map(Some)
    }

    /// A condition by itself, without its `WHERE`.
    pub(crate) fn condition(&mut self, binder: Binder) -> Result<Filter, QueryError> {
        let first = self.simple(binder)?;
        if self.next_is("AND") {
            let parts = self.chain(binder, first, "AND")?;
            return self.no_mixing("OR").map(|()| Filter::All(parts));
        }
        if self.next_is("OR") {
            let parts = self.chain(binder, first, "OR")?;
            return self.no_mixing("AND").map(|()| Filter::Any(parts));
        }
        Ok(first)
    }

    fn chain(
        &mut self,
        binder: Binder,
        first: Filter,
        word: &str,
    ) -> Result<Vec<Filter>, QueryError> {
        let mut parts = vec![first];
        while self.keyword(word) {
            parts.push(self.simple(binder)?);
        }
        Ok(parts)
    }

    fn no_mixing(&mut self, other: &str) -> Result<(), QueryError> {
        if self.next_is(other) {
            return Err(self.unexpected());
        }
        Ok(())
    }

    fn simple(&mut self, binder: Binder) -> Result<Filter, QueryError> {
        if self.keyword("NOT") {
            self.deeper()?;
            let inner = self.simple(binder)?;
            self.depth -= 1;
            return Ok(Filter::Not(Box::new(inner)));
        }
        if self.sign("(") {
            self.deeper()?;
            let inner = self.condition(binder)?;
            self.depth -= 1;
            if !self.sign(")") {
                return Err(self.unexpected());
            }
            return Ok(inner);
        }
        self.comparison(binder).map(Filter::Compare)
    }

    fn deeper(&mut self) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(QueryError::malformed("too many nested conditions"));
        }
        Ok(())
    }

    fn comparison(&mut self, binder: Binder) -> Result<Comparison, QueryError> {
        let name = self.name()?;
        let path = path(binder, &name)?;
        let operator_at = self.position();
        let (operator, list) = self.operator()?;
        let mut tokens = Vec::new();
        if list {
            if !self.sign("(") {
                return Err(self.unexpected());
            }
            tokens.push(self.value()?);
            while self.sign(",") {
                tokens.push(self.value()?);
            }
            if !self.sign(")") {
                return Err(self.unexpected());
            }
        } else {
            tokens.push(self.value()?);
        }
        let mut values = Vec::with_capacity(tokens.len());
        for token in tokens {
            let literal =
                Binder::literal(&path, operator, &token.kind).map_err(|error| error.at(name.at))?;
            if operator == Operator::Like && !matches!(literal, Literal::Text(_)) {
                let message = "invalid operator on this field: LIKE takes a text";
                let error = QueryError::new("INVALID_QUERY_FILTER_OPERATOR", message);
                return Err(error.at(operator_at));
            }
            values.push(literal);
        }
        Ok(Comparison {
            path,
            operator,
            values,
        })
    }

    /// The operator, and whether a list follows.
    fn operator(&mut self) -> Result<(Operator, bool), QueryError> {
        for (sign, operator) in [
            ("=", Operator::Equal),
            ("!=", Operator::NotEqual),
            ("<>", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ] {
            if self.sign(sign) {
                return Ok((operator, false));
            }
        }
        if self.keyword("LIKE") {
            return Ok((Operator::Like, false));
        }
        if self.keyword("IN") {
            return Ok((Operator::Equal, true));
        }
        if self.keyword("NOT") && self.keyword("IN") {
            return Ok((Operator::NotEqual, true));
        }
        Err(self.unexpected())
    }

    /// `ORDER BY …`, if it comes.
    pub(crate) fn order(&mut self, object: Object) -> Result<Vec<Order>, QueryError> {
        let mut order = Vec::new();
        if !self.keyword("ORDER") {
            return Ok(order);
        }
        if !self.keyword("BY") {
            return Err(self.unexpected());
        }
        loop {
            let name = self.name()?;
            let path = path(Binder { object }, &name)?;
            let descending = self.keyword("DESC");
            if !descending {
                self.keyword("ASC");
            }
            let mut nulls_last = false;
            if self.keyword("NULLS") {
                nulls_last = self.keyword("LAST");
                if !nulls_last && !self.keyword("FIRST") {
                    return Err(self.unexpected());
                }
            }
            order.push(Order {
                path,
                descending,
                nulls_last,
            });
            if !self.sign(",") {
                return Ok(order);
            }
        }
    }

    /// The number after `LIMIT` or `OFFSET`, if the word comes.
    pub(crate) fn count_after(&mut self, word: &str) -> Result<Option<usize>, QueryError> {
        if !self.keyword(word) {
            return Ok(None);
        }
        let token = self.value()?;
        if let TokenKind::Value(value) = &token.kind
            && let Ok(count) = value.parse()
        {
            return Ok(Some(count));
        }
        Err(unexpected_token(&token))
    }

    /// Takes the keyword if it is next.
    pub(crate) fn keyword(&mut self, word: &str) -> bool {
        let is_next = self.next_is(word);
        if is_next {
            self.tokens.next();
        }
        is_next
    }

    /// Takes the sign if it is next.
    pub(crate) fn sign(&mut self, sign: &str) -> bool {
        self.tokens
            .next_if(|token| matches!(token.kind, TokenKind::Sign(one) if one == sign))
            .is_some()
    }

    /// Nothing may follow.
    pub(crate) fn end(&mut self) -> Result<(), QueryError> {
        match self.tokens.peek() {
            None => Ok(()),
            Some(token) => Err(unexpected_token(token)),
        }
    }

    /// The failure that what comes next was not to be expected.
    pub(crate) fn unexpected(&mut self) -> QueryError {
        match self.tokens.peek() {
            Some(token) => unexpected_token(token),
            None => QueryError::malformed("unexpected token: '<EOF>'").at(self.end),
        }
    }

    fn next_is(&mut self, word: &str) -> bool {
        self.tokens.peek().is_some_and(
            |token| matches!(&token.kind, TokenKind::Word(one) if one.eq_ignore_ascii_case(word)),
        )
    }

    fn position(&mut self) -> usize {
        self.tokens.peek().map_or(self.end, |token| token.at)
    }

    fn name(&mut self) -> Result<Token, QueryError> {
        self.tokens
            .next_if(|token| matches!(token.kind, TokenKind::Word(_)))
            .ok_or_else(|| self.unexpected())
    }

    fn value(&mut self) -> Result<Token, QueryError> {
        self.tokens
            .next_if(|token| !matches!(token.kind, TokenKind::Sign(_)))
            .ok_or_else(|| self.unexpected())
    }
}

fn paths(binder: Binder, names: &[Token]) -> Result<Vec<Path>, QueryError> {
    names.iter().map(|name| path(binder, name)).collect()
}

fn path(binder: Binder, name: &Token) -> Result<Path, QueryError> {
    match &name.kind {
        TokenKind::Word(word) => binder.path(word).map_err(|error| error.at(name.at)),
        _ => Err(unexpected_token(name)),
    }
}

fn unexpected_token(token: &Token) -> QueryError {
    let text = match &token.kind {
        TokenKind::Word(text) | TokenKind::Value(text) | TokenKind::Text { text, .. } => text,
        TokenKind::Sign(sign) => *sign,
    };
    QueryError::malformed(format!("unexpected token: '{text}'")).at(token.at)
}
