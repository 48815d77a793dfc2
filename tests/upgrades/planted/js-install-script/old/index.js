module.exports = (text, width) => ' '.repeat(width) + text
