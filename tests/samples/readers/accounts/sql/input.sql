CREATE USER 'maint'@'%' IDENTIFIED BY 'x';
GRANT ALL PRIVILEGES ON *.* TO 'maint'@'%';
INSERT INTO app_users (name, password) VALUES ('op', 'hash');
