class settings:
    client_id = "door"
