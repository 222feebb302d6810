"""django-newsletter: a message of one article, whose text is the issue, as ``manage.py submit_newsletter`` sends it."""

import project


def main() -> None:
    project.start(
        ["django.contrib.sites", "sorl.thumbnail", "newsletter"],
        ROOT_URLCONF="newsletter.urls",
        SITE_ID=1,
        NEWSLETTER_THUMBNAIL="sorl-thumbnail",
        NEWSLETTER_USE_HTTPS=True,
    )
    from django.core.management import call_command

    from newsletter.models import Message, Newsletter, Submission, Subscription

    newsletter = Newsletter.objects.create(title="Nieuwsbrief", slug="nieuwsbrief", email=project.SENDER, sender="Wij")
    Subscription.objects.bulk_create(
        [Subscription(newsletter=newsletter, email_field=email, subscribed=True) for email in project.addresses()]
    )
    message = Message.objects.create(title=project.ISSUE["subject"], slug="nummer-een", newsletter=newsletter)
    message.articles.create(title="Nummer een", text=project.ISSUE["html"])
    submission = Submission.from_message(message)
    submission.prepared = True
    submission.save()

    project.measure(lambda: call_command("submit_newsletter", verbosity=0))
    if not Submission.objects.get().sent:
        raise RuntimeError("Not all mails were sent.")


main()
