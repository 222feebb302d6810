"""What the messenger does."""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cms.models import WebhookDelivery

from . import delivery


@task(backend="worker", queue_name="webhooks")
def send_webhooks() -> None:
    """In a queue of its own: what makes pictures and texts may take minutes, and somebody waits for this."""
    delivery.send_due()


def send_what_is_due() -> None:
    """Have tried again what failed, if the moment is there and nobody is told already."""
    waiting = DBTaskResult.objects.ready().filter(task_path=send_webhooks.module_path)
    if WebhookDelivery.objects.due().exists() and not waiting.exists():
        send_webhooks.enqueue()
