from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0013_two_people")]
    operations = [sqlfile.run("0014_retention")]
