from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0002_cases")]
    operations = [sqlfile.run("0003_evaluation")]
