from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0007_standing")]
    operations = [sqlfile.run("0008_sign_in"), sqlfile.run("0008_ways")]
