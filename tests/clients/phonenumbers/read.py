"""What Google's own library makes of numbers.

Reads lines of JSON from standard input and answers each with one. A question is a list:
["number", country, text] or ["pair", country, text, text]. The answer to a number says what the
library understood, and what a company in that country without any habits reads; that second part
states the rules of docs/numbers.md once more, on top of Google's functions. The answer to a pair
says whether both are the same number. `--version` prints the library's version.
"""

import json
import re
import sys

import phonenumbers
from phonenumbers import MatchType, PhoneNumberFormat

WITHHELD = {
    "", "anonymous", "unknown", "restricted", "private", "withheld", "unavailable", "blocked",
    "private number", "unknown number", "number withheld", "no caller id",
}
SHORTEST_NATIONAL = 7
LOST_PLUS = 9
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def parse(text, country):
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None


def form(number, kind):
    return phonenumbers.format_number(number, kind)


def understood(text, country):
    """What the library itself says of the text."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return {
        "e164": form(number, PhoneNumberFormat.E164),
        "extension": number.extension or None,
        "valid": phonenumbers.is_valid_number(number),
        "possible": phonenumbers.is_possible_number(number),
        "national": form(number, PhoneNumberFormat.NATIONAL),
        "international": form(number, PhoneNumberFormat.INTERNATIONAL),
        "rfc3966": form(number, PhoneNumberFormat.RFC3966),
    }


def lacks_trunk_prefix(text, number):
    national = phonenumbers.national_significant_number(number)
    usual = phonenumbers.normalize_digits_only(form(number, PhoneNumberFormat.NATIONAL))
    return usual != national and phonenumbers.normalize_digits_only(text) == national


def ways(text, country):
    """Every way in which the text may be a number, the likeliest first."""
    before = re.split(r"\d", text, maxsplit=1)[0]
    if "+" in before or "\uff0b" in before:
        return [parse(text, country)]
    digits = len(re.findall(r"\d", text))
    here = parse(text, country)
    if here and digits < SHORTEST_NATIONAL and lacks_trunk_prefix(text, here):
        here = None
    if text.startswith("00"):
        return [here, parse("+" + text[2:], country)]
    if digits >= LOST_PLUS and not text.startswith("0"):
        return [here, parse("+" + text, country)]
    return [here]


def is_number(number):
    """7 to 15 digits, as E.164 has them."""
    return re.fullmatch(r"\+[1-9]\d{6,14}", form(number, PhoneNumberFormat.E164)) is not None


def read(text, country):
    """What a company in that country reads."""
    if len(text) > 64 or len(text.encode()) > 256:
        return ["unreadable"]
    text = INVISIBLE.sub("", text.strip()).strip() if not text.isascii() else text.strip()
    if text.strip('<>" ').lower() in WITHHELD:
        return ["withheld"]
    found = [number for number in ways(text, country) if number]
    for number in found:
        if phonenumbers.is_valid_number(number) and is_number(number):
            return ["phone", form(number, PhoneNumberFormat.E164), number.extension or None]
    if re.fullmatch(r"[0-9]{3,6}", text):
        return ["short_code", text]
    for number in found:
        national = phonenumbers.national_significant_number(number)
        if (
            phonenumbers.is_possible_number(number)
            and is_number(number)
            and len(national) >= SHORTEST_NATIONAL
        ):
            return ["phone", form(number, PhoneNumberFormat.E164), number.extension or None]
    return ["unreadable"]


def same(one, other, country):
    """Whether Google's library takes both for one number. An extension plays no part: a caller
    never shows it. `None`: one of them is no number that the numbering plan knows."""
    numbers = [parse(text, country) for text in (one, other)]
    if not all(number and phonenumbers.is_valid_number(number) for number in numbers):
        return None
    for number in numbers:
        number.extension = None
    return phonenumbers.is_number_match(*numbers) == MatchType.EXACT_MATCH


def answer(question):
    kind, country, *texts = question
    if kind == "pair":
        return same(*texts, country)
    return {"understood": understood(texts[0], country), "read": read(texts[0], country)}


def main():
    if sys.argv[1:] == ["--version"]:
        print(phonenumbers.__version__)
        return
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))))


main()
