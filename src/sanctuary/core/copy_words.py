"""What does a copy of somebody's record say besides what was recorded? Its title, label, first lines and last."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.packs import Choices, Recipient

TITLE = "A copy of your record"
CLOSING_TITLE = "What is not in this copy, and why"
KEYWORDS = ("Personal and confidential", "Do not copy or pass on")
# What the file is called: nothing that tells anybody anything.
FILE_NAME = "papers.pdf"
_LABELS: Mapping[Recipient, str] = {
    Recipient.PERSON: "Personal and confidential. Only for the person whom it is about.",
    Recipient.ACTING_FOR_PERSON: "Personal and confidential. Only for {named}, who acts for the person it is about.",
}
_ORDER = (
    "It is in the order of the procedure, with the day on which each thing was recorded and, where that may be "
    "told, the agency that recorded it."
)
_KEEP = (
    "Keep it where nobody finds it who should not read it. If you would rather not keep it yourself, ask the "
    "agency that gave it to you to keep it for you."
)
OPENINGS: Mapping[Recipient, tuple[str, ...]] = {
    Recipient.PERSON: (f"You asked for a copy of what is recorded about you. {_ORDER}", _KEEP),
    Recipient.ACTING_FOR_PERSON: (
        f"This is a copy of what is recorded about the person for whom you act. {_ORDER}",
        "Their addresses are not in it. Make contact with them only in the ways that they have said are safe.",
        _KEEP,
    ),
}
_OTHERS = (
    "Answers that are about somebody else, or that would say who told an agency something, are left out. The law "
    "protects them as it protects you: UK GDPR, Article 15(4), and Data Protection Act 2018, Schedule 2, Part 3, "
    "paragraph 16."
)
# The same in every copy, whether or not anything was left out: so it says of none that something was.
_HARM = (
    "Where telling could hinder preventing or detecting crime, or could seriously harm somebody, the law lets an "
    "agency leave things out, and not say whether it did: Data Protection Act 2018, Schedule 2, Part 1, paragraph "
    "2, and Schedule 3."
)
_AGAIN = (
    "If you think that something is wrong or missing, say so: it will be looked at again. You can also turn to the "
    "Information Commissioner's Office, which costs nothing."
)
CLOSING = (_OTHERS, _HARM, "Each agency answers for what it alone holds. You can ask each of them.", _AGAIN)


def label(choices: Choices) -> str:
    """What stands on every page of the copy and in its properties."""
    return _LABELS[choices.recipient].format(named=choices.named)
