from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0006_moving")]
    operations = [sqlfile.run("0007_standing")]
