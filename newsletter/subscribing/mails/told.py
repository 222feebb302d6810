"""Which lists a mail is about, as they are when it is sent."""

from newsletter.models import SubscriberMail, Subscription

State = Subscription.State
Kind = SubscriberMail.Kind


def told_of(mail: SubscriberMail) -> list[Subscription]:
    """Those that wait to be confirmed by this mail, or that they have already; none of a mail about preferences."""
    newsletters, requests = mail.content.get("newsletters", []), mail.content.get("requests", [])
    subscriptions = [one for one in mail.subscriber.subscriptions.all() if one.newsletter_id in newsletters]
    if mail.kind == Kind.CONFIRM:
        return [one for one in subscriptions if one.state == State.PENDING and one.request_id.hex in requests]
    return [one for one in subscriptions if one.state == State.ACTIVE]
