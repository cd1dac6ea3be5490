from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0014_retention")]
    operations = [sqlfile.run("0015_sso")]
