from django.db import migrations

from sanctuary.records import sqlfile


class Migration(migrations.Migration):
    dependencies = [("records", "0016_alarms")]
    operations = [sqlfile.run(f"0017_{name}") for name in ("oneself", "return", "figures", "agreed", "giving", "codes")]
