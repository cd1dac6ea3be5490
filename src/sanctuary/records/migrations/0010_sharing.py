from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0009_people")]
    operations = [sqlfile.run("0010_sharing")]
