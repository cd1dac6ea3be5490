from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0010_sharing")]
    operations = [sqlfile.run("0011_screening")]
