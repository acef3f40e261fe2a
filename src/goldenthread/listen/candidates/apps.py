from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "goldenthread.listen.candidates"
    label = "candidates"

    def ready(self) -> None:
        """Stand beside the page on which voices are grouped; follow what readers decide."""
        from goldenthread.listen.candidates import beside, services  # noqa: F401, PLC0415
