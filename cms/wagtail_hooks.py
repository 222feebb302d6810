"""How the admin and rich text of Wagtail are set up here."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as AddTagsToDocuments
from wagtail.images.views.bulk_actions import AddTagsBulkAction as AddTagsToImages
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .embeds import InlineImageHandler, InlineVideoHandler
from .isolation.moving import stay
from .isolation.visible import sees_all, visible_pages
from .links import PublicPageLinkHandler
from .listing import ExplorerViewSet
from .login.account_panel import SecondFactorPanel
from .login.log import register_log_actions
from .models import Audience, Theme, WebhookDelivery
from .national import NationalMenuItem
from .publishing import check_publishable
from .region import without_hidden_regions
from .userbar import ChecksAcrossOrigins
from .webhooks.admin import DeliveryPolicy, DeliveryViewSet, WebhookViewSet


@hooks.register("register_rich_text_features", order=10)
def expand_links_to_public_pages_only(features):
    features.register_link_type(PublicPageLinkHandler)


@hooks.register("register_rich_text_features", order=10)
def expand_images_and_videos_for_front_ends(features):
    features.register_embed_type(InlineImageHandler)
    features.register_embed_type(InlineVideoHandler)
    # Wagtail's own plugin, by a name that says what one can embed here.
    features.plugins_by_editor["draftail"]["embed"].data["description"] = _("Video van YouTube of Vimeo")


@hooks.register("before_serve_page")
def hide_what_lies_below_a_hidden_region(page, request, serve_args, serve_kwargs):
    if not without_hidden_regions(Page.objects.filter(pk=page.pk)).exists():
        raise Http404


@hooks.register("construct_wagtail_userbar")
def check_previews_across_origins(request, items, page):
    items[:] = [ChecksAcrossOrigins(item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]


@hooks.register("construct_page_chooser_queryset")
def choose_among_visible_pages(pages, request):
    return visible_pages(request.user, pages)


@hooks.register("before_copy_page")
def check_before_copying(request, page):
    return stay(request, [page], request.POST.get("new_parent_page"))


@hooks.register("before_move_page")
def check_before_moving(request, page, parent):
    return stay(request, [page], parent.pk)


@hooks.register("before_bulk_action")
def check_before_moving_many(request, action_type, pages, action):
    return stay(request, pages, request.POST.get("chooser")) if action_type == "move" else None


@hooks.register("construct_reports_menu")
def offer_reports_to_national_editors(request, menu_items):
    if not sees_all(request.user):
        menu_items[:] = [item for item in menu_items if isinstance(item, NationalMenuItem)]


@hooks.register("register_admin_viewset")
def register_explorer():
    return ExplorerViewSet()


@hooks.register("before_bulk_action")
def check_before_publishing(request, action_type, pages, action):
    """Wagtail publishes in bulk without the checks of the page form."""
    if action_type != "publish" or request.method != "POST":
        return None
    chosen = list(pages)
    if request.POST.get("include_descendants"):
        chosen += [draft for page in pages for draft in page.get_descendants().not_live()]
    for page in chosen:
        try:
            check_publishable(page)
        except ValidationError:
            messages.error(
                request,
                _("‘%(title)s’ is nog niet compleet. Open de pagina en publiceer haar daar; er is niets gepubliceerd.")
                % {"title": page.get_admin_display_title()},
            )
            return redirect(action.next_url)
    return None


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
    menu_label = _("Indeling")
    menu_icon = "tag"
    menu_order = 300


@hooks.register("register_admin_viewset")
def register_webhooks():
    return [WebhookViewSet(), DeliveryViewSet()]


# A tag would be of all regions at once: there are none here (``cms.isolation``), so nobody is offered to add them.
for action in (AddTagsToDocuments, AddTagsToImages):
    action.models = []

hooks.register("register_account_settings_panel", SecondFactorPanel)
hooks.register("register_log_actions", register_log_actions)
register_permission_policy(WebhookDelivery, DeliveryPolicy(WebhookDelivery))
register_snippet(TaxonomyViewSetGroup)
