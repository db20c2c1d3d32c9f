//! Random folders of strangers, as the fuzz target `output` makes them. `PLANCHET_FOLDERS` says how many; 2,000 where it does not.
#![cfg(unix)]

#[path = "../../fuzz/src/folders.rs"]
mod folders;

#[test]
fn folders_of_strangers_keep_what_is_theirs() {
    let times = std::env::var("PLANCHET_FOLDERS").ok().and_then(|times| times.parse().ok()).unwrap_or(2_000_u64);
    let seed =
        std::env::var("PLANCHET_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0x9e37_79b9_7f4a_7c15_u64);
    let mut state = seed;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for number in 0..times {
        let bytes: Vec<u8> = (0..next() % 160).map(|_| (next() >> 24) as u8).collect();
        if let Err(cause) = std::panic::catch_unwind(|| folders::check(&bytes)) {
            println!("folder {number} of seed {seed}: {bytes:?}");
            std::panic::resume_unwind(cause);
        }
    }
}
