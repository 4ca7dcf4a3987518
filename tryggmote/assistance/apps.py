from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "tryggmote.assistance"

    def ready(self) -> None:
        """The database rings by the same times as the programs."""
        from tryggmote.access.policies import also_apply
        from tryggmote.assistance.timing import timing_sql

        also_apply(timing_sql)
