"""The mark of a database that holds the fictional county."""

from django.db import models


class Demo(models.Model):
    """One row where the demo has been loaded, none anywhere else (`app.demo_people()` asks)."""

    seed = models.IntegerField()
    anchor = models.DateField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        # The primary key says that there is at most one.
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="demo_is_loaded_once")]

    def __str__(self) -> str:
        return f"{self.seed} {self.anchor}"
