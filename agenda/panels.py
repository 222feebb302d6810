"""What stands in the form of an event besides its fields."""

from wagtail.admin.panels import HelpPanel


class RegisteredNotice(HelpPanel):
    """That the event was called off, and how many are registered: then some things are done elsewhere."""

    def __init__(self, **kwargs):
        super().__init__(**{"template": "agenda/registered_notice.html", **kwargs})

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.people = self.instance.registrations.active().count() if self.instance.pk else 0

        def is_shown(self):
            return bool(self.people or self.instance.cancelled) and super().is_shown()
