from .links import LinkCheck
from .pages import NewsletterIndexPage, NewsletterPage
from .runs import Correction, SendRun

__all__ = ["Correction", "LinkCheck", "NewsletterIndexPage", "NewsletterPage", "SendRun"]
