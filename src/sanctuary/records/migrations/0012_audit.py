from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0011_screening")]
    operations = [sqlfile.run("0012_audit")]
