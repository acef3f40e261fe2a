"""What Granian calls."""

from typing import cast

from django.conf import settings

from goldenthread.config.front import Application, Front
from goldenthread.config.wsgi import application

front = Front(cast("Application", application), scheme="https" if settings.SECURE else "http")
