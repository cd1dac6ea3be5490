from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0004_finding")]
    operations = [sqlfile.run("0005_safekeeping")]
