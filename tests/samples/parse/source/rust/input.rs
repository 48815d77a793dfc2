use std::{process::Command, io as x};
#[cfg(test)] mod m { const K: &str = "a"; static S: u8 = b'c'; }
impl T for S { #[inline] pub fn f(&self, a: &str, b: u32) -> bool {
  if a == "x" && !b { return true; } else if let Some(q) = y { z() } else { w() }
  let x = if c { 1 } else { 2 }; let mut y: u8 = f(1)?; 
  match a { "x" | "y" if q => a(), _ => { b(); } }
  for i in 0..3 {} while x {} loop { break; } 
  Command::new("sh").arg("-c").spawn().unwrap(); println!("{}", g(x)); unsafe { *p = 1; }
  x += 1; let c = |a| { foo(a) }; self.a.b(r#"raw"#); S { a: 1 }; return x;
  a.as_bytes() == b
} }
fn k(a: u8) -> bool { if a == 1 { true } else { match a { 2 => q(), _ => false } } }
