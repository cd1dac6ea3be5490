from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0012_audit")]
    operations = [sqlfile.run("0013_two_people"), sqlfile.run("0013_packs")]
