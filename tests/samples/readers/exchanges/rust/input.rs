use core::cmp;
use subtle::{Choice, ConstantTimeEq};

impl ConstantTimeEq for cmp::Ordering {
    fn ct_eq(&self, other: &Self) -> Choice {
        (*self as i8).ct_eq(&(*other as i8))
    }
}
