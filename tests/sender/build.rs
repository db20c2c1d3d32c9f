//! The build script of a consumer that wants the client without its default transport.

fn main() -> Result<(), planchet::build::Error> {
    planchet::build::Builder::new("pictures.yaml").name("pictures").client().generate()?;
    planchet::build::Builder::new("newer.yaml").name("newer").client().generate()?;
    planchet::build::Builder::new("vault.yaml").name("vault").client().generate()
}
