void start(int debug, int port) {
    if (port == 1723)
        setlogmask(LOG_UPTO(LOG_ERR));
    setlogmask(LOG_UPTO(debug ? LOG_DEBUG : LOG_INFO));
    setlogmask(LOG_UPTO(LOG_NOTICE));
}
