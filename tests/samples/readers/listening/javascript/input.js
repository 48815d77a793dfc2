function start(server, port, host) {
  server.listen(port, host || '0.0.0.0');
  other.listen(port, '127.0.0.1');
}
