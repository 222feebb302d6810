"""Every change that can alter what the pages API says: what it does to the documents, and who is told.

All handlers run in the transaction of the change.
"""

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet
from wagtail.signals import post_page_move

from . import documents, old_addresses
from .models import BasePage, DocumentState, PageDocument, Term
from .webhooks import events

# Some signals come after the transaction of the change, when nobody opened one around it: the token and the rows then
# still change together. Within a transaction this adds nothing.
together = transaction.atomic(savepoint=False)
DRAFT_FIELDS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}


def connect() -> None:
    post_save.connect(page_saved, dispatch_uid="cms.documents.page_saved")
    # Django tells it of each of the tables that a page has a row in; one of them is enough.
    pre_delete.connect(page_deleted, sender=BasePage, dispatch_uid="cms.documents.page_deleted")
    post_page_move.connect(page_moved, dispatch_uid="cms.documents.page_moved")
    for model in (get_image_model(), get_document_model()):
        post_save.connect(referred_changed, sender=model, dispatch_uid=f"cms.documents.{model.__name__}.saved")
        pre_delete.connect(referred_changed, sender=model, dispatch_uid=f"cms.documents.{model.__name__}.deleted")
    post_save.connect(term_changed, dispatch_uid="cms.documents.term_saved")
    pre_delete.connect(term_changed, dispatch_uid="cms.documents.term_deleted")
    m2m_changed.connect(filing_changed, sender=BasePage.themes.through, dispatch_uid="cms.documents.themes")
    m2m_changed.connect(filing_changed, sender=BasePage.audiences.through, dispatch_uid="cms.documents.audiences")
    for signal in (post_save, post_delete):
        signal.connect(site_changed, sender=Site, dispatch_uid="cms.documents.site")
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="cms.documents.restriction")


@together
def page_saved(sender, instance, raw, created, update_fields=None, **kwargs):
    """A page was made, published, unpublished or renamed; aliases are saved along with their original.

    Saving a draft touches only the fields of ``DRAFT_FIELDS``. Some of Wagtail's actions save a bare ``Page``.
    """
    if raw or not isinstance(instance, Page) or (update_fields is not None and DRAFT_FIELDS.issuperset(update_fields)):
        return
    page = instance if isinstance(instance, BasePage) else instance.specific_deferred
    if isinstance(page, BasePage):
        DocumentState.renew()
        change = documents.follow_new(page) if created else documents.follow(page)
        old_addresses.remember(page.pk, change.before, change.after)
        events.page_saved(page, change)


@together
def page_deleted(sender, instance, origin, **kwargs):
    """The row goes with the page; what shows the page is marked while the reference is still known.

    ``origin`` is what was deleted: the page, or all the pages of a branch together.
    """
    DocumentState.renew()
    documents.mark_around(instance)
    events.page_deleted(instance, origin)


@together
def page_moved(instance, parent_page_before, parent_page_after, **kwargs):
    DocumentState.renew()
    before = old_addresses.address_of(instance.pk)
    for parent in {parent_page_before, parent_page_after}:
        documents.follow_order(parent)
        PageDocument.objects.filter(pk=parent.pk).mark_stale()
    documents.follow_subtree(Page.objects.get(pk=instance.pk))
    after = old_addresses.address_of(instance.pk)
    old_addresses.remember(instance.pk, before, after)
    if parent_page_before == parent_page_after:
        events.page_reordered(instance, after)


@together
def referred_changed(instance, **kwargs):
    DocumentState.renew()
    documents.mark_referrers([instance])


@together
def term_changed(instance, **kwargs):
    if isinstance(instance, Term):
        DocumentState.renew()
        documents.mark_term(instance)


@together
def filing_changed(instance, action, **kwargs):
    if action.startswith("post_") and isinstance(instance, BasePage):
        DocumentState.renew()
        documents.follow_filing([instance.pk])


@together
def site_changed(instance, **kwargs):
    """Another root page or host name changes which pages there are, and the address of each."""
    DocumentState.renew()
    documents.follow_subtree(Page.get_first_root_node())


@together
def restriction_changed(instance, origin=None, **kwargs):
    """``origin`` is what was deleted; when that is the page itself, its rows go with it."""
    if not isinstance(origin, Page | PageQuerySet):
        DocumentState.renew()
        documents.follow_subtree(instance.page)
