"""Why not? Every "no" of the product is one of these values, worded here; an empty tuple of them means yes."""

from __future__ import annotations

from dataclasses import dataclass

from sanctuary.core.needs import Onward


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One "no".

    `rule` is "gate.criterion", or "gate.criterion.member" where one of several needs fails;
    `text` says it in the scheme's words; `facts` are the "step.question" names read;
    `source` is where the procedure says so; `alternatives` is what else there is;
    `code` is the closing reason it leads to; `onward` is what happens next: it is passed on `to` somebody,
    or waits and is called `status` meanwhile.
    """

    rule: str
    text: str
    facts: tuple[str, ...]
    source: str
    alternatives: tuple[str, ...]
    code: str
    onward: Onward = Onward.REFUSE
    to: str = ""
    status: str = ""
