//! In which order a list comes.

use crate::bitrix24::asked::Param;

/// Fields to sort by, each with whether it is downwards.
#[derive(Debug, Clone)]
pub(crate) struct Order<F>(pub(crate) Vec<(F, bool)>);

/// Reads `order: {ID: "ASC"}`. A field that `field` does not know is passed over.
pub(crate) fn read<F>(order: Option<&Param>, field: impl Fn(&str) -> Option<F>) -> Order<F> {
    Order(
        order
            .map_or(&[][..], Param::entries)
            .iter()
            .filter_map(|(name, direction)| {
                let is_down = direction
                    .text()
                    .is_some_and(|text| text.eq_ignore_ascii_case("desc"));
                Some((field(name)?, is_down))
            })
            .collect(),
    )
}

impl<F> Order<F> {
    /// Whether records come by their ids, upwards, as they are kept.
    pub(crate) fn is_by_id(&self, is_id: impl Fn(&F) -> bool) -> bool {
        match self.0.as_slice() {
            [] => true,
            [(field, is_down), ..] => is_id(field) && !is_down,
        }
    }
}
