"""What Granian calls."""

from typing import cast

from goldenthread.config.front import Application, Front
from goldenthread.config.wsgi import application

front = Front(cast("Application", application))
