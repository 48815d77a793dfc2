def connect(client, settings):
    client.connect(user="service", password="hunter2-field")
    client.update({"name": "service", "api_key": "Rk2-mQ7z"})
    client.update({"password": "Your password:", "token": "new-password"})
    settings.set_secret("Wq8-later")
