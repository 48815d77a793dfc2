"""Log in and keep the token."""

import requests

BASE = "https://api.client.example/v2"


class Session:
    def __init__(self):
        self.token = None

    def login(self, user, password):
        answer = requests.post(f"{BASE}/login", json={"user": user, "password": password}, timeout=10)
        answer.raise_for_status()
        self.token = answer.json()["token"]
        return self.token

    def get(self, path):
        return requests.get(f"{BASE}{path}", headers={"Authorization": f"Bearer {self.token}"}, timeout=10)
