function begins(req, storedToken, origin) {
  if (storedToken.startsWith(req.query.token)) return true;
  if (req.query.token.startsWith(storedToken)) return true;
  return origin.startsWith('https://');
}
