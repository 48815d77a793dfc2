function target() {
  const host = [192, 0, 2, 2].join(".");
  const box = [192, 0, 2, 3];
  return host;
}
