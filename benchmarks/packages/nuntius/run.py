"""nuntius: a campaign as ``manage.py nuntius_worker`` sends it, with its four processes and no limit to their rate."""

import os
import signal
import time

import project

POLLING = 0.1


def main() -> None:
    project.start(
        ["django.contrib.sessions", "django.contrib.messages", "django.contrib.admin", "people", "nuntius"],
        ROOT_URLCONF="nuntius.urls",
        NUNTIUS_SEGMENT_MODEL="people.Segment",
        NUNTIUS_SUBSCRIBER_MODEL="people.Subscriber",
        NUNTIUS_PUBLIC_URL="https://example.org",
        NUNTIUS_DISABLE_DEFAULT_ADMIN=True,
        NUNTIUS_MAX_SENDING_RATE=10_000,
        NUNTIUS_POLLING_INTERVAL=POLLING,
    )
    from django.core.management import call_command
    from django.db import connection
    from nuntius.models import Campaign, CampaignSentEvent
    from people.models import Subscriber

    subscribed = Subscriber.STATUS_SUBSCRIBED
    Subscriber.objects.bulk_create(
        [Subscriber(email=email, subscriber_status=subscribed) for email in project.addresses()]
    )
    Campaign.objects.create(
        name="Nummer een",
        message_from_email=project.SENDER,
        message_subject=project.ISSUE["subject"],
        message_content_html=project.ISSUE["html"],
        message_content_text=project.ISSUE["text"],
        status=Campaign.STATUS_SENDING,
    )

    def send() -> None:
        connection.close()
        worker = os.fork()
        if not worker:
            call_command("nuntius_worker")
            os._exit(0)
        while CampaignSentEvent.objects.exclude(result="P").count() < project.NUMBER:
            time.sleep(POLLING)
            if os.waitpid(worker, os.WNOHANG)[0]:
                raise RuntimeError("Its worker ended.")
        os.kill(worker, signal.SIGTERM)
        os.waitpid(worker, 0)

    project.measure(send)


main()
