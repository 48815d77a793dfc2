fn verify(cert: &Cert, name: &Name) -> Result<(), Error> {
    let _ = verify_server_name(cert, name);
    verify_signature(cert)?;
    let _ = verify_params(cert);
    if let Err(error) = verify_certificate_chain(cert) {
        warn!("chain is not trusted: {}", error);
    }
    Ok(())
}
