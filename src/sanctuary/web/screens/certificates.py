"""That records were destroyed: the certificates, one of them, and as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sanctuary.gateways.documents import letter_as_pdf
from sanctuary.records import disposal
from sanctuary.records.search import Purpose, normal
from sanctuary.web.pages.certificate import CertificatePage, as_letter, certificate_page
from sanctuary.web.pages.worklist import PAGE, Chosen, pagination
from sanctuary.web.paging import page_asked
from sanctuary.web.showing import show


def certificates(request: HttpRequest) -> HttpResponse:
    """The newest, or that of a reference that somebody still has on paper."""
    wanted = request.GET.get("reference", "").strip()
    reference = normal(Purpose.REFERENCE, wanted)
    asked = bool(reference or not wanted)
    count = disposal.count_certificates(reference) if asked else 0
    chosen = Chosen(page=page_asked(request, count))
    found = disposal.certificates(reference, PAGE, chosen.skip) if asked else []
    others, pages = pagination(count, chosen), [certificate_page(each, {}) for each in found]
    back = {"text": "Oversight", "href": "/oversight"}
    return show(request, "certificates.html", pages=pages, pagination=others, wanted=wanted, back=back)


def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate."""
    back = {"text": "Certificates", "href": reverse("certificates")}
    return show(request, "certificate.html", it=_page(number), back=back)


def certificate_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as a tagged PDF file."""
    page = _page(number)
    made = letter_as_pdf(as_letter(page), reference=page.number, agency=request.staff.agency_title)  # type: ignore[attr-defined]
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{page.number}.pdf"'
    return response


def _page(number: str) -> CertificatePage:
    found = disposal.certificate(number)
    if found is None:
        raise Http404
    return certificate_page(found, disposal.names([found["proposed_by"], found["agreed_by"]]))
