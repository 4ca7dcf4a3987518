"""What stories of certificates need: files as people send them, and certificates sent in and decided."""

import io
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person
from tryggmote.training import certificates
from tryggmote.training.certificate_files import CleanFile
from tryggmote.training.models import Certificate
from tryggmote.training.vocabulary import FileKind
from tryggmote.ui.dates import oslo_today

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"


def a_pdf(content: bytes = PDF, name: str = "kurs.pdf") -> SimpleUploadedFile:
    """A file that calls itself a PDF."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def a_photograph() -> SimpleUploadedFile:
    """A JPEG that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "Hjemme hos Vera"
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(written, format="JPEG", exif=exif)
    return SimpleUploadedFile("bevis.jpg", written.getvalue(), content_type="image/jpeg")


def sent_on_the_page(client: Client, path: str = "", **fields: object) -> HttpResponse:
    """The form as a browser sends it."""
    form = {
        "id": new_id(),
        "element": "communication",
        "done_on": (oslo_today() - timedelta(days=3)).isoformat(),
        "words": "",
        "file": a_pdf(),
    }
    return client.post(path or reverse("training:certificate_new"), form | fields)


def sent_by(
    person: Person, *, element: str = "communication", done_on: date | None = None, content: bytes = PDF
) -> Certificate:
    """A certificate that waits for the person's leader."""
    with acting_as(person.id) as by:
        certificate = certificates.send(
            by=by,
            certificate_id=new_id(),
            element=element,
            done_on=done_on or oslo_today() - timedelta(days=3),
            words="",
            file=CleanFile(FileKind.PDF, content),
        )
    return seen_anew(certificate)


def approved_by(leader: Person, certificate: Certificate) -> Certificate:
    """The leader has said yes."""
    with acting_as(leader.id) as by:
        certificates.approve(by=by, certificate=certificate, decision_id=new_id())
    return seen_anew(certificate)


def refused_by(leader: Person, certificate: Certificate, reason: str = "Datoen mangler.") -> Certificate:
    """The leader has said what must be put right."""
    with acting_as(leader.id) as by:
        certificates.refuse(by=by, certificate=certificate, decision_id=new_id(), reason=reason)
    return seen_anew(certificate)


def seen_anew(certificate: Certificate) -> Certificate:
    """As it stands in the database now."""
    return certificates.certificates().get(id=certificate.id)
