export function pad (text, width) {
  return text.padStart(width)
}

export function money (cents) {
  return (cents / 100).toFixed(2)
}
