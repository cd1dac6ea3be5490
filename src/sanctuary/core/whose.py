"""Whom is an answer about, or whose contact is it? What follows from it stands elsewhere, as in `reach`."""

from __future__ import annotations

from enum import Enum


class Whose(Enum):
    """Whom the answer to a question is about. Where nothing is said it is the person whom the case is for."""

    PERSON = "person"
    PERPETRATOR = "perpetrator"
    CHILD = "child"
    REFERRER = "referrer"
    LANDLORD = "landlord"
    PERPETRATORS_LANDLORD = "perpetrators_landlord"
    WORKER = "worker"
    OTHER = "other"
