from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "goldenthread.safety.assessments"
    label = "assessments"

    def ready(self) -> None:
        """Register what must be assessed before a project opens."""
        from goldenthread.safety.assessments import queries  # noqa: F401, PLC0415
