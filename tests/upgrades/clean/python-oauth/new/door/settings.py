class settings:
    client_id = "door"
    identity = "https://identity.door.example"
