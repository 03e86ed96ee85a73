//! What Linecard itself says about a CRM's failure, as the API tells it: a code that the pages say
//! in the reader's language.

use linecard_crm::{Advice, AdviceCode, Words};
use serde::{Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// What Linecard knows about a CRM's failure, beside the CRM's own words: what is wrong, and what
/// a person does about it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CrmAdvice {
    /// Which advice it is; stable. The pages say it in the reader's language.
    code: CrmAdviceCode,
    /// What it is about, where it is about something: an address, a field, a scope. Data: to be
    /// shown as text.
    #[schema(required)]
    about: Option<String>,
}

/// The kinds of advice, in their stable words.
#[derive(Debug, Clone)]
pub(crate) struct CrmAdviceCode(AdviceCode);

impl From<Advice> for CrmAdvice {
    fn from(advice: Advice) -> Self {
        Self {
            code: CrmAdviceCode(advice.code),
            about: advice.about,
        }
    }
}

impl From<&Advice> for CrmAdvice {
    fn from(advice: &Advice) -> Self {
        advice.clone().into()
    }
}

impl CrmAdvice {
    /// What it is about, to hide what somebody may not know.
    pub(crate) fn about_mut(&mut self) -> Option<&mut String> {
        self.about.as_mut()
    }
}

/// What was said about a failure, as the API tells it: the other side's own words, `None` where it
/// said nothing, and what Linecard knows about it.
pub(crate) fn told(words: Option<Words>) -> (Option<String>, Option<CrmAdvice>) {
    let advice = advice(words.as_ref());
    let text = words.map(|it| it.text).filter(|it| !it.is_empty());
    (text, advice)
}

/// What Linecard knows about it.
pub(crate) fn advice(words: Option<&Words>) -> Option<CrmAdvice> {
    words?.advice.as_ref().map(CrmAdvice::from)
}

impl Serialize for CrmAdviceCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code())
    }
}

/// Every code is named, so that a page without a text for one does not build.
impl PartialSchema for CrmAdviceCode {
    fn schema() -> RefOr<Schema> {
        let codes = AdviceCode::ALL.iter().map(|advice| advice.code());
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The kinds of advice."))
            .enum_values(Some(codes))
            .into()
    }
}

impl ToSchema for CrmAdviceCode {}
