setup() {
    LOCAL=1
    echo "$LOCAL ${GATE_MODE:-plain}"
    [ -n "$GATE_LAB" ] && run "$GATE_LAB"
    db_get gate/mode && mode="$RET"
    [[ $1 =~ ^([a-z]+)$ ]] && name="${BASH_REMATCH[1]}"
    [ "$EUID" -eq 0 ] || exit 1
}
