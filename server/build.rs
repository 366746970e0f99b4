//! Creates target/site if it is missing, because rust-embed finds files in it only if it exists when the crate is compiled.
//! Rebuilds a release when target/site has changed, because the program embeds that folder. A debug build reads the
//! folder at run time.

const SITE: &str = "../target/site";

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all(SITE)?;
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!("cargo::rerun-if-changed={}", if release { SITE } else { "build.rs" });
    Ok(())
}
