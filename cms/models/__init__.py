from .documents import DocumentState, PageDocument
from .images import Image, Rendition
from .mails import QueuedMail
from .pages import BasePage, SectionPage, StructurePage
from .previews import Preview
from .tallies import Tally
from .taxonomy import Audience, Term, Theme
from .users import User
from .webhooks import Webhook, WebhookDelivery, WebhookEvent

__all__ = [
    "Audience",
    "BasePage",
    "DocumentState",
    "Image",
    "PageDocument",
    "Preview",
    "QueuedMail",
    "Rendition",
    "SectionPage",
    "StructurePage",
    "Tally",
    "Term",
    "Theme",
    "User",
    "Webhook",
    "WebhookDelivery",
    "WebhookEvent",
]
