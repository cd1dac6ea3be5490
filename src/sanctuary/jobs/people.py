"""Who lives in the demonstration county? Fictional people at addresses and numbers that cannot be anybody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_FIRST = """
    Ada Aisha Alice Amara Amelia Ana Anita Beata Bronwen Carmen Catherine Chidi Chloe Daiva Danuta Dawn Deborah
    Dilys Elena Eleri Elif Emma Esther Fatima Fiona Freya Gabriela Grace Hannah Harpreet Helen Ines Ioana Irena
    Jade Jamila Jane Joanna Julija Karen Kavita Kerry Laila Laura Leah Lilian Lucia Łucja Maja Maria Marta Megan
    Mei Miriam Nadia Naomi Nia Nina Olena Olivia Parveen Patricia Priya Rachel Rita Rosa Ruth Sadia Samira Sara
    Shanice Sian Sofia Susan Tamara Tanya Teresa Uma Valeria Wendy Yasmin Zainab Zofia
""".split()
_LAST = """
    Abbott Adeyemi Ahmed Baker Balogun Barnes Begum Bennett Blake Brown Carter Chen Clarke Costa Cooper Davies
    Dixon Edwards Ellis Evans Farrell Ferreira Fisher Fletcher Garcia Gill Goodwin Green Griffiths Hall Harding
    Hassan Hughes Hussain Ivanova Jackson James Jones Kaur Kazlauskas Kelly Khan King Kowalska Lawson Lee Lewis
    Lopes Marsh Martin Mason Mensah Miller Mitchell Morgan Murphy Nowak Obi Okafor Osman Palmer Parker Patel
    Pereira Petrov Popescu Price Reed Richards Roberts Rose Santos Scott Shah Silva Singh Smith Stone Şahin Taylor
    Thomas Turner Walker Ward Watson White Williams Wilson Wright Young Zhang
""".split()
# Nobody who works in the county, and nobody who does harm there, has the name of anybody whom a case is for.
_COLLEAGUES = """
    Ashworth Bamford Calloway Dunmore Eastham Fairley Garside Hartnell Ibbotson Jessop Kershaw Langford Merriman Norbury
    Ormerod Pemberton Quayle Rushton Stancliffe Thackray Underhill Vickery Wharton Yardley
""".split()
_FOES = """
    Askew Birtwhistle Crowther Denholm Entwistle Fothergill Grimshaw Haddock Illingworth Jolley Kettle Lorimer Mudge
    Nettleton Oldroyd Priddy Quested Rudge Skelton Tranter Upjohn Varley Wragg Yelland
""".split()
_STREETS = "Alder Beech Cedar Elder Hazel Heather Holly Larch Linden Maple Rowan Willow".split()
_KINDS = "Close Court Drive Lane Road Way".split()
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A fictional person. The postcode area ZZ does not exist; 020 7946 0000 to 0999 is kept for fiction."""

    name: str
    birth_date: date
    address: str
    postcode: str
    phone: str
    email: str


def person(chance: Random) -> Person:
    """A person drawn by `chance`; the same seed draws the same people."""
    return _drawn(chance, _LAST, range(800))


def colleague(chance: Random) -> str:
    """The name of somebody who works in the county."""
    return f"{chance.choice(_FIRST)} {chance.choice(_COLLEAGUES)}"


def foe(chance: Random) -> Person:
    """Somebody who does harm there, with a number that is nobody else's."""
    return _drawn(chance, _FOES, range(800, 1000))


def _drawn(chance: Random, surnames: Sequence[str], numbers: range) -> Person:
    first, last = chance.choice(_FIRST), chance.choice(surnames)
    postcode = f"ZZ{chance.randint(1, 98)} {chance.randint(1, 9)}{chance.choice(_LETTERS)}{chance.choice(_LETTERS)}"
    return Person(
        name=f"{first} {last}",
        birth_date=date(1945, 1, 1) + timedelta(days=chance.randrange(62 * 365)),
        address=f"{chance.randint(1, 180)} {chance.choice(_STREETS)} {chance.choice(_KINDS)}, Example",
        postcode=postcode,
        phone=f"020 7946 0{chance.choice(numbers):03d}",
        email=f"{first}.{last}@mail.example".lower(),
    )
