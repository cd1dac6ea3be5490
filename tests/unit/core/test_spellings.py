"""Are spellings of one thing the same, and of two things not?"""

from __future__ import annotations

import pytest

from sanctuary.core import spellings


@pytest.mark.parametrize(
    "text",
    [
        "020 7946 0123",
        "02079460123",
        "(020) 7946-0123",
        "020.7946.0123",
        "+44 20 7946 0123",
        "+44 (0)20 7946 0123",
        "+44 020 7946 0123",
        "(+44) 20 7946 0123",
        "0044 20 7946 0123",
        "00 44 (0) 20 7946 0123",
        "44 20 7946 0123",
        "tel: +44-20-7946-0123",
        "020 7946 0123 ext 12",
        "020 7946 0123 x 12",
        "020 7946 0123 #12",
        "０２０ ７９４６ ０１２３",
        "20 7946 0123",
    ],
)
def test_one_number_in_all_its_spellings(text: str) -> None:
    assert spellings.phone(text) == "2079460123"


def test_other_numbers_are_others() -> None:
    assert spellings.phone("020 7946 0124") == "2079460124"
    assert spellings.phone("+33 1 79 46 01 23") == spellings.phone("0033 179460123") == "+33179460123"
    # What begins with 44 and is no longer than any number here has no country code.
    assert spellings.phone("044 7946 0123") == "4479460123"
    assert spellings.phone("999") == spellings.phone("no phone") == spellings.phone("") == ""
    assert spellings.phone("07946 012") == ""


def test_numbers_among_words() -> None:
    text = "Ring 020 7946 0123, else +44 (0)20 7946 0188 before 10; never 020 7946 0199/020 7946 0111"
    found = spellings.phones(text)
    assert {"2079460123", "2079460188", "2079460199", "2079460111"} <= found
    assert spellings.phones("weekdays from 10 to 2") == spellings.phones("") == frozenset()


@pytest.mark.parametrize(
    "text", ["dana@mail.example", " Dana@Mail.Example ", "mailto:dana@mail.example", "<dana+home@mail.example.>"]
)
def test_one_address_in_its_spellings(text: str) -> None:
    assert spellings.email(text) == "dana@mail.example"


def test_gmail_knows_no_dots_and_others_do() -> None:
    assert spellings.email("d.a.na@googlemail.com") == spellings.email("dana@gmail.com") == "dana@gmail.com"
    assert spellings.email("d.ana@mail.example") != spellings.email("dana@mail.example")
    assert spellings.email("dana") == spellings.email("@mail.example") == spellings.email("dana@") == ""
    assert spellings.email("+x@mail.example") == ""


def test_addresses_among_words() -> None:
    assert spellings.emails("write to <Dana@mail.example>, not a@b or (jo@mail.example).") == {
        "dana@mail.example",
        "jo@mail.example",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Dana Exley",
        "dana exley",
        "Ms Dana Marie Exley",
        "Exley, Dana",
        "EXLEY, Dana Marie",
        "Dana  Éxley.",
        "Dr. Exley Dana",
    ],
)
def test_one_name_in_its_spellings(text: str) -> None:
    assert spellings.name(text) == "dana exley"


def test_names_keep_apart() -> None:
    assert spellings.name("Dana Exley") != spellings.name("Dana Oxley")
    assert spellings.name("Łucja Şahin") == "lucja sahin"
    assert spellings.name("Jo O’Brien-Smith") == spellings.name("Smith, Jo") == "jo smith"
    assert spellings.name("Dazza") == spellings.name("Mr") == spellings.name("") == spellings.name("Exley,") == ""


def test_landlords_without_what_companies_add() -> None:
    assert (
        spellings.organisation("The Example Homes Ltd")
        == spellings.organisation("Example Homes Limited")
        == "example homes"
    )
    assert spellings.organisation("Ltd") == ""


def test_homes_by_postcode_and_number() -> None:
    assert spellings.home("Flat 2, 14 Alder Close", "ZZ1 1AA") == "zz11aa 14 2"
    assert spellings.home("14 Alder Close, flat 2\nZZ11AA") == "zz11aa 14 2"
    assert spellings.home("14 a Alder Close", "zz1-1aa") == spellings.home("No. 14A", "ZZ11AA") == "zz11aa 14a"
    assert (
        spellings.home("Rose Cottage, The Lane", "ZZ1 1AA")
        == spellings.home("rose cottage\nLane", "ZZ11AA")
        == "zz11aa rose cottage"
    )
    assert spellings.home("14 Alder Close", "ZZ1 1AA") != spellings.home("15 Alder Close", "ZZ1 1AA")
    assert spellings.home("14 Alder Close", "ZZ1 1AA") != spellings.home("14 Alder Close", "ZZ1 1AB")
    assert spellings.home("14 Alder Close") == spellings.home("", "ZZ1 1AA") == spellings.home("") == ""


def test_homes_without_a_postcode_by_number_and_street() -> None:
    assert (
        spellings.street("14 Alder Close, Example")
        == spellings.street("No 14, Alder Close ZZ1 1AA")
        == "14 alder close"
    )
    assert spellings.street("Flat 2, 14A Alder Close") == "14a 2 alder close"
    assert spellings.street("Rose Cottage, The Lane") == spellings.street("14 Alder") == spellings.street("") == ""
