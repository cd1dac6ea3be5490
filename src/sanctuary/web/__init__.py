"""What do people see? Screens by audience; nothing here decides or writes."""
