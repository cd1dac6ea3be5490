from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0005_safekeeping")]
    operations = [sqlfile.run("0006_moving")]
