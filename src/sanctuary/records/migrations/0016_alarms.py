from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0015_sso")]
    operations = [sqlfile.run("0016_alarms")]
