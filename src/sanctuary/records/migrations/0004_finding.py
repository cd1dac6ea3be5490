from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0003_evaluation")]
    operations = [sqlfile.run("0004_finding")]
