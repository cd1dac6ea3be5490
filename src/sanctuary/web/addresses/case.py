"""What can be read and done in a case?"""

from __future__ import annotations

from sanctuary.web.access_table import Address, View, Who
from sanctuary.web.screens import case, check, letter, moving, reasoned, section, sending, step, why


def _of_case(path: str, name: str, view: View) -> Address:
    return Address(path=f"cases/<uuid:case_id>{path}", name=name, view=view, who=Who.STAFF)


ADDRESSES: tuple[Address, ...] = (
    _of_case("", "case", case.case),
    _of_case("/pathway", "pathway", case.pathway),
    _of_case("/version", "move", moving.move),
    _of_case("/why/<str:rule>", "why", why.why),
    _of_case("/steps/<slug:step>", "step", step.step),
    _of_case("/steps/<slug:step>/check", "check", check.check),
    _of_case("/steps/<slug:step>/ask", "ask", sending.ask),
    _of_case("/steps/<slug:step>/acknowledge", "acknowledge", sending.acknowledge),
    _of_case("/steps/<slug:step>/letter", "letter", letter.letter),
    _of_case("/steps/<slug:step>/letter.pdf", "letter_pdf", letter.letter_pdf),
    _of_case("/steps/<slug:step>/pause", "pause", reasoned.pause),
    _of_case("/steps/<slug:step>/resume", "resume", reasoned.resume),
    _of_case("/steps/<slug:step>/again", "reopen", reasoned.reopen),
    _of_case("/rules/<str:rule>/aside", "override", reasoned.override),
    _of_case("/consents/<slug:consent>/withdraw", "withdraw", reasoned.withdraw),
    _of_case("/steps/<slug:step>/form/<slug:section>", "section", section.section),
)
