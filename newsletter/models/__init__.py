from .feedback import Feedback
from .imports import SubscriberImport
from .issues import Correction, FrozenIssue
from .links import LinkCheck
from .pages import NewsletterIndexPage, NewsletterPage
from .runs import Delivery, SendRun, Throttle
from .subscribers import ConsentEvent, Subscriber, SubscriberMail, Subscription, Suppression

__all__ = [
    "ConsentEvent",
    "Correction",
    "Delivery",
    "Feedback",
    "FrozenIssue",
    "LinkCheck",
    "NewsletterIndexPage",
    "NewsletterPage",
    "SendRun",
    "Subscriber",
    "SubscriberImport",
    "SubscriberMail",
    "Subscription",
    "Suppression",
    "Throttle",
]
