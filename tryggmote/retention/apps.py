from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "tryggmote.retention"

    def ready(self) -> None:
        """Give the database the times that it deletes by."""
        from tryggmote.access.policies import also_apply
        from tryggmote.retention.times import times_sql

        also_apply(times_sql)
