"""What happens to regions as such: one is added, renamed, merged into another, or closed.

Each is a function here that does all of it in one transaction, and a ``plan_…`` that only says what it would do, for
somebody to read first. Both raise ``Refused`` for what can't be done.
"""

from .adding import add, plan_add
from .changes import Refused
from .closing import close, plan_close
from .merging import merge, plan_merge
from .renaming import plan_rename, rename

__all__ = ["Refused", "add", "close", "merge", "plan_add", "plan_close", "plan_merge", "plan_rename", "rename"]
