"""What stands in the form of an issue besides its fields."""

from wagtail.admin.panels import HelpPanel


class FrozenNotice(HelpPanel):
    """That the issue was frozen, and what its editor can still do."""

    def __init__(self, **kwargs):
        super().__init__(**{"template": "newsletter/frozen_notice.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.frozen_at) and super().is_shown()
