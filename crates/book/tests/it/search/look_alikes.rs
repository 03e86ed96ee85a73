//! Four thousand people who are easily taken for one another: in each language every first name
//! with every surname, many of which begin or sound alike.

use linecard_book::{Contact, ContactKey, Number, PhonebookKey, Slot};
use uuid::Uuid;

struct Language {
    surname_first: bool,
    first: &'static str,
    last: &'static str,
    companies: &'static [&'static str],
    /// The number of the one at this place.
    number: fn(u64) -> String,
}

const LANGUAGES: [Language; 5] = [
    Language {
        surname_first: false,
        first: "John Jon Jonathan Joan Johanna James Jane Jack Grace Graham Michael Michelle \
                Christopher Christina Elizabeth Eliza Margaret Mary Marie Sean Shaun William \
                Wilma Anne Anna Andrew Stephen Steven Katherine Catherine",
        last: "Smith Smyth Smythe Smithson Smithers O'Brien O'Connor Brown Browne Browning \
                MacDonald McDonald Taylor Tyler Thompson Thomson Johnson Johnston Hopper Hooper \
                Cooper Lovelace Wright White Whitehead Clark Clarke Baker Barker Harrison Harris",
        companies: &[
            "Acme Tools",
            "Blue Harbour Ltd",
            "Northwind Traders",
            "Initech",
            "3M Company",
            "Globex Corporation",
            "AT&T Services",
        ],
        number: |place| format!("+1415{:07}", (place * 7_919 + 1_234_567) % 10_000_000),
    },
    Language {
        surname_first: false,
        first: "Jürgen Jörg Jens Johann Hans Hannes Müjde Günther Günter Käthe Katharina Björn \
                Bernd Bernhard Ursula Uwe Ulrich Anke Antje Annette Sönke Wolfgang Wolfram Heike \
                Heiko",
        last: "Müller Mueller Möller Miller Schmidt Schmitt Schmitz Schröder Schrader Groß \
                Grosz Weiß Weiss Weisshaupt Köhler Kohler Bäcker Becker Jäger Krüger Kruger \
                Straßburger Schäfer Schaffer Hübner Vogel Vogelsang Fuchs Fuchsberger Lößnitz",
        companies: &[
            "Bäckerei Krömer GmbH",
            "Müller & Söhne KG",
            "Stadtwerke Lübeck",
            "Elektro Weiß",
            "Autohaus Süd AG",
        ],
        number: |place| format!("+4930{:07}", (place * 7_919 + 1_234_567) % 10_000_000),
    },
    Language {
        surname_first: false,
        first: "Иван Ирина Игорь Сергей Светлана Пётр Павел Фёдор Алексей Александр Александра \
                Юрий Юлия Наталья Наталия Ольга Олег Дмитрий Дарья Елена Екатерина Михаил Мария \
                Марина Владимир",
        last: "Иванов Иваненко Петров Петренко Сидоров Смирнов Соловьёв Соловей Кузнецов \
                Кузьмин Попов Поповский Чайковский Чехов Щербаков Шевченко Йованович Ёлкин Елкин \
                Жуков Журавлёв Морозов Мороз Волков Волконский Лебедев Лебединский Козлов \
                Ковалёв Зайцев",
        companies: &[
            "ООО Ромашка",
            "Газстрой",
            "Банк Север",
            "Заря и Ко",
            "Технопарк",
        ],
        number: |place| format!("+7495{:07}", (place * 7_919 + 1_234_567) % 10_000_000),
    },
    Language {
        surname_first: false,
        first: "أحمد محمد محمود إبراهيم عبدالله عبدالرحمن فاطمة خديجة عائشة هدى هند ليلى سلمى \
                سارة خالد خليل علي عليا عمر عمار يوسف ياسر نور نورة مصطفى",
        last: "الأحمد حسن حسين الحسيني المصري السوري الهاشمي القرشي العلي عثمان عباس العباسي \
                إسماعيل إسحاق الشريف شريف البغدادي الدمشقي الخطيب خطاب الراشد راشد القاضي \
                الأنصاري أنصاري الزهراني الغامدي الفارسي التونسي بدوي",
        companies: &["شركة النور", "مصرف الخليج", "مكتبة الأمل", "مؤسسة الفجر"],
        number: |place| format!("+9661{:07}", (place * 7_919 + 1_234_567) % 10_000_000),
    },
    Language {
        surname_first: true,
        first: "小明 晓明 伟 薇 建国 建军 乐 行 长青 重阳 丽丽 莉 志强 子轩 梓萱 雨桐 宇航 雪梅 国庆 海燕 秀英 文博 文静 佳 家豪 思远 一诺 浩然 欣怡 \
                静",
        last: "王 汪 李 黎 张 章 刘 陈 杨 赵 黄 周 吴 徐 孙 朱 曾 单 翟 仇 解 任 查 盖 乐 吕 欧阳 上官 尉迟 区",
        companies: &[
            "华为技术",
            "腾讯科技",
            "北京银行",
            "重庆长安汽车",
            "360安全",
            "中国移动",
        ],
        number: |place| {
            format!(
                "+8613{:09}",
                (place * 7_919_321 + 123_456_789) % 1_000_000_000
            )
        },
    },
];

/// All of them, in one phonebook. No two have the same name.
pub(super) fn all() -> Vec<Contact> {
    let mut contacts: Vec<Contact> = Vec::new();
    for language in &LANGUAGES {
        let mut place = 0;
        for last in language.last.split(' ') {
            for first in language.first.split(' ') {
                let name = if language.surname_first {
                    format!("{last}{first}")
                } else {
                    format!("{first} {last}")
                };
                let key = Uuid::from_u64_pair(1, contacts.len() as u64);
                contacts.push(language.contact(key, name, place));
                place += 1;
            }
        }
    }
    contacts
}

impl Language {
    fn contact(&self, key: Uuid, name: String, place: usize) -> Contact {
        let number = (self.number)(place as u64);
        let company = self.companies[(place * 7 + place / 31) % self.companies.len()];
        Contact {
            key: ContactKey(key),
            phonebook: PhonebookKey(Uuid::nil()),
            name,
            company: Some(company.to_owned()),
            numbers: vec![Number {
                slot: Slot::Business,
                e164: number.parse().ok(),
                written: number,
            }],
        }
    }
}
