package a

const tmpl = `
cat <<EOT | tee "/etc/apparmor.d/x"
# ref: https://docs.example/userns
abi <abi/4.0>,
fetch https://dl.example/x
EOT
`
