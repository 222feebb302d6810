"""The form of an issue."""

from cms.page_form import PageForm

from .proposals import propose


class IssueForm(PageForm):
    """Of a new issue it begins with proposals for what could be in it."""

    def __init__(self, data=None, files=None, parent_page=None, *, instance=None, **kwargs):
        if data is None and parent_page and instance.pk is None:
            propose(instance, parent_page)
        super().__init__(data, files, parent_page, instance=instance, **kwargs)
