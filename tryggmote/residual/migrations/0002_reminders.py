from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("residual", "0001_residual_risk"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="reminded_before",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
