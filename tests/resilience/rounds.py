"""A worker with a round of each second that notes when it ran; run as a program."""

import django
from django.db import connection


def tick(*, now) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ticks (at) VALUES (%s)", [now])


if __name__ == "__main__":
    django.setup()
    from goldenthread.config.worker import work
    from goldenthread.kit.schedule import every

    every(seconds=1)(tick)
    work()
