//! How Chinese characters are read: all their readings, for each may be typed.
//!
//! A character of a surname is often read otherwise than in a word: 曾 is Zeng, not ceng. Most such
//! readings are among those of the character; the table below says which is the usual one of a
//! surname and adds what is missing.

use pinyin::ToPinyinMulti as _;

/// A reading of a character, without its tone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// In small letters: `zeng`.
    pub(super) text: &'static str,
    /// It is how the character is read most, where it stands.
    pub(super) usual: bool,
}

/// Surnames that are read otherwise than the character in most words.
const SURNAMES: &[(char, &str)] = &[
    ('曾', "zeng"),
    ('单', "shan"),
    ('單', "shan"),
    ('翟', "zhai"),
    ('仇', "qiu"),
    ('解', "xie"),
    ('任', "ren"),
    ('查', "zha"),
    ('盖', "ge"),
    ('蓋', "ge"),
    ('朴', "piao"),
    ('区', "ou"),
    ('區', "ou"),
    ('乐', "yue"),
    ('樂', "yue"),
    ('缪', "miao"),
    ('繆', "miao"),
    ('宓', "fu"),
    ('员', "yun"),
    ('員', "yun"),
    ('种', "chong"),
    ('秘', "bi"),
    ('覃', "qin"),
    ('繁', "po"),
    ('祭', "zhai"),
    ('召', "shao"),
    ('牟', "mu"),
    ('隗', "wei"),
    ('莘', "shen"),
    ('谌', "chen"),
    ('諶', "chen"),
    ('卜', "bu"),
    ('纪', "ji"),
    ('紀', "ji"),
    ('句', "gou"),
    ('洗', "xian"),
    ('冼', "xian"),
    ('那', "na"),
    ('哈', "ha"),
    ('石', "shi"),
    ('沈', "shen"),
    ('车', "che"),
    ('車', "che"),
    ('柏', "bai"),
    ('薄', "bo"),
    ('折', "she"),
    ('逄', "pang"),
    ('长', "zhang"),
    ('尉', "yu"),
    ('万', "wan"),
    ('俞', "yu"),
    ('叶', "ye"),
    ('宿', "su"),
    ('洪', "hong"),
    ('燕', "yan"),
    ('应', "ying"),
    ('宁', "ning"),
    ('葛', "ge"),
    ('邵', "shao"),
    ('晁', "chao"),
    ('臧', "zang"),
    ('阚', "kan"),
    ('褚', "chu"),
    ('尹', "yin"),
];

/// Surnames of two characters whose first is not read as it is alone.
const LONG_SURNAMES: &[([char; 2], [&str; 2])] = &[
    (['尉', '迟'], ["yu", "chi"]),
    (['万', '俟'], ["mo", "qi"]),
    (['澹', '台'], ["tan", "tai"]),
    (['长', '孙'], ["zhang", "sun"]),
    (['单', '于'], ["chan", "yu"]),
    (['令', '狐'], ["ling", "hu"]),
    (['宇', '文'], ["yu", "wen"]),
    (['夏', '侯'], ["xia", "hou"]),
    (['皇', '甫'], ["huang", "fu"]),
];

/// The readings of the first characters of a name as a surname; `None`: they are read as usual.
pub(super) fn surname(first: char, second: Option<char>) -> Option<([&'static str; 2], usize)> {
    let long = LONG_SURNAMES
        .iter()
        .find(|(name, _)| name[0] == first && Some(name[1]) == second);
    if let Some((_, readings)) = long {
        return Some((*readings, 2));
    }
    let short = SURNAMES.iter().find(|(name, _)| *name == first);
    short.map(|(_, reading)| ([*reading, ""], 1))
}

/// Hands on every reading of a character, some perhaps twice, the usual one first: `surname` where
/// it is given.
pub(super) fn each_reading(
    letter: char,
    surname: Option<&'static str>,
    mut take: impl FnMut(Reading),
) {
    if let Some(text) = surname {
        take(Reading { text, usual: true });
    }
    for (place, reading) in letter.to_pinyin_multi().into_iter().flatten().enumerate() {
        for text in typed(reading.plain()) {
            let usual = place == 0 && surname.is_none();
            take(Reading { text, usual });
        }
    }
}

/// How a syllable is typed: `ü` is on no keyboard, so it is typed as `v` or `u`.
fn typed(syllable: &'static str) -> [&'static str; 2] {
    match syllable {
        "lü" => ["lv", "lu"],
        "nü" => ["nv", "nu"],
        "lüe" => ["lve", "lue"],
        "nüe" => ["nve", "nue"],
        plain => [plain, plain],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(letter: char, surname: Option<&'static str>) -> Vec<&'static str> {
        let mut all = Vec::new();
        each_reading(letter, surname, |it| {
            if !all.contains(&it.text) {
                all.push(it.text);
            }
        });
        all
    }

    #[test]
    fn f14_both_readings_of_a_heteronym_are_known() {
        assert!(read('重', None).starts_with(&["zhong", "chong"]));
        assert!(read('乐', None).contains(&"yue") && read('乐', None).contains(&"le"));
        assert_eq!(read('吕', None)[..2], ["lv", "lu"]);
    }

    #[test]
    fn f14_a_surname_is_read_as_a_surname_first() {
        for (letter, wanted) in [
            ('曾', "zeng"),
            ('单', "shan"),
            ('翟', "zhai"),
            ('仇', "qiu"),
        ] {
            let (reading, _) = surname(letter, None).unwrap();
            assert_eq!(reading[0], wanted);
            assert_eq!(read(letter, Some(reading[0]))[0], wanted);
        }
        assert_eq!(surname('尉', Some('迟')).unwrap().0, ["yu", "chi"]);
    }
}
