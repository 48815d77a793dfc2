fn target() -> SocketAddr {
    let near = Ipv4Addr::new(127, 0, 0, 1);
    SocketAddr::from(([192, 0, 2, 3], 9000))
}
