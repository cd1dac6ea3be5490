"""Do letters take their fields from the case, and say which are missing?"""

from sanctuary.core.letters import Block, BlockKind, Letter, merge, parse

TEXT = """# About your home

Dear {referral.name},

What was decided:

{reasons}

- Ring {agency}
- or reply to
  {officer}
"""


def test_a_letter_file_is_headings_paragraphs_and_items() -> None:
    kinds = [block.kind for block in parse(TEXT)]
    heading, paragraph, item = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM
    assert kinds == [heading, paragraph, paragraph, paragraph, item, item]
    assert parse(TEXT)[-1].text == "or reply to {officer}"


def test_fields_are_filled_and_lists_become_items() -> None:
    letter = Letter(name="decline", subject="A letter for you", blocks=parse(TEXT))
    merged = merge(
        letter,
        {
            "referral.name": "Ada Example",
            "reasons": ("One.", "Two."),
            "agency": "Town Council",
            "officer": "B. Example",
        },
    )
    assert merged.missing == ()
    assert [block.text for block in merged.blocks if block.kind is BlockKind.ITEM] == [
        "One.",
        "Two.",
        "Ring Town Council",
        "or reply to B. Example",
    ]


def test_what_is_missing_is_named_once() -> None:
    blocks = parse("{referral.name} and {referral.name} of {agency}")
    merged = merge(Letter(name="x", subject="A letter", blocks=blocks), {"agency": "Town Council"})
    assert merged.missing == ("referral.name",)


def test_braces_in_an_answer_are_text() -> None:
    blocks = (Block(kind=BlockKind.PARAGRAPH, text="Dear {referral.name}"),)
    merged = merge(Letter(name="x", subject="A letter", blocks=blocks), {"referral.name": "{agency}", "agency": "No"})
    assert merged.blocks[0].text == "Dear {agency}"


def test_a_list_inside_a_sentence_is_joined() -> None:
    blocks = parse("You could try: {alternatives}.")
    merged = merge(Letter(name="x", subject="A letter", blocks=blocks), {"alternatives": ("a refuge", "an order")})
    assert merged.blocks[0].text == "You could try: a refuge, an order."
