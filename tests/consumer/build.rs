//! The build script of a consumer.

fn main() -> Result<(), planchet::build::Error> {
    planchet::build::Builder::new("pets.yaml").name("pets").registry().generate()
}
