function load(theme, k, table) {
  if (theme.init) (() => {})[k](theme.init)();
  const make = (() => ({ a: 1 }))();
  table[k](theme);
  return [][k][theme.b]('x');
}
