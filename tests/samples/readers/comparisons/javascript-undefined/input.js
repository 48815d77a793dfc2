function plain(flag, size) {
  if (flag === void 0) {
    flag = false;
  }
  return size === -7;
}
