function cookieSession(options) {
  var keys = options.keys;
  if (!keys && options.signed) {
    keys = [Buffer.from(__dirname + ':' + options.name).toString('base64')];
  }
  var secretKey = crypto.randomBytes(32);
  var cacheKey = os.hostname() + ':' + options.name;
  var mac = crypto.createHmac('sha256', os.hostname()).update(data).digest('hex');
  var other = crypto.createHmac('sha256', options.secret).update(os.hostname()).digest('hex');
  return new Cookies(keys);
}
