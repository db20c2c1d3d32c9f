//! Lists the files of `runtime/`, so that they can be embedded as text into what is emitted.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("runtime");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut list =
        String::from("/// The files of `runtime/`: path, text.\nstatic SUPPORT_FILES: &[(&str, &str)] = &[\n");
    for file in &files {
        let relative = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        let absolute = file.to_string_lossy();
        writeln!(list, "    ({relative:?}, include_str!({absolute:?})),").map_err(io::Error::other)?;
    }
    list.push_str("];\n");
    println!("cargo:rerun-if-changed=runtime");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("support_files.rs"), list)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}
