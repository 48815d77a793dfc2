class Client:
    def __init__(self, cert=None, verify=False):
        self._token = None
        self.run(args, check_rc=False)
        self.get(url, verify=False)
        self.context.check_hostname = False
