//! The program carries target/site inside, so a release is compiled again when that folder has changed. (A debug build
//! reads the folder while it runs.)

fn main() {
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!("cargo::rerun-if-changed={}", if release { "../target/site" } else { "build.rs" });
}
