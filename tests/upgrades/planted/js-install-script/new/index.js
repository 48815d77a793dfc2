module.exports = (text, width = 2) => ' '.repeat(width) + text
