from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "goldenthread.listen.candidates"
    label = "candidates"

    def ready(self) -> None:
        """Stand beside the page on which voices are grouped."""
        from goldenthread.listen.candidates import beside  # noqa: F401, PLC0415
