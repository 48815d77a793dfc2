function mirrors(req, res, next) {
  res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
  next();
}

function asks(req, res, next) {
  const origin = req.headers.origin;
  if (allowed.includes(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin);
  }
  next();
}

function named(req, res, next) {
  res.setHeader('Access-Control-Allow-Origin', config.origin);
  next();
}
