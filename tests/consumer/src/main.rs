//! A consumer of its own generated module.
#![deny(warnings, unused, unreachable_pub, reason = "what is included is no reason for a warning")]

include!(concat!(env!("OUT_DIR"), "/pets.rs"));

fn main() {
    let pet = pets::Pet::builder().name("Rex").kind(pets::PetKind::Dog).build();
    assert!(pet.is_ok_and(|pet| pet.name == "Rex"));
    match pets::Pet::from_json(br#"{"name":"","kind":"bird"}"#) {
        Ok(_) => println!("accepted"),
        Err(violations) => println!("{violations}"),
    }
    println!("{:?}", pets::registry::get("Pet"));
}
