"""What an editor is looking at before it is published, for as long as it takes to look."""

import datetime
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from cms.compact_json import as_json

MAX_AGE = datetime.timedelta(hours=1)
# While somebody types there is a new one every second, and one for each block in the list of blocks that opens; these
# are enough for a few windows side by side.
MOST_PER_USER = 50


class PreviewQuerySet(models.QuerySet):
    def valid(self):
        """Those that may still be shown: an hour long, while whoever made them may log in."""
        return self.filter(created_at__gt=timezone.now() - MAX_AGE, user__is_active=True)

    def expired(self):
        return self.filter(created_at__lte=timezone.now() - MAX_AGE)

    def by_token(self, token: str):
        return self.filter(token_hash=_hash(token))


class PreviewManager(models.Manager.from_queryset(PreviewQuerySet)):
    @transaction.atomic
    def make(self, shown: Any, user, page_id: int | None = None) -> "Preview":
        """Keep what the API would show; the ``token`` of what is returned is known only now."""
        token = secrets.token_urlsafe(32)
        preview = self.create(token_hash=_hash(token), content=as_json(shown), user=user, page_id=page_id)
        preview.token = token
        oldest = self.filter(user=user).order_by("-created_at", "-pk").values_list("pk", flat=True)[MOST_PER_USER:]
        self.filter(pk__in=list(oldest)).delete()
        return preview


class Preview(models.Model):
    """One state of one page, of the settings of the site or of a block, for one editor.

    The database holds no more than a hash of the token, so that nobody can look along who reads it.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+")
    """Empty for a page that was never saved, and for what is no page."""
    content = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    token = ""
    """What opens it, 256 random bits; known of one that was just made only."""

    objects = PreviewManager()

    def __str__(self):
        return f"{self.user} {self.created_at}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
