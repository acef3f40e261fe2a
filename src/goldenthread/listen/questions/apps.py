from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "goldenthread.listen.questions"
    label = "questions"

    def ready(self) -> None:
        """Register this way to listen, and what must be answered before a project closes."""
        from goldenthread.listen.questions import gates, ways  # noqa: F401, PLC0415
