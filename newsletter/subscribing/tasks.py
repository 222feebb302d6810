"""What the worker does for subscribers."""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from newsletter.models import SubscriberMail

from .outbox import OUTBOX


@task(backend="worker", queue_name="webhooks")
def send_mails() -> None:
    """By the messenger: somebody waits for this, and what makes pictures may take minutes."""
    OUTBOX.send_due()


def send_what_is_due() -> None:
    """Have sent what waits, unless the messenger is told already."""
    waiting = DBTaskResult.objects.ready().filter(task_path=send_mails.module_path)
    if SubscriberMail.objects.due().exists() and not waiting.exists():
        send_mails.enqueue()
