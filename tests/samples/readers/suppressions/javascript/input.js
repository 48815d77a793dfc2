function quiet(options) {
  logger.silent = true;
  logger.silent = options.silent;
  logger.level = "silent";
  logger.level = "info";
}
