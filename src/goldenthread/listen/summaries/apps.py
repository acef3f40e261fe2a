from django.apps import AppConfig


class SummariesConfig(AppConfig):
    name = "goldenthread.listen.summaries"
    label = "summaries"

    def ready(self) -> None:
        """Stand beside the page on which voices are grouped; say what people can report."""
        from goldenthread.listen.summaries import beside, reporting  # noqa: F401, PLC0415
