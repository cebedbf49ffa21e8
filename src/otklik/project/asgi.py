"""The ASGI application that granian serves."""

import os

from django.core.asgi import get_asgi_application

from otklik.project.bodies import limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.project.settings")
application = limited(get_asgi_application())
