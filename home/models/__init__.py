from .faq import FaqCategory, FaqIndexPage, FaqPage
from .nomination import Nomination
from .pages import ContentPage, HomePage
from .site import SiteSettings

__all__ = ["ContentPage", "FaqCategory", "FaqIndexPage", "FaqPage", "HomePage", "Nomination", "SiteSettings"]
