//! With the feature `regenerate`: `openapi/` to `generated/`, before the sources are compiled. Without: nothing.

fn main() {
    #[cfg(feature = "regenerate")]
    {
        let root = std::path::PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
        if let Err(error) = planchet::build::regenerate(&root) {
            println!("cargo:warning={}", error.to_string().replace('\n', " "));
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
    #[cfg(not(feature = "regenerate"))]
    println!("cargo:rerun-if-changed=build.rs");
}
