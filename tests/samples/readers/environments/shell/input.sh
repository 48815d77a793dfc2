setup() {
    LOCAL=1
    echo "$LOCAL ${GATE_MODE:-plain}"
    [ -n "$GATE_LAB" ] && run "$GATE_LAB"
}
