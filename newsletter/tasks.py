"""What the worker does for newsletters."""

from django_tasks import task

from .links import ask_all, links_elsewhere
from .models import NewsletterPage
from .rendering import render


@task(backend="worker")
def ask_links(issue_id: int) -> None:
    """Ask the addresses in the latest draft of an issue; nothing when it is gone meanwhile."""
    issue = NewsletterPage.objects.filter(pk=issue_id).first()
    if issue:
        ask_all(links_elsewhere(render(issue.get_latest_revision_as_object()).links))
