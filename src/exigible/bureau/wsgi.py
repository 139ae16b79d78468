"""Entry point of web servers: `application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exigible.bureau.reglages.local")

application = get_wsgi_application()
