from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("banque", "0004_mouvement_par_jour")]

    operations = [migrations.AddField("mouvement", "levees", models.JSONField(default=list))]
