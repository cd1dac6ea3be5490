"""Which address leads to which page? Who may ask for it stands in the access table."""

from __future__ import annotations

from django.urls import URLPattern, path

from sanctuary.web import failures
from sanctuary.web.access_table import ACCESS
from sanctuary.web.doors import View, guarded
from sanctuary.web.screens import (
    case,
    check,
    compare,
    flows,
    letter,
    moving,
    reasoned,
    referral,
    search,
    section,
    sending,
    sign_in,
    start,
    step,
    why,
    worklist,
)


def _route(address: str, name: str, view: View) -> URLPattern:
    return path(address, guarded(view, ACCESS[name]), name=name)


urlpatterns = [
    _route("", "start", start.start),
    _route("sign-in", "sign_in", sign_in.sign_in),
    _route("sign-out", "sign_out", sign_in.sign_out),
    _route("work", "worklist", worklist.worklist),
    _route("flows", "flows", flows.flows),
    _route("compare", "compare", compare.compare),
    _route("search", "search", search.search),
    _route("referrals/new", "referral_choice", referral.referral_choice),
    _route("referrals/new/<slug:scheme>/<slug:area>", "referral", referral.referral),
    _route("cases/<uuid:case_id>", "case", case.case),
    _route("cases/<uuid:case_id>/pathway", "pathway", case.pathway),
    _route("cases/<uuid:case_id>/version", "move", moving.move),
    _route("cases/<uuid:case_id>/why/<str:rule>", "why", why.why),
    _route("cases/<uuid:case_id>/steps/<slug:step>", "step", step.step),
    _route("cases/<uuid:case_id>/steps/<slug:step>/check", "check", check.check),
    _route("cases/<uuid:case_id>/steps/<slug:step>/ask", "ask", sending.ask),
    _route("cases/<uuid:case_id>/steps/<slug:step>/acknowledge", "acknowledge", sending.acknowledge),
    _route("cases/<uuid:case_id>/steps/<slug:step>/letter", "letter", letter.letter),
    _route("cases/<uuid:case_id>/steps/<slug:step>/letter.pdf", "letter_pdf", letter.letter_pdf),
    _route("cases/<uuid:case_id>/steps/<slug:step>/pause", "pause", reasoned.pause),
    _route("cases/<uuid:case_id>/steps/<slug:step>/resume", "resume", reasoned.resume),
    _route("cases/<uuid:case_id>/steps/<slug:step>/again", "reopen", reasoned.reopen),
    _route("cases/<uuid:case_id>/rules/<str:rule>/aside", "override", reasoned.override),
    _route("cases/<uuid:case_id>/consents/<slug:consent>/withdraw", "withdraw", reasoned.withdraw),
    _route("cases/<uuid:case_id>/steps/<slug:step>/form/<slug:section>", "section", section.section),
]

handler400 = failures.misunderstood
handler403 = failures.missing
handler404 = failures.missing
handler500 = failures.broken
