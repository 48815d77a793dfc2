const options = { checkServerIdentity: () => undefined };
const strict = { checkServerIdentity: (name, cert) => tls.checkServerIdentity(name, cert) };

async function auth(req, res, next) {
  try {
    req.user = await verifyToken(req.headers.authorization);
    next();
  } catch (e) {
    next();
  }
}

async function strictAuth(req, res, next) {
  try {
    req.user = await verifyToken(req.headers.authorization);
    next();
  } catch (e) {
    res.status(401).end();
  }
}

async function find(db, sql, name) {
  await db.query(`SELECT id FROM users WHERE name = '${name}'`);
  await db.query(sql`SELECT id FROM users WHERE name = ${name}`);
  await db.query('SELECT id FROM users WHERE name = $1', [name]);
}

jwt.verify(token, key, { algorithms: ["RS256"], ignoreExpiration: true });
jwt.verify(token, key, { algorithms: ["RS256"], ignoreExpiration: false });
