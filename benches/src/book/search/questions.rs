//! What agents type, made of the people who are there: each kind of question apart.

use linecard_book::Contact;
use pinyin::ToPinyin as _;

use crate::dice::Dice;

/// Questions of one kind.
pub(super) struct Kind {
    /// Its name.
    pub(super) name: &'static str,
    /// What is typed.
    pub(super) texts: Vec<String>,
}

/// Of each kind `count` questions about `people`.
pub(super) fn all(people: &[Contact], count: usize) -> Vec<Kind> {
    type Make = fn(&mut Dice, &Contact) -> Option<String>;
    let kinds: [(&'static str, Make); 16] = [
        ("one_letter", |_, it| latin(it).map(|name| cut(name, 1))),
        ("two_letters", |_, it| latin(it).map(|name| cut(name, 2))),
        ("three_letters", |_, it| latin(it).map(|name| cut(name, 3))),
        ("a_b_c", |dice, it| {
            let letter =
                |dice: &mut Dice| char::from(b'a' + u8::try_from(dice.below(26)).unwrap_or(0));
            latin(it).map(|_| format!("{} {} {}", letter(dice), letter(dice), letter(dice)))
        }),
        ("name", |_, it| latin(it).map(str::to_lowercase)),
        ("parts_last_first", |dice, it| {
            let (first, last) = latin(it)?.split_once(' ')?;
            let long = dice.between(2, 5);
            Some(format!("{} {}", cut(last, long), cut(first, 2)))
        }),
        ("joined", |_, it| {
            latin(it).map(|name| name.replace(' ', "").to_lowercase())
        }),
        ("name_and_company", |dice, it| {
            let long = dice.between(2, 6);
            Some(format!(
                "{} {}",
                cut(it.company.as_ref()?, long),
                cut(&it.name, 2)
            ))
        }),
        ("other_scripts", |dice, it| {
            let is_other = !it.name.is_ascii() && !is_chinese(it);
            is_other.then(|| cut(&it.name, dice.between(2, 9)))
        }),
        ("characters", |dice, it| {
            is_chinese(it).then(|| cut(&it.name, dice.between(1, 3)))
        }),
        ("pinyin", |_, it| spoken(it).map(|all| all.concat())),
        ("pinyin_mixed", |dice, it| {
            let all = spoken(it)?;
            let cut = |(place, it): (usize, &&str)| {
                cut(it, if place == 0 { 6 } else { dice.between(1, 3) })
            };
            Some(all.iter().enumerate().map(cut).collect())
        }),
        ("pinyin_initials", |_, it| {
            spoken(it).map(|all| all.iter().map(|it| cut(it, 1)).collect())
        }),
        ("keypad", |dice, it| {
            let name = spoken(it)
                .map(|all| all.concat())
                .or_else(|| latin(it).map(str::to_owned))?;
            let long = dice.between(2, 12);
            Some(keypad(&cut(&name.to_lowercase(), long)))
        }),
        ("digits", |dice, it| {
            let digits = it.numbers.first()?.e164.as_ref()?.digits();
            let long = dice.between(3, 7);
            let start = dice.below(digits.len() - long);
            digits.get(start..start + long).map(str::to_owned)
        }),
        ("nobody", |dice, it| {
            latin(it).map(|name| format!("{name} {}", cut("qwxzvbkj", dice.between(3, 8))))
        }),
    ];
    let mut dice = Dice::new(11);
    kinds
        .into_iter()
        .map(|(name, make)| {
            let mut texts = Vec::with_capacity(count);
            while texts.len() < count {
                texts.extend(
                    dice.one(people)
                        .cloned()
                        .and_then(|it| make(&mut dice, &it)),
                );
            }
            Kind { name, texts }
        })
        .collect()
}

fn latin(contact: &Contact) -> Option<&str> {
    contact.name.is_ascii().then_some(contact.name.as_str())
}

fn is_chinese(contact: &Contact) -> bool {
    contact
        .name
        .chars()
        .all(|letter| letter.to_pinyin().is_some())
}

/// The pinyin of a Chinese name, character by character.
pub(super) fn spoken(contact: &Contact) -> Option<Vec<&'static str>> {
    let read = |letter: char| letter.to_pinyin().map(pinyin::Pinyin::plain);
    contact.name.chars().map(read).collect()
}

fn cut(text: &str, letters: usize) -> String {
    text.to_lowercase().chars().take(letters).collect()
}

/// A text as it is typed on a keypad.
pub(super) fn keypad(text: &str) -> String {
    let digit = |letter: char| match letter {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        'w'..='z' => '9',
        other => other,
    };
    text.chars().map(digit).collect()
}
