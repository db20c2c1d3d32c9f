//! The listings that reviewers read. A change of a document is a change here.

#[test]
fn frontstream() {
    insta::assert_snapshot!("frontstream", include_str!("../generated/frontstream/contract.txt"));
}

#[test]
fn orchestra() {
    insta::assert_snapshot!("orchestra", include_str!("../generated/orchestra/contract.txt"));
}
