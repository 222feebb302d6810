"""The application of the project; what lies below ``/floor/`` passes through no middleware."""

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from cms.wsgi import application as project


class BareHandler(WSGIHandler):
    def load_middleware(self, is_async=False):
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)


bare = BareHandler()


def application(environ, start_response):
    handler = bare if environ["PATH_INFO"].startswith("/floor/") else project
    return handler(environ, start_response)
