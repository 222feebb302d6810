from .faq import FaqCategory, FaqIndexPage, FaqPage
from .pages import ContentPage, HomePage

__all__ = ["ContentPage", "FaqCategory", "FaqIndexPage", "FaqPage", "HomePage"]
