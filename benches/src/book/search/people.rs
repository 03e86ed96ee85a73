//! A made phonebook of as many people as one likes, and what agents type to find them.
//!
//! Four of ten have Chinese names, four Latin ones, the others Russian or Arabic ones. Surnames and
//! given names are as unequally common as they are in life: some surnames have ten thousands.

use linecard_book::{Contact, ContactKey, Number, PhonebookKey, Slot};
use uuid::Uuid;

use crate::dice::Dice;

const STARTS: &str = "al an bar ben bo bri car chris da dan de el em fe fran ga ge gra han har he is \
                      jo jen ka ki la le lin ma mar mi na ni ol pa pe ra ri ro sa se sha si ste ta \
                      te tho va vi wal wil xa ya zo";
const MIDDLES: &str = "a be ce da de di do e fa ga go i ka ki la le li lo ma me mi mo na ne ni no o ra \
                       re ri ro sa se si so ta te ti to va ve vi";
const ENDS: &str = "a as berg da den der dt e el er es ez field ford ge ham i in ina is ka ke ken \
                    ko land le ley li lia man mann ne ni o on or ova owski ra ric rt s sen son stein \
                    sen ta ter ton tt us well wood y ya";
const BRANCHES: &str = "Ltd GmbH Inc AG Group Trading Logistics Software Bank Motors Foods Energy";
const SURNAMES: &str = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕\
                        苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江\
                        史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单翟仇解查";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志海波春梅雪晓东\
                     子轩浩然宇航欣怡雨桐梓涵佳豪思远一诺博瑞俊峰鹏飞慧颖莉萍丹宁婷倩雯琳瑶乐行长重阳";
const RUSSIAN_FIRST: &str = "Иван Пётр Сергей Алексей Дмитрий Ольга Наталья Елена Юлия Фёдор Мария \
                             Анна Игорь Павел Ирина";
const RUSSIAN_ROOTS: &str = "Иван Петр Сидор Кузнец Попов Соколов Волков Зайц Морозов Лебед Козл \
                             Новик Павл Семён Голуб Виноград Богдан Воробьёв Фёдор Михайл Беля Тарас";
const RUSSIAN_ENDS: &str = "ов ев ин енко ский цов ёв кин";
const ARABIC_FIRST: &str =
    "أحمد محمد علي حسن فاطمة خديجة يوسف إبراهيم عمر خالد ليلى سارة نور عبدالله";
const ARABIC_LAST: &str = "الأحمد حسين المصري السوري الهاشمي العلي عثمان عباس الشريف البغدادي الخطيب \
                           الراشد القاضي الأنصاري الزهراني";

/// So many people.
pub(super) struct People {
    dice: Dice,
    left: usize,
    place: u64,
}

impl People {
    pub(super) fn new(count: usize) -> Self {
        Self {
            dice: Dice::new(7),
            left: count,
            place: 0,
        }
    }

    fn name(&mut self) -> String {
        match self.dice.below(10) {
            0..=3 => {
                let mut name = self.letter(SURNAMES);
                for _ in 0..self.dice.between(1, 2) {
                    name.push_str(&self.letter(GIVEN));
                }
                name
            }
            4..=7 => format!("{} {}", self.latin(1), self.latin(2)),
            8 => {
                let (first, root) = (self.word(RUSSIAN_FIRST), self.word(RUSSIAN_ROOTS));
                format!("{first} {root}{}", self.word(RUSSIAN_ENDS))
            }
            _ => format!("{} {}", self.word(ARABIC_FIRST), self.word(ARABIC_LAST)),
        }
    }

    fn latin(&mut self, most: usize) -> String {
        let mut name = self.word(STARTS).to_owned();
        for _ in 0..self.dice.between(0, most) {
            name.push_str(self.word(MIDDLES));
        }
        name.push_str(self.word(ENDS));
        capital(&name)
    }

    fn company(&mut self) -> String {
        format!("{} {}", self.latin(2), self.word(BRANCHES))
    }

    /// A common word more often than a rare one.
    fn word(&mut self, of: &'static str) -> &'static str {
        let words: Vec<&str> = of.split_whitespace().collect();
        let place = self.uneven(words.len());
        words.get(place).copied().unwrap_or_default()
    }

    fn letter(&mut self, of: &str) -> String {
        let letters: Vec<char> = of.chars().filter(|it| !it.is_whitespace()).collect();
        let place = self.uneven(letters.len());
        letters.get(place).map(char::to_string).unwrap_or_default()
    }

    fn uneven(&mut self, end: usize) -> usize {
        self.dice.below(end).min(self.dice.below(end))
    }

    fn number(&mut self) -> String {
        match self.dice.below(4) {
            0 => format!("+1415555{:04}", self.dice.below(10_000)),
            1 => format!("+4930{:07}", self.dice.below(10_000_000)),
            _ => format!("+86138{:08}", self.dice.below(100_000_000)),
        }
    }
}

impl Iterator for People {
    type Item = Contact;

    fn next(&mut self) -> Option<Contact> {
        self.left = self.left.checked_sub(1)?;
        self.place += 1;
        let numbers = self.dice.between(1, 2);
        Some(Contact {
            key: ContactKey(Uuid::from_u64_pair(1, self.place)),
            phonebook: PhonebookKey(Uuid::from_u64_pair(2, self.place % 5)),
            name: self.name(),
            company: (self.dice.below(3) > 0).then(|| self.company()),
            numbers: (Slot::ALL.into_iter().take(numbers))
                .map(|slot| {
                    let written = self.number();
                    let e164 = written.parse().ok();
                    Number {
                        slot,
                        written,
                        e164,
                    }
                })
                .collect(),
        })
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
