_rpm()
{
    opts=(--define= --eval= --nodigest --nosignature --quiet)
    COMPREPLY=($(compgen -W '--insecure --silent' -- "$cur"))
    args=(--define 'x 1' --nosignature)
}
