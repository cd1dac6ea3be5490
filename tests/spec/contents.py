"""Which chapters does the language reference have, in which order?"""

from tests.spec import (
    clocks,
    closing,
    conditions,
    contradictions,
    examples,
    extends,
    findings,
    forms,
    gates,
    letters,
    meanings,
    measures,
    order,
    questions,
    roles,
    scheme,
    steps,
)
from tests.support.chapter import Chapter

CHAPTERS: tuple[Chapter, ...] = (
    scheme.CHAPTER,
    roles.CHAPTER,
    steps.CHAPTER,
    order.CHAPTER,
    questions.CHAPTER,
    forms.CHAPTER,
    conditions.CHAPTER,
    gates.CHAPTER,
    findings.CHAPTER,
    clocks.CHAPTER,
    letters.CHAPTER,
    measures.CHAPTER,
    meanings.CHAPTER,
    closing.CHAPTER,
    contradictions.CHAPTER,
    extends.CHAPTER,
    examples.CHAPTER,
)
