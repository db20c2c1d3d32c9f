//! Host names of ASCII alone: RFC 1123, section 2.1: labels of letters, digits and inner hyphens, up to 63 bytes each and 253 together.

/// Whether a text is a host name.
#[must_use]
pub fn is_hostname(text: &str) -> bool {
    (1..=253).contains(&text.len()) && text.as_bytes().split(|byte| *byte == b'.').all(is_label)
}

fn is_label(label: &[u8]) -> bool {
    (1..=63).contains(&label.len())
        && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && !label.starts_with(b"-")
        && !label.ends_with(b"-")
        // RFC 5891, section 4.2.3.1: hyphens in the third and fourth place are for `xn--` alone.
        && (label.get(2..4) != Some(b"--") || label.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(b"xn")))
}
