//! The program carries the migrations inside: with a new one the store is compiled again.

fn main() {
    println!("cargo::rerun-if-changed=../migrations");
}
