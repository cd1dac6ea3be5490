"""Sending a question or a notice, and confirming that a notice has arrived."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions.acknowledge_notice import acknowledge_notice
from sanctuary.actions.ask_enquiry import ask_enquiry
from sanctuary.actions.results import Recorded, Result
from sanctuary.web.showing import failed, now, seen, sent


def ask(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """Record that the question or notice has gone out."""
    if request.method != "POST":
        return redirect("step", case_id=case_id, step=step)
    key, seq = sent(request)
    return _after(
        request, case_id, ask_enquiry(case_id=case_id, step=step, expected_seq=seq, key=key, now=now()), "sent"
    )


def acknowledge(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """Record that this person's agency has the notice."""
    if request.method != "POST":
        return redirect("step", case_id=case_id, step=step)
    key, _ = sent(request)
    return _after(request, case_id, acknowledge_notice(case_id=case_id, step=step, key=key, now=now()), "done")


def _after(request: HttpRequest, case_id: UUID, result: Result, told: str) -> HttpResponse:
    if isinstance(result, Recorded):
        return redirect(f"{reverse('case', kwargs={'case_id': case_id})}?now={told}")
    return failed(request, result, seen(case_id, now()))
