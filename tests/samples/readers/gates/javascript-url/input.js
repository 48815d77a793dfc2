function route(u) {
  if (u.hostname === "a.example") allow();
  if (os.hostname() === "lab") run();
}
