from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0008_sign_in")]
    operations = [sqlfile.run("0009_people"), sqlfile.run("0009_invitations")]
