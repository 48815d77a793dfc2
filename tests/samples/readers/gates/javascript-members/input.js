function Session(obj) {
  for (var key in obj) {
    if (!(key in this)) {
      this[key] = obj[key];
    }
  }
  if (obj.admin) {
    this.authenticated = obj.admin;
  }
}
