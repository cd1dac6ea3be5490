from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = []
    operations = [sqlfile.run("0001_people")]
