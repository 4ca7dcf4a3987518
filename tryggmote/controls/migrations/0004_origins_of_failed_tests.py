from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("controls", "0003_reporting_procedure"),
    ]

    operations = [
        migrations.AlterField(
            model_name="measure",
            name="origin_kind",
            field=models.CharField(
                choices=[
                    ("scenario", "Risikovurdering"),
                    ("hazard", "Meldt fare"),
                    ("incident", "Hendelse"),
                    ("review", "Gjennomgang av lokaler"),
                    ("exercise", "Øvelse eller test"),
                    ("equipment", "Utstyr som ikke virket"),
                    ("measure", "Tiltak som ikke virket"),
                    ("meeting", "Møte, for eksempel AMU eller partnerskapsmøte"),
                    ("other", "Noe annet"),
                ],
                default="other",
                max_length=20,
            ),
        ),
    ]
