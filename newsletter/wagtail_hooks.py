"""What newsletters add to the admin."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page

from cms.models.pages import MANAGE_STRUCTURE
from cms.region import REGION_DEPTH

from .admin import AskLinksView, CorrectButton, CorrectView, IssueMenuItem
from .bounces.admin import screens as deliverability
from .desk import NewsletterPanel, newsletters_of
from .models import NewsletterPage
from .sending.admin import log as log_of_sending
from .sending.admin.runs import RunsPanel
from .sending.admin.screens import RunsViewSet
from .sending.admin.sending import SendButton
from .subscribing.admin import log as log_of_subscribing
from .subscribing.admin import protecting
from .subscribing.admin.screens import SubscribersButton, SubscribersViewSet


@hooks.register("register_admin_urls")
def register_correcting():
    return [
        path("nieuwsbrief/<int:pk>/verbeteren/", CorrectView.as_view(), name="correct_issue"),
        path("nieuwsbrief/<int:pk>/links/", AskLinksView.as_view(), name="ask_links_of_issue"),
    ]


@hooks.register("register_page_header_buttons")
def offer_to_send(page, user, view_name, next_url=None):
    if page.specific_class is NewsletterPage:
        yield SendButton(page=page, next_url=next_url)
        yield CorrectButton(page=page, next_url=next_url)


@hooks.register("register_page_action_menu_item")
def offer_to_send_at_the_foot():
    return IssueMenuItem(SendButton, order=95)


@hooks.register("register_page_action_menu_item")
def offer_to_correct_at_the_foot():
    return IssueMenuItem(CorrectButton, order=95)


@hooks.register("construct_homepage_panels")
def show_newsletters(request, panels):
    # Of national editors only the national one: there may be one in every region.
    newsletters = newsletters_of(request.user)
    if request.user.has_perm(MANAGE_STRUCTURE):
        newsletters = newsletters.filter(depth__lt=REGION_DEPTH)
    panels += [NewsletterPanel(newsletter) for newsletter in newsletters]
    under_way = RunsPanel(request.user)
    if under_way.runs:
        panels.append(under_way)


@hooks.register("register_log_actions")
def name_what_happens_to_issues(actions):
    actions.register_action("newsletter.freeze", _("Nummer vastleggen"), _("Nummer vastgelegd"))
    actions.register_action("newsletter.thaw", _("Nummer vrijgeven"), _("Nummer vrijgegeven: het is niet verstuurd"))
    actions.register_action("newsletter.correct", _("Nummer verbeteren"), _("Verbetering op de site gezet"))


@hooks.register("register_admin_viewset")
def register_subscribers():
    return SubscribersViewSet()


@hooks.register("register_admin_viewset")
def register_runs():
    return RunsViewSet()


@hooks.register("register_page_header_buttons")
def offer_subscribers(page, user, view_name, next_url=None):
    yield SubscribersButton(page=page)


@hooks.register("before_delete_page")
def keep_subscribers(request, page):
    return protecting.refuse_deleting(request, [page])


@hooks.register("before_bulk_action")
def keep_subscribers_of_many(request, action_type, objects, action):
    pages = [chosen for chosen in objects if isinstance(chosen, Page)]
    return protecting.refuse_deleting(request, pages) if pages and action_type == "delete" else None


hooks.register("register_log_actions", log_of_subscribing.register_log_actions)
hooks.register("register_log_actions", log_of_sending.register_log_actions)
hooks.register("register_admin_urls", deliverability.urls)
hooks.register("register_reports_menu_item", deliverability.menu_item)
