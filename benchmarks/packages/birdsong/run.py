"""wagtail-birdsong: the template of the campaign is the issue itself, without MJML to be made into HTML each time."""

import threading
from pathlib import Path

import project


def main() -> None:
    project.start(
        [
            *("django.contrib.sessions", "django.contrib.messages", "taggit", "modelcluster"),
            *("wagtail.images", "wagtail.documents", "wagtail.users", "wagtail.admin", "wagtail", "birdsong"),
        ],
        ALLOWED_HOSTS=["testserver"],
        WAGTAILADMIN_BASE_URL="http://testserver",
        WAGTAIL_SITE_NAME="Nieuwsbrief",
    )
    from birdsong.backends.smtp import SMTPEmailBackend
    from birdsong.models import Campaign, Contact
    from django.test import RequestFactory

    folder = Path("templates", "mail")
    folder.mkdir(parents=True)
    (folder / "campaign.html").write_text(project.ISSUE["html"])
    (folder / "campaign.txt").write_text(project.ISSUE["text"])
    contacts = Contact.objects.bulk_create([Contact(email=email) for email in project.addresses()])
    campaign = Campaign.objects.create(name="Nummer een", subject=project.ISSUE["subject"])

    def send() -> None:
        others = set(threading.enumerate())
        SMTPEmailBackend().send_campaign(RequestFactory().get("/"), campaign, contacts)
        for thread in set(threading.enumerate()) - others:
            thread.join()

    project.measure(send)
    if campaign.receipts.count() != project.NUMBER:
        raise RuntimeError("Not all mails were sent.")


main()
