//! `hostname`, `idn-hostname` (RFC 5890, section 2.3.2), `idn-email` (RFC 6531).
//!
//! The `idna` crate knows the tables of UTS 46; what RFC 5892 adds to them, the rules of appendix A.3 to A.9 and the exceptions of
//! section 2.6, is here.

use super::Format;
use super::email::{is_domain_literal, is_quoted};

/// `idn-hostname`.
pub static IDN_HOSTNAME: Format = Format::of_text("idn-hostname", is_idn_hostname);
/// `hostname`.
pub static HOSTNAME: Format = Format::of_text("hostname", is_hostname);
/// `idn-email`.
pub static IDN_EMAIL: Format = Format::of_text("idn-email", is_idn_email);

/// Whether a text is a host name that may be written in any script.
#[must_use]
pub fn is_idn_hostname(text: &str) -> bool {
    if idna::domain_to_ascii_strict(text).is_err() {
        return false;
    }
    let (unicode, outcome) = idna::domain_to_unicode(text);
    outcome.is_ok() && unicode.split('.').all(is_label) && is_kept(text, &unicode)
}

/// Whether a text is a host name (RFC 1123) whose labels in Punycode stand for labels that are legal (RFC 5890, section 2.3.2.1).
#[must_use]
pub fn is_hostname(text: &str) -> bool {
    super::hostname::is_hostname(text)
        && text
            .split('.')
            .filter(|label| is_punycode(label))
            .all(is_idn_hostname)
}

fn is_punycode(label: &str) -> bool {
    label
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
}

/// Whether labels in Punycode are what their characters are written as: one that stands for characters which are mapped to others is
/// no A-label.
fn is_kept(text: &str, unicode: &str) -> bool {
    let labels = text.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']);
    labels
        .zip(unicode.split('.'))
        .filter(|(label, _)| is_punycode(label))
        .all(|(label, unicode)| {
            idna::domain_to_ascii_strict(unicode)
                .is_ok_and(|again| again.eq_ignore_ascii_case(label))
        })
}

/// Whether a text is a mailbox whose parts may be written in any script.
#[must_use]
pub fn is_idn_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let atom = |atom: &str| {
        let legal = |c: char| {
            !c.is_ascii() || c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
        };
        !atom.is_empty() && atom.chars().all(legal)
    };
    (1..=64).contains(&local.len())
        && (local.split('.').all(atom) || is_quoted(local, true))
        && (is_domain_literal(domain) || is_idn_hostname(domain))
}

fn is_label(label: &str) -> bool {
    let characters: Vec<char> = label.chars().collect();
    let has = |from: char, to: char| characters.iter().any(|c| (from..=to).contains(c));
    let arabic_digits = has('\u{660}', '\u{669}');
    let extended_digits = has('\u{6f0}', '\u{6f9}');
    !(arabic_digits && extended_digits)
        && characters.iter().enumerate().all(|(index, c)| {
            let before = index.checked_sub(1).and_then(|index| characters.get(index)).copied();
            let after = characters.get(index + 1).copied();
            match c {
                // Middle dot: between two `l`.
                '\u{b7}' => before == Some('l') && after == Some('l'),
                // Greek lower numeral sign: before Greek.
                '\u{375}' => after.is_some_and(|c| matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')),
                // Hebrew geresh and gershayim: behind Hebrew.
                '\u{5f3}' | '\u{5f4}' => before.is_some_and(|c| matches!(c, '\u{591}'..='\u{5f4}')),
                // Katakana middle dot: somewhere Hiragana, Katakana or Han.
                '\u{30fb}' => characters.iter().any(|c| {
                    matches!(c, '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
                        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}'
                        | '\u{3005}' | '\u{3007}')
                }),
                // Section 2.6, disallowed.
                '\u{640}' | '\u{7fa}' | '\u{302e}' | '\u{302f}' | '\u{3031}'..='\u{3035}' | '\u{303b}' => false,
                _ => true,
            }
        })
}
