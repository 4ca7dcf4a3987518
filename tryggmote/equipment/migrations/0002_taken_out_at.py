from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("equipment", "0001_register_and_tests"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="taken_out_at",
            field=models.DateTimeField(null=True),
        ),
    ]
