use crate::digest::{constant_time_eq, hmac};

pub struct Account {
    pub name: String,
    pub secret: Vec<u8>,
}

pub fn check(account: &Account, challenge: &[u8], response: &[u8]) -> bool {
    let expected = hmac(&account.secret, challenge);
    constant_time_eq(&expected, response)
}

pub fn find<'a>(accounts: &'a [Account], name: &str) -> Option<&'a Account> {
    accounts.iter().find(|account| account.name == name)
}
