"""What the worker does for ``cms``."""

from django.db import IntegrityError, transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from wagtail.images import get_image_model

from . import document_texts, documents
from .models import DocumentState, Preview
from .renditions import RENDERING_ERRORS, missing_sizes, prefetch_renditions


@task(backend="worker", queue_name="pictures")
def make_renditions(image_id: int) -> None:
    """Make the sizes that a picture lacks, and have the pages that show it name them.

    A picture deleted meanwhile is fine. Of one whose file was replaced meanwhile the sizes are made again: those of
    the old file must not stay.
    """
    images = get_image_model().objects
    image = images.prefetch_related(prefetch_renditions("renditions")).filter(pk=image_id).first()
    missing = missing_sizes(image) if image else []
    if not missing:
        return
    try:
        image.get_renditions(*missing)
    except (*RENDERING_ERRORS, IntegrityError):
        # The picture is gone or can't be read; the API then answers with the sizes that there are, or none.
        return
    with transaction.atomic():
        DocumentState.renew()  # first, as in every change: whoever waits for it must not hold what we need
        if images.select_for_update().filter(pk=image_id, file=image.file.name).first():
            documents.mark_referrers([image])
        else:
            image.renditions.filter(filter_spec__in=missing).delete()
            make_renditions.enqueue(image_id)


@task(backend="worker", priority=10)
def render_documents() -> None:
    """Render what is stale before a visitor asks for it: after a move, a new version, a moment that passed.

    Before pictures, of which there may be hundreds: a text without all sizes of a picture is fine for a while.
    """
    for _ in document_texts.refresh_all():
        pass


def render_what_is_stale() -> None:
    """Leave it to the worker, if there is anything to render and it isn't told already."""
    waiting = DBTaskResult.objects.ready().filter(task_path=render_documents.module_path)
    if document_texts.stale().exists() and not waiting.exists():
        render_documents.enqueue()


def forget_previews() -> None:
    """Delete those that can't be opened any more."""
    Preview.objects.expired().delete()
