//! The listings that reviewers read. A change of a document is a change here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

#[test]
fn frontstream() {
    insta::assert_snapshot!("frontstream", include_str!("../generated/frontstream/contract.txt"));
}

#[test]
fn orchestra() {
    insta::assert_snapshot!("orchestra", include_str!("../generated/orchestra/contract.txt"));
}
