function setup() {
  const a = process.env.GATE_MODE || "plain";
  const b = process.env["GATE_LAB"];
  const { env } = process;
  return a + b + env;
}
