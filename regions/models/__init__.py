from .invitations import Invitation
from .news import NewsDownload, NewsIndexPage, NewsPage
from .region import RegionAccess, RegionIndexPage, RegionPage, School

__all__ = [
    "Invitation",
    "NewsDownload",
    "NewsIndexPage",
    "NewsPage",
    "RegionAccess",
    "RegionIndexPage",
    "RegionPage",
    "School",
]
