//! Rebuilds a release when target/site has changed, because the program embeds that folder. A debug build reads the
//! folder at run time.

fn main() {
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!("cargo::rerun-if-changed={}", if release { "../target/site" } else { "build.rs" });
}
