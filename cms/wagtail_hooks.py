"""How the admin and rich text of Wagtail are set up here."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .links import PublicPageLinkHandler
from .models import Audience, Theme


@hooks.register("register_rich_text_features", order=10)
def expand_links_to_public_pages_only(features):
    features.register_link_type(PublicPageLinkHandler)


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["title", "order"]


class AudienceViewSet(SnippetViewSet):
    model = Audience
    icon = "group"
    list_display = ["title", "order"]


class TaxonomyViewSetGroup(SnippetViewSetGroup):
    items = (ThemeViewSet, AudienceViewSet)
    menu_label = _("Thema's en doelgroepen")
    menu_icon = "tag"
    menu_order = 300


register_snippet(TaxonomyViewSetGroup)
