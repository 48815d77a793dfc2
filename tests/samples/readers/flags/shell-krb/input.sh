kadmin -p admin -q "addprinc -pw secret-word host/a.example"
kadmin -p admin -q "addprinc -randkey host/a.example"
gpg --batch --auto-key-retrieve --verify a.asc a
gpg --batch --verify a.asc a
cat "$dir/fullchain.pem" "$dir/privkey.pem" > "/var/www/certs/$name.pem"
cp "$dir/fullchain.pem" "/var/www/certs/$name.pem"
