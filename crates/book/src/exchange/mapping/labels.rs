//! What kind a number is, where the file names kinds and not places.

use super::words::folded;
use crate::Slot;

/// A kind of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange) enum Kind {
    Business,
    BusinessFax,
    Mobile,
    Home,
    HomeFax,
    Other,
}

impl Kind {
    /// The places of a contact for numbers of this kind, the first that is free is taken.
    pub(in crate::exchange) fn slots(self) -> &'static [Slot] {
        match self {
            Self::Business => &[Slot::Business, Slot::Business2, Slot::Other],
            Self::BusinessFax => &[Slot::BusinessFax, Slot::Other],
            Self::Mobile => &[Slot::Mobile, Slot::Mobile2, Slot::Other],
            Self::Home => &[Slot::Home, Slot::Home2, Slot::Other],
            Self::HomeFax => &[Slot::HomeFax, Slot::Other],
            Self::Other => &[Slot::Other, Slot::Business, Slot::Business2],
        }
    }

    /// The kind that a label names.
    pub(super) fn of_label(label: &str) -> Self {
        let label = folded(label);
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        let is_home = has(&["home", "privat", "住宅", "家"]);
        if has(&["fax", "传真", "傳真"]) {
            return if is_home {
                Self::HomeFax
            } else {
                Self::BusinessFax
            };
        }
        if has(&[
            "mobile", "mobil", "cell", "handy", "iphone", "手机", "手機", "移动", "移動",
        ]) {
            Self::Mobile
        } else if is_home {
            Self::Home
        } else if has(&[
            "work",
            "business",
            "office",
            "company",
            "main",
            "geschäft",
            "arbeit",
            "büro",
            "工作",
            "单位",
            "單位",
            "公司",
            "商务",
            "办公",
        ]) {
            Self::Business
        } else {
            Self::Other
        }
    }
}
