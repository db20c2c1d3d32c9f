//! `date-time`, `date`, `time`, `duration`: RFC 3339, section 5.6 and appendix A.

use super::Format;

/// `date-time`.
pub static DATE_TIME: Format = Format::of_text("date-time", is_date_time);
/// `date`.
pub static DATE: Format = Format::of_text("date", is_date);
/// `time`.
pub static TIME: Format = Format::of_text("time", is_time);
/// `duration`.
pub static DURATION: Format = Format::of_text("duration", is_duration);

/// Whether a text is a `date-time`.
#[must_use]
pub fn is_date_time(text: &str) -> bool {
    let (Some(date), Some(separator), Some(time)) = (text.get(..10), text.get(10..11), text.get(11..)) else {
        return false;
    };
    matches!(separator, "T" | "t") && is_date(date) && is_time(time)
}

/// Whether a text is a `full-date` of the calendar.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return false;
    }
    match (number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)) {
        (Some(year), Some(month), Some(day)) => (1..=days(year, month)).contains(&day),
        _ => false,
    }
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Whether a text is a `full-time`; second 60 only where it is 23:59 UTC (RFC 3339, section 5.7).
#[must_use]
pub fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(hour), Some(minute), Some(second)) = (number(text, 0, 2), number(text, 3, 5), number(text, 6, 8)) else {
        return false;
    };
    if bytes.get(2) != Some(&b':') || bytes.get(5) != Some(&b':') || hour > 23 || minute > 59 || second > 60 {
        return false;
    }
    let mut rest = text.get(8..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return false;
        }
        rest = fraction.get(digits..).unwrap_or_default();
    }
    let Some(offset) = offset(rest) else { return false };
    let minutes = i64::from(hour) * 60 + i64::from(minute) - offset;
    second < 60 || minutes.rem_euclid(24 * 60) == 23 * 60 + 59
}

/// The offset in minutes.
fn offset(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hour, minute) = (number(text, 1, 3)?, number(text, 4, 6)?);
    let legal = text.len() == 6 && text.as_bytes().get(3) == Some(&b':') && hour <= 23 && minute <= 59;
    legal.then(|| sign * (i64::from(hour) * 60 + i64::from(minute)))
}

/// Whether a text is a `duration`.
#[must_use]
pub fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    if let Some(weeks) = rest.strip_suffix('W') {
        return !weeks.is_empty() && weeks.bytes().all(|byte| byte.is_ascii_digit());
    }
    let date_holds = units(date, "YMD");
    match time {
        Some(time) => (date.is_empty() || date_holds) && units(time, "HMS"),
        None => date_holds,
    }
}

/// Whether a text is a run of numbers with consecutive units, at least one.
fn units(text: &str, order: &str) -> bool {
    let mut rest = text;
    let mut last: Option<usize> = None;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let unit = rest.get(digits..digits + 1).and_then(|unit| order.find(unit));
        match (digits, unit) {
            (1.., Some(unit)) if last.is_none_or(|last| unit == last + 1) => last = Some(unit),
            _ => return false,
        }
        rest = rest.get(digits + 1..).unwrap_or_default();
    }
    last.is_some()
}

fn number(text: &str, from: usize, to: usize) -> Option<u32> {
    let digits = text.get(from..to)?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}
