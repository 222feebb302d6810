"""What stands around every page of the national site: navigation, footer, contact."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from cms.models import Preview
from cms.previews import lead_to_preview
from home.blocks import FooterColumnBlock, NavigationItemBlock, SocialLinkBlock, StatementsBlock
from home.site import represent_site


class SiteSettings(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """One row, made by ``home.structure.build_site``; the columns hold what was published, revisions the drafts."""

    navigation = StreamField(
        [("item", NavigationItemBlock())],
        verbose_name=_("hoofdmenu"),
        blank=True,
        max_num=12,
        collapsed=True,
        help_text=_("Van links naar rechts. Een pagina die niet online staat, verdwijnt vanzelf uit het menu."),
    )
    footer_text = models.TextField(
        _("tekst in de footer"),
        max_length=300,
        blank=True,
        help_text=_("Een of twee zinnen over het programma. Hoogstens 300 tekens."),
    )
    footer_columns = StreamField(
        [("column", FooterColumnBlock())], verbose_name=_("kolommen met links"), blank=True, max_num=4, collapsed=True
    )
    statements = StreamField(
        StatementsBlock(),
        verbose_name=_("verklaringen"),
        blank=True,
        collapsed=True,
        help_text=_("Toegankelijkheid en privacy staan onder elke pagina van een overheidswebsite."),
    )
    organisation = models.CharField(_("naam van de organisatie"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoonnummer"), max_length=30, blank=True)
    street = models.CharField(_("straat en huisnummer, of postbus"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("plaats"), max_length=80, blank=True)
    social_links = StreamField([("link", SocialLinkBlock())], verbose_name=_("sociale media"), blank=True, max_num=8)

    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel("navigation")], heading=_("Hoofdmenu")),
            ObjectList(
                [FieldPanel("footer_text"), FieldPanel("footer_columns"), FieldPanel("statements")],
                heading=_("Footer"),
            ),
            ObjectList(
                [
                    FieldPanel("organisation"),
                    FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                    MultiFieldPanel(
                        [FieldPanel("street"), FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")])],
                        heading=_("Postadres"),
                    ),
                    FieldPanel("social_links"),
                ],
                heading=_("Contact"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("site-instellingen")
        verbose_name_plural = _("site-instellingen")
        default_permissions = ("change",)

    @classmethod
    def published(cls) -> "SiteSettings":
        """What the public sees; empty as long as there is no row."""
        return cls.objects.filter(live=True).first() or cls()

    def __str__(self):
        return str(_("Site-instellingen"))

    def serve_preview(self, request, mode_name):
        if not settings.FRONTEND_URL:
            return super().serve_preview(request, mode_name)
        preview = Preview.objects.make(represent_site(self), request.user)
        return lead_to_preview("site", preview.token)

    def get_preview_template(self, request, mode_name):
        return "home/site_preview.html"

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "site": represent_site(self)}
