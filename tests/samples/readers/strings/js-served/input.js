function serve(root) {
  const server = http.createServer((req, res) => res.writeHead(403).end());
  server.listen(8085, () => done(200));
  return net.createServer(function (s) { s.end(302); }).listen({ port: 9009 });
}
